import { type SessionPatch } from '#libs/contract/programme';
import { type SessionState } from '#libs/domain/session-states';
import { policyOf, unless } from '../identity/access/policy.js';
import { type ActorContext, isAtLeast, type RoleScope } from '../identity/actors/actor.js';

interface Subjects {
  /** An event of the hub: for organisers of the whole hub, not of one event. */
  'event.create': null;
  /** Rooms, speakers, sessions and the event itself. */
  'event.organise': { readonly eventId: string };
  'session.change': { readonly scope: RoleScope; readonly patch: SessionPatch; readonly from: SessionState };
}

const MODERATORS_FIELDS: ReadonlySet<string> = new Set<keyof SessionPatch>([
  'state',
  'qa',
  'premoderated',
  'slowMode',
  'speakersAdvance',
]);

/** Who may know of an event is canKnowEvent of the domain. The actor is null where nobody is signed in. */
export const can = policyOf<Subjects, ActorContext | null>({
  'event.create': (actor) => unless(actor?.eventId === null && actor.role === 'organiser', 'forbidden'),
  'event.organise': (actor, { eventId }) => unless(isAtLeast(actor, 'organiser', { eventId }), 'forbidden'),
  // A moderator runs a session, an organiser also rewrites, moves and cancels it.
  'session.change': (actor, { scope, patch, from }) => {
    if (isAtLeast(actor, 'organiser', scope)) return null;
    const isCancelling = patch.state !== undefined && (patch.state === 'cancelled') !== (from === 'cancelled');
    const isRunning = Object.keys(patch).every((field) => MODERATORS_FIELDS.has(field)) && !isCancelling;
    return unless(isAtLeast(actor, 'moderator', scope) && isRunning, 'forbidden');
  },
});
