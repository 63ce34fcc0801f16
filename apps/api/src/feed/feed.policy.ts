import { policyOf, unless } from '../identity/access/policy.js';
import { type ActorContext, type RoleScope, roleIn } from '../identity/actors/actor.js';
import { type View } from './feed-kind.js';

/** To people of other events the session does not exist. */
export const can = policyOf<{ 'session.join': { readonly scope: RoleScope } }>({
  'session.join': (actor, { scope }) => unless(roleIn(actor, scope) !== null, 'not_found'),
});

/** The view of an actor. */
export function audienceOf(actor: ActorContext | null, scope: RoleScope): View['audience'] {
  switch (roleIn(actor, scope)) {
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
