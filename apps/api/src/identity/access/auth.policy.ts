import { type ErrorCode } from '#libs/contract/errors';
import { type AccessMode } from '#libs/contract/programme';
import { type ActorContext, isAbove, isAtLeast, type Standing, strongestRoleIn } from '../actors/actor.js';

/** Why nobody may become a guest of an event; to others a private event does not exist. */
export function guestRefusal(access: AccessMode | undefined): ErrorCode | null {
  switch (access) {
    case 'open':
      return null;
    case 'registered':
      return 'auth.guests_refused';
    case 'private':
    case undefined:
      return 'not_found';
  }
}

/**
 * Why `by` may not mute or ban `target` in an event. It needs a moderator of the whole event, because the measure holds in all of it, and
 * a target of a lower role; people of other events are not found.
 */
export function restrictRefusal(by: ActorContext, target: Standing | undefined, eventId: string): ErrorCode | null {
  const own = strongestRoleIn(by, eventId);
  if (own === null) return 'not_found';
  if (!isAtLeast(by, 'moderator', { eventId })) return 'forbidden';
  const theirs = target && strongestRoleIn(target, eventId);
  if (!theirs) return 'not_found';
  return isAbove(own, theirs) ? null : 'forbidden';
}
