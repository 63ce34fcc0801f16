import { describe, expect, it } from '@jest/globals';
import { startsIn } from './starts-in.js';

const MINUTE = 60_000;

describe('the countdown of a stream', () => {
  it('counts in the unit that people would use, in their language', () => {
    expect(startsIn('en', 30_000)).toBe('in 30 seconds');
    expect(startsIn('en', 11.2 * MINUTE)).toBe('in 12 minutes');
    expect(startsIn('fr', 90 * MINUTE)).toBe('dans 90 minutes');
    expect(startsIn('de', 180 * MINUTE)).toBe('in 3 Stunden');
    expect(startsIn('nl', 3 * 24 * 60 * MINUTE)).toBe('over 3 dagen');
  });

  it('says nothing once the time has come', () => {
    expect(startsIn('en', 0)).toBeNull();
    expect(startsIn('en', -5)).toBeNull();
  });
});
