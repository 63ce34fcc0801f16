import { FairBucket } from './fair-bucket.js';

/** Ms of a clock that the test advances. */
function clock() {
  let now = 0;
  return { now: () => now, wind: (ms: number) => void (now += ms) };
}

describe('a bucket that many share', () => {
  it('lets in all others while one floods, however fast (FEED-19)', () => {
    const { now, wind } = clock();
    const bucket = new FairBucket(3_000, 2, now);
    let [flooder, refused, others] = [0, 0, 0];
    for (let ms = 0; ms < 10_000; ms++) {
      for (let n = 0; n < 100; n++) flooder += bucket.take('flooder') === 0 ? 1 : 0;
      if (bucket.take(`person ${++others}`) > 0) refused++;
      wind(1);
    }
    expect(refused).toBe(0);
    expect(flooder).toBeLessThan(10_000 * 2.2);
    expect(flooder).toBeGreaterThan(10_000 * 1.5);
  });

  it('lets in others while several flood, fewer at the same moment (FEED-19)', () => {
    const { now, wind } = clock();
    const bucket = new FairBucket(3_000, 2, now);
    let refused = 0;
    for (let ms = 0; ms < 10_000; ms++) {
      for (let n = 0; n < 100; n++) bucket.take(`flooder ${n % 10}`);
      if (ms % 10 === 0 && bucket.take(`person ${ms}`) > 0) refused++;
      wind(1);
    }
    expect(refused).toBe(0);
  });

  it('takes nearly as many from one address as from all, where nobody else comes (FEED-12)', () => {
    const { now, wind } = clock();
    const bucket = new FairBucket(3_000, 2, now);
    let taken = 0;
    for (let ms = 0; ms < 4_000; ms++, wind(1))
      for (let n = 0; n < 10; n++) taken += bucket.take('a venue') === 0 ? 1 : 0;
    expect(taken).toBeGreaterThan(12_000);
    expect(taken).toBeLessThanOrEqual(15_000);
  });

  it('says when to come back, and remembers no address that it refused or that is a second old (FEED-19)', () => {
    const { now, wind } = clock();
    const bucket = new FairBucket(30, 2, now);
    const waits = Array.from({ length: 40 }, () => bucket.take('one'));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(20);
    expect(waits.at(-1)).toBeGreaterThan(0);
    expect(waits.at(-1)).toBeLessThanOrEqual(1);
    for (let n = 0; n < 100; n++) bucket.take(`another ${n}`);
    expect(bucket.size).toBe(11);
    wind(1_000);
    expect([bucket.take('one'), bucket.size]).toEqual([0, 1]);
  });

  it('is a bucket for all alike where one address may have everything (FEED-12)', () => {
    const bucket = new FairBucket(30, Infinity, () => 0);
    expect(Array.from({ length: 40 }, () => bucket.take('one')).filter((wait) => wait === 0)).toHaveLength(30);
  });
});
