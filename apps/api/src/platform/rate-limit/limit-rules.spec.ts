import { type LimitName, RULES } from './limit-rules.js';
import { WindowCounter } from './window-counter.js';
import { readLimitsOf } from './read-limit-of.js';

/** A page of a session that is opened for the first time, as counted in a browser, and its later requests; in seconds after it was opened. */
const FILES = Array.from({ length: 55 }, (_, n) => ({ url: `/assets/part-${n}.js`, at: n / 20 }));
const READS = ['/week/s/opening', '/api/events/week', '/api/me', '/api/hub'].map((url) => ({ url, at: 0 }));
const every = (seconds: number, url: string) =>
  Array.from({ length: Math.floor(60 / seconds) }, (_, n) => ({ url, at: n * seconds }));
const VISIT = [...FILES, ...READS, ...every(2, '/api/sessions/one/state'), ...every(30, '/api/events/week')];

/** How many GETs of an address are refused when people arrive evenly within a minute and stay for another. */
function refusedOf(people: number): number {
  const counters = new Map<LimitName, WindowCounter>();
  const counterOf = (name: 'get' | 'read' | 'state' | 'export') => {
    const [points, seconds] = RULES[name].address;
    const counter = counters.get(name) ?? new WindowCounter(points, seconds);
    counters.set(name, counter);
    return counter;
  };
  const visits = Array.from({ length: people }, (_, n) =>
    VISIT.map(({ url, at }) => ({ url, at: at + (60 * n) / people })),
  );
  const all = visits.flat().sort((one, other) => one.at - other.at);
  return all.filter(({ url, at }) =>
    readLimitsOf(url).some((name) => counterOf(name as 'get').take('venue', at * 1_000) > 0),
  ).length;
}

describe('the limits on reading', () => {
  it('let 3,000 people behind one address open a session within a minute and watch without signing in (ERR-38)', () => {
    expect(refusedOf(3_000)).toBe(0);
  });

  it('let more of them in only with ADDRESS_LIMIT_FACTOR (ERR-38)', () => {
    expect(refusedOf(7_000)).toBeGreaterThan(0);
  });
});
