import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startLiveKit, type TestLiveKit } from '../support/servers/livekit.js';
import { messagesOf, routesOf } from '../medium/identity/matrix/routes.js';
import { LARGEST, partOf } from './large-event.js';
import { CALLS, startGrowthHubs } from './growth-hubs.js';

jest.setTimeout(120_000);

/** The lowest costs count: garbage collection and compilation are not a cost of the call. */
const TRIES = 5;

let livekit: TestLiveKit;
let stands: Awaited<ReturnType<typeof startGrowthHubs>>;
beforeAll(async () => {
  livekit = await startLiveKit();
  stands = await startGrowthHubs({ half: partOf(LARGEST, 0.5), full: LARGEST }, livekit);
}, 300_000);
afterAll(async () => {
  await stands?.close();
  await livekit?.stop();
}, 30_000);

describe('an event of 5,000 sessions, 100 rooms, 400 days, 10,000 speakers and 10,000 questions', () => {
  it('is tried with every route and every message', () => {
    const tried = new Set(Object.keys(CALLS).map((key) => key.split(' | ')[0]!.replace(/,.*/, '')));
    const isTried = (call: string) =>
      [...tried].some((known) => known === call || (known.endsWith('*') && call.startsWith(known.slice(0, -1))));
    const { hub } = stands.full;
    expect([...routesOf(hub), ...messagesOf(hub)].filter((call) => !isTried(call))).toEqual([]);
  });

  it.each(Object.keys(CALLS))(
    '%s: holds up others for 50 ms at most, and costs at most 2.5 times as much for twice as much (ERR-30)',
    async (key) => expect(await stands.faults(key, TRIES)).toEqual([]),
  );
});
