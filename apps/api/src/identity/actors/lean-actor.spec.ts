import { describe, expect, it } from '@jest/globals';
import { type ActorContext } from './actor.js';
import { leanActor } from './lean-actor.js';

/** As PostgreSQL's driver returns it: every text and list is a separate object. */
const fresh = (more: Partial<ActorContext> = {}): ActorContext => ({
  id: 'a',
  kind: 'account',
  name: 'Ada',
  eventId: 'event',
  role: 'attendee',
  grants: [],
  mutedIn: [],
  bannedIn: [],
  mustChangePassword: false,
  token: { id: 't', expiresAt: new Date(0) },
  ...more,
});

describe('a lean actor', () => {
  it('is the same actor, rights and restrictions included (AUTH-4)', () => {
    const full = {
      grants: [{ eventId: 'e', sessionId: null, role: 'moderator' as const }],
      mutedIn: ['e'],
      bannedIn: ['f'],
    };
    for (const actor of [fresh(), fresh({ eventId: null }), fresh(full)]) expect(leanActor(actor)).toEqual(actor);
  });

  it('shares empty lists with all others, which nobody can fill (AUTH-4)', () => {
    const [one, other] = [leanActor(fresh()), leanActor(fresh())];
    expect(one.grants).toBe(other.grants);
    expect(() => (one.mutedIn as string[]).push('e')).toThrow(TypeError);
  });
});
