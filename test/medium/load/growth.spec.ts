import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { faultsOf, loopCost } from '../../growth/loop-cost.js';
import { LARGEST, partOf } from '../../growth/large-event.js';
import { startGrowthHubs } from '../../growth/growth-hubs.js';

jest.setTimeout(60_000);

/** A smaller event than that of `npm run test:growth`, and lower bounds: a third of a standstill there is one here. */
const SIZES = { half: partOf(LARGEST, 0.2), full: partOf(LARGEST, 0.4) };
const BOUNDS = { standstill: 25, growth: 2.5, floor: 12 };
const TRIES = 6;

/** What anybody may ask of an open event: reading it, and what guests do in a session. */
const CALLS = [
  'GET /api/events | an open event in it',
  'GET /api/events/:slug | an open event',
  'GET /:event | an open event',
  'GET /api/events/:slug/schedule.json | an open event',
  'GET /api/events/:slug/schedule.xml | an open event',
  'GET /api/events/:slug/schedule.ics | an open event',
  'GET /api/sessions/:id/state | a session',
  'session:join | a session',
  'session:join | by one who lacks nearly half of it',
  'question:ask | in a session',
  "question:vote | another's, approved",
  'poll:answer | an open one',
];

describe('an event of 2,000 sessions, 40 rooms, 160 days, 4,000 speakers and 4,000 questions', () => {
  let stands: Awaited<ReturnType<typeof startGrowthHubs>>;
  beforeAll(async () => {
    stands = await startGrowthHubs(SIZES);
  }, 120_000);
  afterAll(() => stands?.close(), 30_000);

  it.each(CALLS)('%s: lets others in all the time, and costs in proportion (ERR-30)', async (key) =>
    expect(await stands.faults(key, TRIES, { bounds: BOUNDS, refused: /^(?!ok|20)/ })).toEqual([]),
  );
});

it('measures work that nobody can come between, and work that grows faster than its input', async () => {
  const clock = loopCost();
  const busy = (ms: number) => async () => {
    for (const end = performance.now() + ms; performance.now() < end;);
  };
  const [half, full] = [await clock.measure(busy(100)), await clock.measure(busy(800))];
  clock.close();
  expect(faultsOf(half, full, BOUNDS)).toEqual([
    expect.stringMatching(/^the event loop stood still for \d+\.\d ms at n, \d+\.\d ms at 2n; at most 25 ms/),
    expect.stringMatching(/^CPU \d+\.\d ms at n, \d+\.\d ms at 2n: \d+\.\d\d times as much; at most 2.5 times$/),
  ]);
});
