import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isOwnIdentity } from './own-identity.js';

const KEY = 'a-key-of-22-characters';
const mark = (nonce: string, key = KEY) => createHash('sha256').update(`${key}${nonce}`).digest('hex').slice(0, 8);

describe('an identity in a LiveKit room', () => {
  it('is known as one’s own by the key of the token, whatever its nonce is (STR-23)', () => {
    for (let n = 0; n < 200; n++) expect(isOwnIdentity(`nonce-${n}.sealed.${mark(`nonce-${n}`)}`, KEY)).toBe(true);
  });

  it('is nobody’s own with another key, another nonce, or in another form (STR-23)', () => {
    expect(isOwnIdentity(`nonce.sealed.${mark('nonce', 'b-key-of-22-characters')}`, KEY)).toBe(false);
    expect(isOwnIdentity(`other.sealed.${mark('nonce')}`, KEY)).toBe(false);
    for (const identity of ['', 'EG_recorder', '.', '..', `nonce.${mark('nonce')}`, `nonce.sealed.${mark('nonce')}.x`])
      expect([identity, isOwnIdentity(identity, KEY)]).toEqual([identity, false]);
  });
});
