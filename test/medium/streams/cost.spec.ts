import { expect, it } from '@jest/globals';
import { costOf, withLiveKit } from '../../load/viewers.mjs';

/** Bytes that LiveKit sends for each of this many viewers, until it stops sending. */
const perViewer = async (viewers: number, hidden: boolean) =>
  (await withLiveKit((livekit: Parameters<typeof costOf>[0]) => costOf(livekit, { viewers, hidden }))).bytes / viewers;

it('costs LiveKit the same for one more viewer, however many there are, because they are hidden (STR-27)', async () => {
  const [few, many] = [await perViewer(20, true), await perViewer(100, true)];
  expect(many / few).toBeLessThan(1.5);
  // The measure itself: visible viewers cost each more, the more there are.
  expect((await perViewer(100, false)) / many).toBeGreaterThan(3);
}, 120_000);
