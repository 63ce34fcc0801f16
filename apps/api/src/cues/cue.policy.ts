import { isOver, type SessionState } from '#libs/domain/session-states';
import { policyOf, unless } from '../identity/access/policy.js';
import { isAtLeast, type RoleScope } from '../identity/actors/actor.js';

interface Subjects {
  /** Without a session: whether the actor sends messages in this scope at all. */
  'cue.send': { readonly scope: RoleScope; readonly session?: { readonly state: SessionState } };
  'cue.acknowledge': { readonly scope: RoleScope };
  'cue.withdraw': { readonly scope: RoleScope };
}

/** The audience does not know that there are messages to the speakers. */
export const can = policyOf<Subjects>({
  // After the end of the session nobody would read it.
  'cue.send': (actor, { scope, session }) =>
    unless(isAtLeast(actor, 'moderator', scope), 'forbidden') ??
    unless(session === undefined || !isOver(session.state), 'session.state'),
  // Possible for the muted too: nobody else reads it.
  'cue.acknowledge': (actor, { scope }) => unless(isAtLeast(actor, 'speaker', scope), 'not_found'),
  'cue.withdraw': (actor, { scope }) =>
    unless(isAtLeast(actor, 'speaker', scope), 'not_found') ??
    unless(isAtLeast(actor, 'moderator', scope), 'forbidden'),
});
