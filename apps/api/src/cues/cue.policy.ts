import { isOver, type SessionState } from '#libs/domain/session-states';
import { policyOf, unless } from '../identity/access/policy.js';
import { isAtLeast, type Place } from '../identity/actors/actor.js';

interface Subjects {
  /** Without a session: whether the actor sends messages in this place at all. */
  'cue.send': { readonly place: Place; readonly session?: { readonly state: SessionState } };
  'cue.acknowledge': { readonly place: Place };
  'cue.withdraw': { readonly place: Place };
}

/** The audience does not know that there are messages to the speakers. */
export const can = policyOf<Subjects>({
  // After the end of the session nobody would read it.
  'cue.send': (actor, { place, session }) =>
    unless(isAtLeast(actor, 'moderator', place), 'forbidden') ??
    unless(session === undefined || !isOver(session.state), 'session.state'),
  // Possible for the muted too: nobody else reads it.
  'cue.acknowledge': (actor, { place }) => unless(isAtLeast(actor, 'speaker', place), 'not_found'),
  'cue.withdraw': (actor, { place }) =>
    unless(isAtLeast(actor, 'speaker', place), 'not_found') ??
    unless(isAtLeast(actor, 'moderator', place), 'forbidden'),
});
