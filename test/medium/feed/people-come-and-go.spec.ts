import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import {
  entriesOf,
  entriesWhenReady,
  grown,
  makeSessions,
  passThrough,
  untilNoneHasGrown,
} from '../../growth/kept-entries.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';

jest.setTimeout(180_000);

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
}, 60_000);
afterAll(() => hub?.close());

it('keeps nothing of the people who have gone, nor of the sessions that nobody looks at (ERR-32)', async () => {
  const crowd = { people: 200, sessions: 80, atOnce: 50, stays: 2 };
  const first = await entriesWhenReady(hub);
  expect(Object.keys(first).length).toBeGreaterThan(25);
  const sessions = await makeSessions(hub, crowd.sessions);
  let most: Record<string, number> = {};
  const watch = setInterval(() => {
    void entriesOf(hub).then((now) => (most = highest(most, now)));
  }, 250);
  await passThrough(hub, crowd, sessions).finally(() => clearInterval(watch));
  // The measure itself: while they were there, they were counted.
  expect(grown(first, most)).toMatchObject(Object.fromEntries(COUNTED.map((map) => [map, expect.any(Number)])));
  // The ticks of hidden pages are forgotten 20 to 40 s after the last one.
  await untilNoneHasGrown(hub, first, 60_000);
});

const COUNTED = ['mirrors', 'sign-ins', 'frames.sessions', 'people.sockets', 'people.actors', 'sockets.connections'];

const highest = (one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(other).map(([map, count]) => [map, Math.max(count, one[map] ?? 0)]));
