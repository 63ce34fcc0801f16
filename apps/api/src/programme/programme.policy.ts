import { type AccessMode, type SessionPatch, type SessionState } from '#libs/contract/programme';
import { type ActorContext, isAtLeast, type Place } from '../identity/actors/actor.js';

/** Whether the actor may see the event at all; to everybody else a private event does not exist. */
export function canRead(
  actor: ActorContext | null,
  event: { readonly id: string; readonly access: AccessMode },
): boolean {
  if (event.access !== 'private' || isAtLeast(actor, 'attendee', { eventId: event.id })) return true;
  const isBanned = actor?.bannedIn?.includes(event.id) ?? false;
  return !isBanned && (actor?.grants.some((grant) => grant.eventId === event.id) ?? false);
}

/** Creating events needs an organiser of the whole hub, not of one event. */
export function canCreateEvents(actor: ActorContext | null): boolean {
  return actor?.eventId === null && actor.role === 'organiser';
}

export function canOrganise(actor: ActorContext | null, eventId: string): boolean {
  return isAtLeast(actor, 'organiser', { eventId });
}

const MODERATORS_FIELDS: ReadonlySet<string> = new Set<keyof SessionPatch>([
  'state',
  'qa',
  'premoderated',
  'slowMode',
  'speakersAdvance',
]);

/** A moderator runs a session, an organiser also edits, moves and cancels it. */
export function canChangeSession(
  actor: ActorContext | null,
  place: Place,
  patch: SessionPatch,
  from: SessionState,
): boolean {
  if (isAtLeast(actor, 'organiser', place)) return true;
  const isCancelling = patch.state !== undefined && (patch.state === 'cancelled') !== (from === 'cancelled');
  return (
    isAtLeast(actor, 'moderator', place) &&
    Object.keys(patch).every((field) => MODERATORS_FIELDS.has(field)) &&
    !isCancelling
  );
}

const NEXT: Readonly<Record<SessionState, readonly SessionState[]>> = {
  scheduled: ['live', 'cancelled'],
  live: ['ended', 'cancelled'],
  ended: [],
  cancelled: ['scheduled'],
};

/** Whether a session may go from one state to another; repeating a state changes nothing and is always allowed. */
export function isTransition(from: SessionState, to: SessionState): boolean {
  return from === to || NEXT[from].includes(to);
}

/** How long after going live a session can be made scheduled again, in milliseconds. */
const TAKE_BACK_MS = 60_000;

/** Whether going live is undone: an accidental click is not a beginning. */
export function isTakingBack(
  { state, liveAt }: { readonly state: SessionState; readonly liveAt: Date | null },
  to: SessionState,
  now: Date,
): boolean {
  return state === 'live' && to === 'scheduled' && liveAt !== null && now.getTime() - liveAt.getTime() <= TAKE_BACK_MS;
}
