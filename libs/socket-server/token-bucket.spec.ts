import { TokenBucket } from './token-bucket.js';

describe('a bucket of tokens', () => {
  it('gives its burst at once and then its rate a second, and returns how long to wait (FEED-12)', () => {
    let now = 0;
    const bucket = new TokenBucket(10, 3, () => now);
    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([0, 0, 0]);
    expect(bucket.take()).toBeCloseTo(0.1);
    now = 99;
    expect(bucket.take()).toBeGreaterThan(0);
    now = 101;
    expect(bucket.take()).toBe(0);
  });

  it('never holds more than its burst', () => {
    let now = 0;
    const bucket = new TokenBucket(10, 3, () => now);
    now = 60_000;
    expect([1, 2, 3, 4].filter(() => bucket.take() === 0)).toHaveLength(3);
  });
});
