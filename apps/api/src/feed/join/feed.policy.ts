import { type AccessMode } from '#libs/contract/programme';
import { type ActorContext, type Place, roleIn } from '../../identity/actors/actor.js';
import { type View } from '../feed-kind.js';

interface Where {
  readonly eventId: string;
  readonly sessionId: string;
  readonly access: AccessMode;
}

/** Whether an actor may read a session at all; null is a reader who is not signed in. */
export function canRead(actor: ActorContext | null, { access, ...place }: Where): boolean {
  return access !== 'private' || roleIn(actor, place) !== null;
}

/** Whether an actor may join a session's feed: people of its event only. */
export function canJoin(actor: ActorContext, place: Place): boolean {
  return roleIn(actor, place) !== null;
}

/** The view of an actor. */
export function audienceOf(actor: ActorContext | null, place: Place): View['audience'] {
  switch (roleIn(actor, place)) {
    case 'organiser':
    case 'moderator':
      return 'moderator';
    case 'speaker':
      return 'speaker';
    case 'interpreter':
    case 'attendee':
    case 'guest':
    case null:
      return 'audience';
  }
}
