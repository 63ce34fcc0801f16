import { afterEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { backoff, fullJitter, jitter, randomBetween } from './backoff.js';

afterEach(() => void jest.restoreAllMocks());
const withRandom = <T>(value: number, act: () => T): T => {
  jest.spyOn(Math, 'random').mockReturnValue(value);
  return act();
};

describe('a back-off', () => {
  it('begins with the first delay and doubles it for each failure, up to its limit', () => {
    const delays = [0, 1, 2, 3, 4, 5].map((failures) => backoff({ first: 300, most: 5_000 }, failures));
    expect(delays).toEqual([300, 600, 1_200, 2_400, 4_800, 5_000]);
  });

  it('stays at its limit, however often it fails', () => {
    const often = fc.integer({ min: 5, max: 1_000_000 });
    fc.assert(fc.property(often, (failures) => backoff({ first: 1, most: 20 }, failures) === 20));
  });
});

describe('jitter', () => {
  it('is a part of the whole delay, or a share around it, or between two numbers', () => {
    const drawn = [0, 0.5, 0.999].map((random) =>
      withRandom(random, () => [fullJitter(1_000), jitter(1_000, 0.2), randomBetween(200, 1_000)].map(Math.round)),
    );
    expect(drawn).toEqual([
      [0, 800, 200],
      [500, 1_000, 600],
      [999, 1_200, 999],
    ]);
  });
});
