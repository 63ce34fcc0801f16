import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { startHub, type TestHub } from '../support/hub/hub.js';
import { entriesWhenReady, makeSessions, passThrough, untilNoneHasGrown } from './kept-entries.js';

jest.setTimeout(900_000);

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
}, 60_000);
afterAll(() => hub?.close());

it('keeps nothing of 2,500 guests who joined 2,000 sessions 20,000 times and went (ERR-32)', async () => {
  const crowd = { people: 2_500, sessions: 2_000, atOnce: 100, stays: 8 };
  const first = await entriesWhenReady(hub);
  const sessions = await makeSessions(hub, crowd.sessions);
  await passThrough(hub, crowd, sessions);
  await untilNoneHasGrown(hub, first, 90_000);
  expect(first['people.sockets']).toBe(0);
});
