import { policyOf, unless } from '../identity/access/policy.js';
import { isAtLeast, type Place } from '../identity/actors/actor.js';

/** The projector is the moderators' own. */
export const can = policyOf<{ 'screen.show': { readonly place: Place } }>({
  'screen.show': (actor, { place }) => unless(isAtLeast(actor, 'moderator', place), 'forbidden'),
});
