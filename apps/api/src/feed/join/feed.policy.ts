import { policyOf, unless } from '../../identity/access/policy.js';
import { type ActorContext, type Place, roleIn } from '../../identity/actors/actor.js';
import { type View } from '../feed-kind.js';

/** To people of other events the session does not exist. */
export const can = policyOf<{ 'session.join': { readonly place: Place } }>({
  'session.join': (actor, { place }) => unless(roleIn(actor, place) !== null, 'not_found'),
});

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
