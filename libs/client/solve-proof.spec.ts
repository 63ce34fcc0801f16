import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { firstWordOfSha256 } from './sha256.js';
import { solveProof } from './solve-proof.js';

afterEach(() => void jest.restoreAllMocks());
const hash = (text: string) => createHash('sha256').update(text, 'latin1').digest();

describe('the work of a new guest', () => {
  it('is hashed as everywhere, whatever the length (AUTH-23)', () => {
    const texts = Array.from({ length: 200 }, (_, length) => 'a'.repeat(length));
    for (const text of texts) expect(firstWordOfSha256(text)).toBe(hash(text).readUInt32BE());
    const ascii = fc.string({ unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)) });
    fc.assert(fc.property(ascii, (text) => firstWordOfSha256(text) === hash(text).readUInt32BE()));
  });

  it('ends with a nonce whose hash begins with the zero bits that were asked for (AUTH-23)', async () => {
    for (const bits of [0, 1, 8, 12]) {
      const { token, nonce } = await solveProof({ token: `a-token-${bits}`, bits });
      expect(Math.clz32(hash(`${token}:${nonce}`).readUInt32BE())).toBeGreaterThanOrEqual(bits);
    }
  });

  it('leaves others their turn while it goes on (AUTH-23)', async () => {
    let now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now++); // 500 hashes take a millisecond, a slice has eight
    const pauses = jest.spyOn(globalThis, 'setTimeout');
    const { nonce } = await solveProof({ token: 'a-token-that-takes-several-slices-4', bits: 14 });
    const tried = parseInt(nonce, 36);
    expect([tried, pauses.mock.calls.length]).toEqual([23_727, Math.floor(tried / 4_000)]);
  });
});
