import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { solveProof } from '#libs/client/solve-proof';
import { bitsFor, provenUntil, signChallenge } from './guest-proof.js';
import { type SigningKey } from '../tokens/signing-keys.js';

const key = (kid: string): SigningKey => ({ kid, secret: new TextEncoder().encode(kid.repeat(32)) });
const BITS = 8;
const soon = () => new Date(Date.now() + 120_000);
const solved = (token: string) => solveProof({ token, bits: BITS });
afterEach(() => {
  jest.restoreAllMocks();
});

describe('a proof of work', () => {
  it('holds until its challenge ends, in its event, with any key that verifies (AUTH-23)', async () => {
    const proof = await solved(signChallenge('event', BITS, soon(), key('a')));
    expect(provenUntil(proof, 'event', [key('b'), key('a')])?.getTime()).toBeGreaterThan(Date.now() + 118_000);
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 121_000);
    expect(provenUntil(proof, 'event', [key('a')])).toBeNull();
  });

  it('is refused for another event, and with a key that is not known (AUTH-23)', async () => {
    const proof = await solved(signChallenge('event', BITS, soon(), key('a')));
    expect(provenUntil(proof, 'other', [key('a')])).toBeNull();
    expect(provenUntil(proof, 'event', [key('b')])).toBeNull();
  });

  it('is refused when a single bit of the challenge is another, or its spelling is (AUTH-23)', async () => {
    const token = signChallenge('event', BITS, soon(), key('a'));
    const bytes = Buffer.from(token, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const forged = Buffer.from(bytes);
      forged[bit >> 3]! ^= 1 << (bit & 7);
      expect(provenUntil(await solved(forged.toString('base64url')), 'event', [key('a')])).toBeNull();
    }
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
    const others = letters.map((letter) => token.slice(0, -1) + letter).filter((other) => other !== token);
    const same = others.filter((other) => Buffer.from(other, 'base64url').equals(bytes));
    expect(same).toHaveLength(3);
    for (const other of [...same, `${token}=`, ` ${token}`, '', 'x'])
      expect(provenUntil(await solved(other), 'event', [key('a')])).toBeNull();
  });

  it('is refused without the work (AUTH-23)', () => {
    const token = signChallenge('event', 30, soon(), key('a'));
    expect(provenUntil({ token, nonce: '0' }, 'event', [key('a')])).toBeNull();
  });

  it('is harder the more sign-ins of an address there are, up to 22 bits (AUTH-24)', () => {
    expect([0, 1 / 1200, 1 / 60, 0.1, 0.25, 0.5, 1].map(bitsFor)).toEqual([16, 16, 17, 18, 20, 21, 22]);
  });
});
