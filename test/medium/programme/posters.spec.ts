import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { inflateSync } from 'node:zlib';
import { posterColours } from '../../../apps/api/src/pages/poster.js';
import { PosterDrawings } from '../../../apps/api/src/pages/poster-drawings.js';
import { drawPng } from '../../../apps/api/src/pages/poster-png.js';
import { loopCost } from '../../growth/loop-cost.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';

jest.setTimeout(120_000);

const CITIES = 160;
/** The turns of a hue by a city. */
const TURNS = 36;

let hub: TestHub;
let event: { id: string; slug: string };
let sessions: { id: string }[];
beforeAll(async () => {
  hub = await startHub();
  event = (await hub.make.event()) as unknown as typeof event;
  const rooms = await Promise.all(
    Array.from({ length: CITIES }, (_, n) => hub.make.room({ event_id: event.id, city: `City ${n}` })),
  );
  sessions = await Promise.all(
    rooms.map(({ id }) => hub.make.session({ event_id: event.id, room_id: id, kind: 'debate' })),
  );
}, 60_000);
afterAll(() => hub?.close(), 30_000);

const drawings = () => hub.app.get(PosterDrawings);
const posterOf = ({ id }: { id: string }) => fetch(`${hub.url}/api/sessions/${id}/poster.png`);

describe('the posters of a programme', () => {
  it('of 160 cities are drawn in a thread, each picture once, and kept (IMP-39)', async () => {
    const cost = loopCost();
    const drawn = await cost.measure(async () => {
      const answers = await Promise.all([...sessions, ...sessions].map(posterOf));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      await Promise.all(answers.map((answer) => answer.arrayBuffer()));
    });
    const { counters, kept } = drawings();
    expect(counters.drawn).toBeGreaterThan(TURNS / 2);
    expect(counters.drawn).toBeLessThanOrEqual(TURNS);
    expect(kept).toBe(counters.drawn);
    const again = await cost.measure(async () => {
      for (const answer of await Promise.all([...sessions, ...sessions].map(posterOf))) await answer.arrayBuffer();
    });
    expect(drawings().counters.drawn).toBe(counters.drawn);
    const onTheLoop = await cost.measure(() => Promise.resolve(drawPng(posterColours('panel', 'City'))));
    cost.close();
    // What drawing added here is less than drawing two of some thirty pictures would have.
    expect(drawn.total - again.total).toBeLessThan(2 * onTheLoop.total + again.total);
  });

  it('show the colours of kind and city, as before (IMP-39)', async () => {
    const picture = Buffer.from(await (await posterOf(sessions[0]!)).arrayBuffer());
    expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG');
    const at = picture.indexOf('IDAT');
    const pixels = inflateSync(picture.subarray(at + 4, at + 4 + picture.readUInt32BE(at - 4)));
    expect([...pixels.subarray(1, 4)]).toEqual([...posterColours('debate', 'City 0')[0]!.colour]);
    expect(pixels.length).toBe(630 * (1 + 1200 * 3));
  });

  it('are refused as busy where too many are being drawn, and drawn later (IMP-40)', async () => {
    const kinds = ['plenary', 'keynote', 'workshop'] as const;
    const all = kinds.flatMap((kind) => Array.from({ length: TURNS }, (_, n) => posterColours(kind, `Town ${n}`)));
    const settled = await Promise.allSettled(all.map((colours) => drawings().png(colours)));
    const refused = settled.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(all.length - TURNS);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'busy', retryAfter: 1 });
    const place = settled.findIndex(({ status }) => status === 'rejected');
    expect((await drawings().png(all[place]!)).length).toBeGreaterThan(10_000);
  });
});
