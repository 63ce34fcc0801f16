import fc from 'fast-check';
import { announcedDelay, reconnectDelay, retryDelay } from './backoff.js';

const attempts = fc.integer({ min: 0, max: 1_000 });

describe('waiting before another attempt', () => {
  it('reconnects first after 0.2 to 1 second, and never later than 10 seconds', () => {
    fc.assert(fc.property(attempts, (attempt) => reconnectDelay(attempt) >= 200 && reconnectDelay(attempt) <= 10_000));
    expect(Array.from({ length: 500 }, () => reconnectDelay(0)).every((delay) => delay >= 200 && delay <= 1_000)).toBe(
      true,
    );
  });

  it('spreads retries over the whole pause (full jitter), which doubles up to 10 seconds', () => {
    fc.assert(
      fc.property(
        attempts,
        (attempt) => retryDelay(attempt) >= 0 && retryDelay(attempt) <= Math.min(10_000, 300 * 2 ** attempt),
      ),
    );
    const first = Array.from({ length: 500 }, () => retryDelay(0));
    expect(Math.min(...first)).toBeLessThan(60);
    expect(Math.max(...first)).toBeGreaterThan(240);
  });

  it('never comes back before the moment that the server named', () => {
    fc.assert(
      fc.property(
        attempts,
        fc.integer({ min: 1, max: 60 }),
        (attempt, retryAfter) => retryDelay(attempt, retryAfter) >= retryAfter * 1_000,
      ),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60_000 }),
        (after) => announcedDelay(after) >= after && announcedDelay(after) <= after * 1.5 + 1_000,
      ),
    );
  });
});
