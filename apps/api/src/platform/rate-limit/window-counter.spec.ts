import { describe, expect, it } from '@jest/globals';
import { WindowCounter } from './window-counter.js';

describe('a counter of this process', () => {
  it('allows a limited number in a window, and returns when the next one begins (ERR-2)', () => {
    const counter = new WindowCounter(2, 10);
    expect([counter.take('a', 0), counter.take('a', 4_000), counter.take('a', 4_000)]).toEqual([0, 0, 6_000]);
    expect([counter.take('b', 4_000), counter.take('a', 9_999), counter.take('a', 10_000)]).toEqual([0, 1, 0]);
  });

  it('forgets who did nothing for a window, so that its memory is bounded', () => {
    const counter = new WindowCounter(2, 10);
    for (let n = 0; n < 100_000; n++) counter.take(`actor ${n}`, n);
    expect(counter.size).toBe(10_000);
    counter.take('last', 1_000_000);
    expect(counter.size).toBe(1);
  });

  it('keeps nothing of keys that were due and not told when their window ends (ERR-32)', () => {
    const counter = new WindowCounter(1, 60);
    for (let n = 0; n < 100; n++) counter.take(`address ${n}`, n);
    expect(counter.isDue).toBe(true);
    counter.tell(0, 100);
    counter.take('another', 200_000);
    expect(counter.size).toBe(1);
    expect(counter.tell(1_000, 200_000).map(([key]) => key)).toEqual(['another']);
    counter.take('the last', 400_000);
    expect([counter.size, counter.tell(1_000, 600_000), counter.isDue]).toEqual([1, [], false]);
  });

  it('keeps at most 200,000 windows, the newest (ERR-32)', () => {
    const counter = new WindowCounter(5, 60);
    for (let n = 0; n <= 200_000; n++) counter.take(`address ${n}`, 1);
    expect([counter.size, counter.share('address 0', 2), counter.share('address 200000', 2)]).toEqual([
      200_000, 0, 0.2,
    ]);
  });

  it('keeps counting a key whose window began again while older ones end', () => {
    const counter = new WindowCounter(1, 10);
    for (const key of ['a', 'b']) counter.take(key, 0);
    counter.take('a', 10_000);
    counter.take('c', 15_000);
    expect([counter.take('a', 16_000), counter.take('b', 16_000)]).toEqual([4_000, 0]);
  });

  it('tells of a key once a twentieth of its allowance was taken, and of what was not told yet (ERR-3)', () => {
    const counter = new WindowCounter(100, 10);
    for (let n = 0; n < 4; n++) counter.take('a', 0);
    expect(counter.tell(10, 0)).toEqual([]);
    for (let n = 0; n < 3; n++) counter.take('a', 1_000);
    expect(counter.tell(10, 1_000)).toEqual([['a', 7, 9_000]]);
    expect(counter.tell(10, 1_000)).toEqual([]);
  });

  it('counts what another node tells, until the window ends that began first (ERR-3)', () => {
    const counter = new WindowCounter(10, 10);
    counter.take('a', 4_000);
    counter.hear(['a', 9, 5_000], 4_000);
    expect(counter.take('a', 4_000)).toBe(5_000);
    expect(counter.take('a', 9_000)).toBe(0);
    counter.hear(['b', 10, 99_000_000], 0);
    expect(counter.take('b', 9_000)).toBe(1_000);
  });

  it('sends a limited number of keys at a time and the others the next time (ERR-3)', () => {
    const counter = new WindowCounter(1, 10);
    for (const key of ['a', 'b', 'c']) counter.take(key, 0);
    expect(counter.tell(2, 0).map(([key]) => key)).toEqual(['a', 'b']);
    expect(counter.isDue).toBe(true);
    expect(counter.tell(2, 0).map(([key]) => key)).toEqual(['c']);
    expect(counter.isDue).toBe(false);
  });
});
