import { type AccessMode, type GuestsMode, type RoomKind, type SessionState } from '#libs/contract/programme';
import { type Role, ROLES } from '#libs/contract/roles';
import { mayPublish } from '#libs/livekit/grants';
import { type Standing, isMuted, roleIn } from '../identity/actors/actor.js';

/** The facts that decide on a Room's stream. */
export interface StreamPlace {
  readonly eventId: string;
  readonly kind: RoomKind;
  /** What guests may do in its event. */
  readonly guests: GuestsMode;
  readonly sessions: readonly { readonly id: string; readonly state: SessionState; readonly start: Date }[];
}

/** How long before its start a session's own speakers and moderators may use the Room's stream, to test it. */
const EARLY_MS = 60 * 60 * 1000;

/**
 * The strongest role of an actor in a Room now: in the event, or in a session that is live there or about to be. A speaker of a session
 * in the afternoon is one of the audience in the morning.
 */
export function roleInRoom(actor: Standing, { eventId, sessions }: StreamPlace, now: Date): Role | null {
  const places = [null, ...sessions.filter(isNow(now)).map(({ id }) => id)];
  const held = places.map((sessionId) => roleIn(actor, { eventId, sessionId }));
  return ROLES.findLast((role) => held.includes(role)) ?? null;
}

const isNow = (now: Date) => (session: StreamPlace['sessions'][number]) =>
  session.state === 'live' || (session.state === 'scheduled' && session.start.getTime() - now.getTime() <= EARLY_MS);

/** A guest of an event that no longer accepts guests. The room is read from PostgreSQL, the actor is this node's cached one. */
export function isShutOut(actor: Standing, room: { readonly eventId: string; readonly access: AccessMode }): boolean {
  return actor.kind === 'guest' && actor.eventId === room.eventId && room.access !== 'open';
}

/** All participants of the event may watch. */
export function canWatch(actor: Standing, place: StreamPlace, now: Date): boolean {
  return roleInRoom(actor, place, now) !== null;
}

/** The stage of a plenary or hub, everybody in a workshop; never a muted actor, nor guests where they only watch. */
export function canPublish(actor: Standing, place: StreamPlace, now: Date): boolean {
  const role = roleInRoom(actor, place, now);
  if (role === 'guest' && place.guests === 'watch_only') return false;
  return role !== null && mayPublish(place.kind, role) && !isMuted(actor, place.eventId);
}

/** Who may see the list of those who may publish. */
export function canListPublishers(actor: Standing, place: StreamPlace, now: Date): boolean {
  const role = roleInRoom(actor, place, now);
  return role === 'moderator' || role === 'organiser';
}
