import { describe, expect, it } from '@jest/globals';
import { isOwnIdentity } from '#libs/client/own-identity';
import { parseSigningKeys } from '../identity/tokens/signing-keys.js';
import { StreamIdentities } from './stream-identity.js';

const ACTOR = '7f3b1f0e-6c1a-4a7e-9d0f-0a1b2c3d4e5f';
const HOLDER = { actorId: ACTOR, generation: 12 };
const [OLD, NEW] = [`old:${'o'.repeat(32)}`, `new:${'n'.repeat(32)}`];
const withKeys = (keys: string) => new StreamIdentities(parseSigningKeys(keys));

describe('identities in LiveKit', () => {
  const identities = withKeys(NEW);

  it('are others for each token, and tell neither actor nor generation (STR-22)', () => {
    const issued = Array.from({ length: 100 }, () => identities.issue(HOLDER));
    expect(new Set(issued.flatMap((identity) => identity.split('.'))).size).toBe(300);
    for (const identity of issued)
      for (const form of [
        identity,
        ...identity.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex')),
      ])
        expect(form).not.toContain(ACTOR.replaceAll('-', '').slice(0, 8));
  });

  it('give the hub actor and generation, on any node that has the key (STR-17, STR-22)', () => {
    for (const generation of [0, 12, 2 ** 31 - 1]) {
      const identity = identities.issue({ actorId: ACTOR, generation });
      expect(withKeys(NEW).holderOf(identity)).toEqual({ actorId: ACTOR, generation });
      expect(identities.holderOf(identity)).toEqual({ actorId: ACTOR, generation });
    }
  });

  it('cannot be made or changed by anybody else (STR-22)', () => {
    const identity = identities.issue(HOLDER);
    const other = identities.issue(HOLDER).split('.');
    const parts = identity.split('.');
    for (const index of [0, 1, 2]) {
      const changed = parts.map((part, at) => (at === index ? other[at] : part)).join('.');
      expect([changed, identities.holderOf(changed)]).toEqual([changed, null]);
    }
    for (const stranger of [
      'EG_recorder',
      '',
      `${ACTOR}:x`,
      `${ACTOR}:g`,
      `${ACTOR}:g-1`,
      `x${ACTOR}:g1`,
      `${identity}=`,
    ])
      expect([stranger, identities.holderOf(stranger), identities.isOfLostKey(stranger)]).toEqual([
        stranger,
        null,
        false,
      ]);
  });

  it('of an older key stay good while it verifies; without it they are known as of a lost key (STR-25)', () => {
    const identity = withKeys(OLD).issue(HOLDER);
    expect(withKeys(`${NEW},${OLD}`).holderOf(identity)).toEqual(HOLDER);
    expect(withKeys(NEW).holderOf(identity)).toBeNull();
    expect(withKeys(NEW).isOfLostKey(identity)).toBe(true);
    expect(withKeys(NEW).isOfLostKey(withKeys(NEW).issue(HOLDER))).toBe(false);
  });

  it('are recognised by the pages of the same person and by no others (STR-23)', () => {
    const key = identities.resolvingKeyOf(ACTOR);
    const other = identities.resolvingKeyOf(ACTOR.replace('7f', '8f'));
    for (let n = 0; n < 50; n++) {
      const identity = identities.issue({ ...HOLDER, generation: n });
      expect([isOwnIdentity(identity, key), isOwnIdentity(identity, other)]).toEqual([true, false]);
    }
  });

  it('that earlier versions gave are still understood; without a generation it is the first one (STR-17)', () => {
    expect(identities.holderOf(`${ACTOR}:g12:12345678`)).toEqual(HOLDER);
    for (const old of [ACTOR, `${ACTOR}:12345678`])
      expect(identities.holderOf(old)).toEqual({ actorId: ACTOR, generation: 0 });
  });
});
