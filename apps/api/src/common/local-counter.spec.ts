import { describe, expect, it } from '@jest/globals';
import { LocalCounter } from './local-counter.js';

describe('a counter of this process', () => {
  it('allows so many in a window, and says when the next one begins (ERR-2)', () => {
    const counter = new LocalCounter(2, 10);
    expect([counter.take('a', 0), counter.take('a', 4_000), counter.take('a', 4_000)]).toEqual([0, 0, 6_000]);
    expect([counter.take('b', 4_000), counter.take('a', 9_999), counter.take('a', 10_000)]).toEqual([0, 1, 0]);
  });

  it('forgets who did nothing for a window, so that its memory is bounded', () => {
    const counter = new LocalCounter(2, 10);
    for (let n = 0; n < 100_000; n++) counter.take(`actor ${n}`, n);
    expect(counter.size).toBe(10_000);
    counter.take('last', 1_000_000);
    expect(counter.size).toBe(1);
  });

  it('keeps counting somebody whose window began anew while older ones end', () => {
    const counter = new LocalCounter(1, 10);
    for (const key of ['a', 'b']) counter.take(key, 0);
    counter.take('a', 10_000);
    counter.take('c', 15_000);
    expect([counter.take('a', 16_000), counter.take('b', 16_000)]).toEqual([4_000, 0]);
  });
});
