import { describe, expect, it } from '@jest/globals';
import { hashPassword, isPassword } from './passwords.js';

describe('a password', () => {
  it('is known again by its hash, however its letters are composed, and no other one is (AUTH-11)', async () => {
    const hash = await hashPassword('Zo\u00eb is here');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await isPassword('Zoe\u0308 is here', hash)).toBe(true);
    expect(await isPassword('Zoe is here', hash)).toBe(false);
    expect(await isPassword('anything', undefined)).toBe(false);
  });

  it('is hashed while this process goes on with everything else (AUTH-26)', async () => {
    await hashPassword('the thread is there');
    const before = performance.eventLoopUtilization();
    for (let n = 0; n < 5; n++) await hashPassword('a password');
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
  });

  it('has its turn after twenty others at most: more are told to come back (AUTH-26)', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 40 }, () => isPassword('a guess', undefined)));
    const refused = asked.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(19);
    expect(refused).toEqual(
      refused.map(() => ({ status: 'rejected', reason: expect.objectContaining({ code: 'busy', retryAfter: 1 }) })),
    );
  });

  it('that cannot be judged fails alone: the next one is (AUTH-26)', async () => {
    await expect(isPassword('a guess', 'no hash')).rejects.toThrow('hash');
    expect(await isPassword('a guess', await hashPassword('a guess'))).toBe(true);
  });
});
