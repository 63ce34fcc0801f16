import { describe, expect, it } from '@jest/globals';
import { actorIdOf, publisherIdentity, viewerIdentity } from './stream-identity.js';

const ACTOR = '7f3b1f0e-6c1a-4a7e-9d0f-0a1b2c3d4e5f';

describe('identities in LiveKit', () => {
  it('gives a viewer one per token and a publisher one for good (STR-5)', () => {
    expect(viewerIdentity(ACTOR)).not.toBe(viewerIdentity(ACTOR));
    expect(publisherIdentity(ACTOR)).toBe(publisherIdentity(ACTOR));
  });

  it('finds the actor behind each, and none behind a stranger', () => {
    expect(actorIdOf(viewerIdentity(ACTOR))).toBe(ACTOR);
    expect(actorIdOf(publisherIdentity(ACTOR))).toBe(ACTOR);
    expect(actorIdOf('EG_recorder')).toBeNull();
    expect(actorIdOf(`${ACTOR}:x`)).toBeNull();
  });
});
