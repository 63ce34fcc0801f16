import { policyOf, unless } from '../identity/access/policy.js';
import { isAtLeast, type RoleScope } from '../identity/actors/actor.js';

/** The projector is the moderators' own. */
export const can = policyOf<{ 'screen.show': { readonly scope: RoleScope } }>({
  'screen.show': (actor, { scope }) => unless(isAtLeast(actor, 'moderator', scope), 'forbidden'),
});
