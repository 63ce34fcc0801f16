import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { api } from '../../support/clients/api.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';

jest.setTimeout(30_000);

let hub: TestHub;
let call: ReturnType<typeof api>['call'];
let event: { id: string; slug: string };
let organiser: string;

beforeAll(async () => {
  hub = await startHub();
  ({ call } = api(hub));
  event = (await hub.make.event()) as typeof event;
  organiser = (await hub.make.actor({ event_id: null, kind: 'account', role: 'organiser' })).id;
}, 60_000);
afterAll(() => hub.close());

/** Two additions at the same moment; the statuses in order. */
async function addTwo(path: string, body: () => object) {
  const answers = await Promise.all([1, 2].map(() => call('POST', path, organiser, body())));
  return answers.map(({ status, body: { error } }) => [status, (error as { code?: string } | undefined)?.code]).sort();
}

const REFUSED = [
  [201, undefined],
  [409, 'conflict'],
];
const slug = () => `x-${randomUUID()}`;
const hours = { start: '2026-03-16T09:00:00Z', end: '2026-03-16T10:00:00Z' };

describe('limits on what is stored', () => {
  it('hold for rooms, also for two at once (IMP-26)', async () => {
    await hub.database.query(
      `INSERT INTO room (event_id, slug, name, kind) SELECT $1, 'full-room-' || n, 'Room', 'hub' FROM generate_series(1, 499) AS n`,
      [event.id],
    );
    const add = () => ({ slug: slug(), name: 'One more', kind: 'hub' });
    expect(await addTwo(`/api/events/${event.slug}/rooms`, add)).toEqual(REFUSED);
  });

  it('hold for speakers, also for two at once (IMP-26)', async () => {
    await hub.database.query(
      `INSERT INTO speaker (event_id, name) SELECT $1, 'Speaker' FROM generate_series(1, 9999)`,
      [event.id],
    );
    expect(await addTwo(`/api/events/${event.slug}/speakers`, () => ({ name: 'One more' }))).toEqual(REFUSED);
  });

  it('hold for sessions, cancelled ones too, also for two at once (IMP-26)', async () => {
    const room = await hub.make.room({ event_id: event.id });
    await hub.database.query(
      `INSERT INTO session (event_id, room_id, slug, title, kind, state, starts_at, ends_at)
         SELECT $1, $2, 'old-' || n, 'Old', 'other', 'cancelled', now(), now() + interval '1 hour' FROM generate_series(1, 4999) AS n`,
      [event.id, room.id],
    );
    let day = 0;
    const add = () => {
      const date = String((day += 1)).padStart(2, '0');
      const times = { start: `2026-05-${date}T09:00:00Z`, end: `2026-05-${date}T10:00:00Z` };
      return { slug: slug(), title: 'One more', kind: 'other', roomId: room.id, ...times };
    };
    expect(await addTwo(`/api/events/${event.slug}/sessions`, add)).toEqual(REFUSED);
  });

  it('hold for the events of a hub, so that each is in its list (IMP-26)', async () => {
    await hub.database.query(
      `INSERT INTO event (slug, title, time_zone, languages, starts_at, ends_at)
         SELECT 'full-hub-' || n, 'Event', 'UTC', '{en}', now(), now() + interval '1 day'
         FROM generate_series(1, 199 - (SELECT count(*)::int FROM event)) AS n`,
    );
    const add = () => ({ slug: slug(), title: 'One more', timeZone: 'UTC', languages: ['en'], ...hours });
    expect(await addTwo('/api/events', add)).toEqual(REFUSED);
    expect((await call('GET', '/api/events')).body).toHaveLength(200);
  });
});
