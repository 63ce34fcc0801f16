import { type AccessMode, isReadByEveryone, takesGuests } from '#libs/domain/event-modes';
import { isAbove } from '#libs/domain/roles';
import { type ActorContext, isAtLeast, type Standing, strongestRoleIn } from '../actors/actor.js';
import { policyOf, type Refusal, unless } from './policy.js';

interface Subjects {
  /** Becoming a guest of an event; a private one does not exist for strangers. */
  'guest.enter': { readonly access: AccessMode } | undefined;
  /** Muting or banning `target` in an event. */
  'actor.restrict': { readonly target: Standing | undefined; readonly eventId: string };
}

/** The actor is null where nobody is signed in. */
export const can = policyOf<Subjects, ActorContext | null>({
  'guest.enter': (_, event) => {
    if (!event || !isReadByEveryone(event.access)) return 'not_found';
    return unless(takesGuests(event.access), 'auth.guests_refused');
  },
  'actor.restrict': (by, { target, eventId }) => (by ? refuseRestricting(by, target, eventId) : 'not_found'),
});

/**
 * It needs a moderator of the whole event, because the measure holds in all of it, and a target of a lower role; people of other events
 * are not found.
 */
function refuseRestricting(by: ActorContext, target: Standing | undefined, eventId: string): Refusal {
  const own = strongestRoleIn(by, eventId);
  if (own === null) return 'not_found';
  if (!isAtLeast(by, 'moderator', { eventId })) return 'forbidden';
  const theirs = target && strongestRoleIn(target, eventId);
  if (!theirs) return 'not_found';
  return unless(isAbove(own, theirs), 'forbidden');
}
