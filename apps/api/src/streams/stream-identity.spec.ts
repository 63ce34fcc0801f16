import { describe, expect, it } from '@jest/globals';
import { actorIdOf, holderOf, publisherIdentity, viewerIdentity } from './stream-identity.js';

const ACTOR = '7f3b1f0e-6c1a-4a7e-9d0f-0a1b2c3d4e5f';
const HOLDER = { actorId: ACTOR, generation: 12 };

describe('identities in LiveKit', () => {
  it('gives a viewer one per token and a publisher one per generation (STR-5)', () => {
    expect(viewerIdentity(HOLDER)).not.toBe(viewerIdentity(HOLDER));
    expect(publisherIdentity(HOLDER)).toBe(publisherIdentity(HOLDER));
    expect(publisherIdentity(HOLDER)).not.toBe(publisherIdentity({ ...HOLDER, generation: 13 }));
  });

  it('finds actor and generation behind each, and none behind a stranger (STR-17)', () => {
    expect(holderOf(viewerIdentity(HOLDER))).toEqual(HOLDER);
    expect(holderOf(publisherIdentity(HOLDER))).toEqual(HOLDER);
    expect(actorIdOf(publisherIdentity(HOLDER))).toBe(ACTOR);
    for (const stranger of ['EG_recorder', `${ACTOR}:x`, `${ACTOR}:g`, `${ACTOR}:g-1`, `${ACTOR}:g1:`, `x${ACTOR}:g1`])
      expect([stranger, holderOf(stranger)]).toEqual([stranger, null]);
  });

  it('takes an identity without a generation for the first one, so that it ends with any (STR-17)', () => {
    for (const old of [ACTOR, `${ACTOR}:12345678`]) expect(holderOf(old)).toEqual({ actorId: ACTOR, generation: 0 });
  });
});
