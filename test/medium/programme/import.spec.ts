import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type ImportReport } from '#libs/contract/programme';
import { api } from '../../support/clients/api.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { parseCalendar } from '../../support/documents/icalendar.js';
import { testClients } from '../../support/clients/test-clients.js';
import { fileRoom, item, scheduleFile } from '../../support/records/schedule-files.js';
import { until } from '../../support/until.js';

jest.setTimeout(30_000);

let hub: TestHub;
let call: ReturnType<typeof api>['call'];
let event: { id: string; slug: string };
let organiser: string;

beforeAll(async () => {
  hub = await startHub();
  ({ call } = api(hub));
}, 60_000);
afterAll(() => hub.close());

beforeEach(async () => {
  event = (await hub.make.event({
    starts_at: '2026-03-16T00:00:00Z',
    ends_at: '2026-03-21T00:00:00Z',
  })) as typeof event;
  organiser = (await hub.make.actor({ event_id: event.id, role: 'organiser' })).id;
});

async function put(body: unknown, query = ''): Promise<ImportReport> {
  const answer = await call('PUT', `/api/events/${event.slug}/schedule${query}`, organiser, body);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body as ImportReport;
}

/** Everything of the event's programme, versions too. */
const rows = async () => {
  const tables = ['room', 'session', 'speaker', 'session_speaker'];
  return Promise.all(
    tables.map((table) =>
      hub.database.query(`SELECT * FROM ${table} WHERE event_id = $1 ORDER BY 1, 2, 3`, [event.id]),
    ),
  );
};

const at = (hour: number) => ({ date: `2026-03-16T${String(hour).padStart(2, '0')}:00:00+01:00` });

describe('importing a schedule', () => {
  it('reads nothing of what anybody but an organiser sends (IMP-9)', async () => {
    const send = async (actorId: string | null) =>
      (await call('PUT', `/api/events/${event.slug}/schedule`, actorId, 'x'.repeat(6_000_000))).status;
    const { id } = await hub.make.actor({ event_id: event.id });
    expect([await send(null), await send(id), await send(organiser)]).toEqual([401, 403, 413]);
  });

  it('creates rooms, sessions and speakers, and changes nothing the second time (IMP-1)', async () => {
    const person = { code: 'ADA', name: 'Ada' };
    const body = scheduleFile({
      Plenary: [item({ persons: [person] }), item({ ...at(12), persons: [person] })],
      Annex: [item({ room: 'Annex' })],
    });
    expect(await put(body)).toMatchObject({
      applied: true,
      created: [expect.any(String), expect.any(String), expect.any(String)],
      problems: [],
    });
    const before = await rows();
    expect(before.map((table) => table.length)).toEqual([2, 3, 1, 2]);
    expect(await put(body)).toEqual({
      applied: true,
      created: [],
      changed: [],
      moved: [],
      cancelled: [],
      unchanged: 3,
      problems: [],
    });
    expect(await rows()).toEqual(before);
  });

  it('lets sessions change places, which no single update could (IMP-7)', async () => {
    const [one, two] = [item(at(9)), item(at(10))];
    await put(scheduleFile({ Plenary: [one, two] }));
    const report = await put(
      scheduleFile({
        Plenary: [
          { ...one, ...at(10) },
          { ...two, ...at(9) },
        ],
      }),
    );
    expect([...report.moved].sort()).toEqual([one.guid, two.guid].sort());
    expect(report.changed).toEqual([]);
  });

  it('cancels what disappeared with its questions kept, and calls it back (IMP-2)', async () => {
    const session = item();
    await put(scheduleFile({ Plenary: [session] }));
    const [row] = await hub.database.query<{ id: string }>('SELECT id FROM session WHERE event_id = $1', [event.id]);
    await hub.make.question({ session_id: row!.id });
    expect(await put(scheduleFile({ Plenary: [] }), '?allowCancel=true')).toMatchObject({ cancelled: [session.guid] });
    const state = async () =>
      (
        await hub.database.query(
          `SELECT state, (SELECT count(*)::int FROM question WHERE session_id = session.id) AS questions FROM session WHERE id = $1`,
          [row!.id],
        )
      )[0];
    expect(await state()).toEqual({ state: 'cancelled', questions: 1 });
    expect(await put(scheduleFile({ Plenary: [session] }))).toMatchObject({ changed: [session.guid] });
    expect(await state()).toEqual({ state: 'scheduled', questions: 1 });
  });

  it('changes nothing for a file with an unusable part, and all the rest with partial (IMP-3, IMP-4)', async () => {
    const [good, bad] = [item(), item({ ...at(12), duration: 'long' })];
    await put(scheduleFile({ Plenary: [{ ...good, title: 'Before' }] }));
    const before = await rows();
    const broken = scheduleFile({ Plenary: [good, bad, item({ ...at(14), guid: undefined })] });
    const refused = await put(broken);
    expect(refused).toMatchObject({ applied: false, changed: [good.guid] });
    expect(refused.problems.map((problem) => [problem.severity, problem.at])).toEqual([
      ['error', 'schedule.conference.days[0].rooms["Plenary"][1].duration'],
      ['error', 'schedule.conference.days[0].rooms["Plenary"][2].guid'],
    ]);
    expect(await rows()).toEqual(before);
    expect(await put(broken, '?partial=true')).toMatchObject({ applied: true, changed: [good.guid], created: [] });
    expect(await hub.database.query('SELECT title FROM session WHERE event_id = $1', [event.id])).toEqual([
      { title: 'Opening' },
    ]);
  });

  it('reports in a dry run what it would do, and changes nothing (IMP-7)', async () => {
    const session = item();
    expect(await put(scheduleFile({ Plenary: [session] }), '?dryRun=true')).toMatchObject({
      applied: false,
      created: [session.guid],
      problems: [],
    });
    expect((await rows()).flat()).toEqual([]);
  });

  it('works with rooms that share a guid, and says so (IMP-6)', async () => {
    const guid = randomUUID();
    const rooms = [fileRoom('Gray', { guid }), fileRoom('Tan', { guid })];
    const body = scheduleFile({ Gray: [item({ room: 'Gray' })], Tan: [item({ room: 'Tan' })] }, { rooms });
    const report = await put(body);
    expect(report).toMatchObject({ applied: true, created: [expect.any(String), expect.any(String)] });
    expect(report.problems.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
    expect(await put(body)).toMatchObject({ unchanged: 2, created: [], moved: [] });
  });

  it('leaves what organisers and moderators set (IMP-8)', async () => {
    const session = item();
    await put(scheduleFile({ Plenary: [session] }));
    await hub.database.query(
      `UPDATE session SET state = 'live', qa = 'paused', slug = 'mine', premoderated = false WHERE event_id = $1`,
      [event.id],
    );
    await put(scheduleFile({ Plenary: [{ ...session, title: 'New title' }] }));
    const [row] = await hub.database.query(
      'SELECT state, qa, slug, premoderated, title FROM session WHERE event_id = $1',
      [event.id],
    );
    expect(row).toEqual({ state: 'live', qa: 'paused', slug: 'mine', premoderated: false, title: 'New title' });
  });

  it('reaches those who are in a session, through its feed (PROG-8)', async () => {
    const session = item();
    await put(scheduleFile({ Plenary: [session] }));
    const [row] = await hub.database.query<{ id: string }>('SELECT id FROM session WHERE event_id = $1', [event.id]);
    const { join, leave } = testClients(hub, { id: row!.id, event_id: event.id });
    const attendee = await join();
    await put(scheduleFile({ Plenary: [{ ...session, title: 'Renamed' }] }));
    await until('the new title', () => attendee.feed.getSnapshot().session?.title === 'Renamed');
    leave();
  });

  it('closes the open poll of a session that it cancels, for those who are in it (IMP-32)', async () => {
    const session = item();
    await put(scheduleFile({ Plenary: [session, item(at(12))] }));
    const [row] = await hub.database.query<{ id: string }>('SELECT id FROM session WHERE guid = $1', [session.guid]);
    await hub.make.poll({ session_id: row!.id, state: 'open' });
    const { join, leave } = testClients(hub, { id: row!.id, event_id: event.id });
    const attendee = await join();
    await put(scheduleFile({ Plenary: [] }), '?allowCancel=true');
    await until('the closed poll of a cancelled session', () => {
      const { session: shown, polls } = attendee.feed.getSnapshot();
      return shown?.state === 'cancelled' && polls[0]?.state === 'closed';
    });
    leave();
  });

  it('asks before it cancels more than a fifth of what is scheduled, with the list (IMP-16)', async () => {
    const sessions = Array.from({ length: 10 }, (_, hour) => item({ ...at(hour + 8), title: `Talk ${hour}` }));
    await put(scheduleFile({ Plenary: sessions }));
    const before = await rows();
    const send = (body: unknown, query = '') =>
      call('PUT', `/api/events/${event.slug}/schedule${query}`, organiser, body);
    const [less, fewer] = [scheduleFile({ Plenary: sessions.slice(3) }), scheduleFile({ Plenary: sessions.slice(2) })];
    for (const query of ['', '?partial=true'])
      expect(await send(less, query)).toMatchObject({
        status: 409,
        body: {
          error: {
            code: 'schedule.cancels',
            message: expect.stringContaining('cancel 3 of 10'),
            cancels: [{ guid: sessions[0]!.guid, title: 'Talk 0', start: '2026-03-16T07:00:00.000Z' }, {}, {}],
          },
        },
      });
    expect(await rows()).toEqual(before);
    expect(await put(less, '?dryRun=true')).toMatchObject({
      applied: false,
      cancelled: [expect.any(String), expect.any(String), expect.any(String)],
      problems: [{ severity: 'warning', message: expect.stringContaining('allowCancel') }],
    });
    expect((await put(fewer)).cancelled).toHaveLength(2);
    expect((await put(scheduleFile({ Plenary: [] }), '?allowCancel=true')).cancelled).toHaveLength(8);
  });

  it('reads the flat form of newer files, and does not take what it cannot read for an empty programme (IMP-14, IMP-15)', async () => {
    const session = item();
    const file = scheduleFile({ Plenary: [session] });
    await put(file);
    const { schedule } = file;
    const flat = {
      ...schedule,
      conference: { ...schedule.conference, days: [{ index: 1, date: '2026-03-16' }] },
      events: [{ ...session, start: session.date, room: { name: 'Plenary' } }],
    };
    expect(await put({ schedule: flat })).toMatchObject({ unchanged: 1, cancelled: [], problems: [] });
    const unknown = { ...flat, events: undefined, talks: flat.events };
    expect(
      await call('PUT', `/api/events/${event.slug}/schedule?partial=true&allowCancel=true`, organiser, {
        schedule: unknown,
      }),
    ).toMatchObject({ status: 422, body: { error: { code: 'schedule.unusable' } } });
    expect(await put(file)).toMatchObject({ unchanged: 1, cancelled: [] });
  });

  it('moves all sessions of rooms by a slot, either way, and lets rooms change hands, in one transaction (IMP-29)', async () => {
    const day = (room: string, offset: number) =>
      Array.from({ length: 8 }, (_, hour) => item({ ...at(hour + 9 + offset), room, title: `${room} ${hour}` }));
    const [plenary, annex] = [day('Plenary', 0), day('Annex', 0)];
    await put(scheduleFile({ Plenary: plenary, Annex: annex }));
    const shift = (sessions: typeof plenary, by: number) =>
      sessions.map((session, hour) => ({ ...session, ...at(hour + 9 + by) }));
    for (const by of [-1, 1]) {
      const moved = await put(scheduleFile({ Plenary: shift(plenary, by), Annex: shift(annex, by) }));
      expect([moved.moved.length, moved.problems]).toEqual([16, []]);
    }
    const swapped = await put(scheduleFile({ Plenary: shift(annex, 1), Annex: shift(plenary, 1) }));
    expect(swapped).toMatchObject({ applied: true, cancelled: [], created: [] });
    expect(swapped.moved).toHaveLength(16);
  });

  it('plans again when a session changed while it was planned (IMP-30)', async () => {
    const [stays, goes] = [item(), item(at(12))];
    await put(scheduleFile({ Plenary: [stays, goes] }));
    const moderator = new pg.Client(hub.database.url);
    await moderator.connect();
    await moderator.query('BEGIN');
    await moderator.query(
      `UPDATE session SET state = 'live', version = version + 1, session_version = version + 1 WHERE guid = $1`,
      [goes.guid],
    );
    const importing = put(scheduleFile({ Plenary: [{ ...stays, title: 'New' }] }), '?allowCancel=true');
    await until('an import that waits for the session', async () => {
      const waiting = await hub.database.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return waiting.length > 0;
    });
    await moderator.query('COMMIT');
    await moderator.end();
    expect(await importing).toMatchObject({
      applied: true,
      cancelled: [],
      changed: [stays.guid],
      problems: [{ severity: 'warning', message: expect.stringContaining('it has begun') }],
    });
    expect(
      await hub.database.query('SELECT state, title FROM session WHERE event_id = $1 ORDER BY starts_at', [event.id]),
    ).toEqual([
      { state: 'scheduled', title: 'New' },
      { state: 'live', title: 'Opening' },
    ]);
  });

  it('counts what the event would hold, with what is stored, and refuses before it writes (IMP-25)', async () => {
    await put(scheduleFile({ Plenary: [] }));
    await hub.database.query(
      `INSERT INTO session (event_id, room_id, slug, title, kind, state, starts_at, ends_at)
         SELECT $1, (SELECT id FROM room WHERE event_id = $1), 'old-' || n, 'Old', 'other', 'cancelled', now(), now() + interval '1 hour'
         FROM generate_series(1, 4999) AS n`,
      [event.id],
    );
    const [one, two] = [item(), item(at(12))];
    expect(
      await call(
        'PUT',
        `/api/events/${event.slug}/schedule?partial=true`,
        organiser,
        scheduleFile({ Plenary: [one, two] }),
      ),
    ).toMatchObject({
      status: 422,
      body: { error: { code: 'schedule.unusable', message: expect.stringContaining('the file adds 2') } },
    });
    expect(await put(scheduleFile({ Plenary: [one] }))).toMatchObject({ created: [one.guid] });
    expect(await put(scheduleFile({ Plenary: [{ ...one, title: 'Changed' }] }))).toMatchObject({ changed: [one.guid] });
  }, 60_000);

  it('refuses what nests deeper than a schedule, and what is no JSON (IMP-27)', async () => {
    const answer = async (body: string) => {
      const response = await fetch(`${hub.url}/api/events/${event.slug}/schedule`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${await api(hub).tokenOf(organiser)}`, 'content-type': 'application/json' },
        body,
      });
      return ((await response.json()) as { error: { code: string } }).error.code;
    };
    const brackets = '['.repeat(2_600_000);
    expect([await answer(brackets), await answer('{"schedule": '), await answer('')]).toEqual([
      'schedule.unusable',
      'request.invalid',
      'request.invalid',
    ]);
    expect(await put(scheduleFile({ Plenary: [item()] }))).toMatchObject({ applied: true });
  });

  it('gives two imports at once one after the other', async () => {
    const body = scheduleFile({ Plenary: [item(), item(at(12))] });
    const answers = await Promise.all(
      [1, 2, 3].map(() => call('PUT', `/api/events/${event.slug}/schedule`, organiser, body)),
    );
    for (const { status } of answers) expect([200, 503]).toContain(status);
    expect(await put(body)).toMatchObject({ unchanged: 2, created: [], changed: [] });
  });

  it('refuses what is no schedule, and takes files of some megabytes (IMP-9)', async () => {
    expect(await call('PUT', `/api/events/${event.slug}/schedule`, organiser, { hello: 'world' })).toMatchObject({
      status: 422,
      body: { error: { code: 'schedule.unusable' } },
    });
    const large = scheduleFile({
      Plenary: Array.from({ length: 12 }, (_, hour) => item({ ...at(hour + 8), extra: 'x'.repeat(300_000) })),
    });
    expect(await put(large)).toMatchObject({ applied: true });
    const tooLarge = { padding: 'x'.repeat(5_500_000) };
    expect(await call('PUT', `/api/events/${event.slug}/schedule`, organiser, tooLarge)).toMatchObject({
      status: 413,
      body: { error: { code: 'request.too_large' } },
    });
  }, 60_000);

  it('gives back in an export what an import changes nothing by (IMP-10)', async () => {
    const person = { id: 7, public_name: 'Grace', biography: 'Compiles.' };
    await put(
      scheduleFile(
        {
          Plenary: [
            item({ persons: [person], description: 'More.', abstract: 'Less.', type: 'Talk', subtitle: 'Sub' }),
          ],
        },
        { rooms: [fileRoom('Plenary', { description: 'Ghent', type: 'other' })] },
      ),
    );
    const room = await hub.make.room({ event_id: event.id, position: 1 });
    await hub.make.session({
      event_id: event.id,
      room_id: room.id,
      title: 'By hand',
      starts_at: '2026-03-17T09:00:00Z',
      ends_at: '2026-03-17T10:00:00Z',
    });
    const exported = (await call('GET', `/api/events/${event.slug}/schedule.json`)).body;
    const before = await rows();
    expect(await put(exported)).toEqual({
      applied: true,
      created: [],
      changed: [],
      moved: [],
      cancelled: [],
      unchanged: 2,
      problems: [],
    });
    expect(await rows()).toEqual(before);
  });

  it('exports as XML and as calendars, with their types (IMP-12)', async () => {
    await put(scheduleFile({ Plenary: [item(), item({ ...at(12), slug: 'second' })] }));
    const xml = await call('GET', `/api/events/${event.slug}/schedule.xml`);
    expect([xml.headers.get('content-type'), xml.body.slice(0, 5)]).toEqual([
      'application/xml; charset=utf-8',
      '<?xml',
    ]);
    const calendar = (query = '') => call('GET', `/api/events/${event.slug}/schedule.ics${query}`);
    expect((await calendar()).headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect((await calendar()).body.match(/BEGIN:VEVENT/g)).toHaveLength(2);
    expect((await calendar('?session=second')).body.match(/DTSTART:.*Z/g)).toEqual(['DTSTART:20260316T110000Z']);
    expect(await calendar('?session=none')).toMatchObject({ status: 404 });
  });

  it('puts an alarm into the calendar of one session, and into that of no whole programme (WEB-184)', async () => {
    await put(scheduleFile({ Plenary: [item(), item({ ...at(12), slug: 'second' })] }));
    const alarms = async (path: string) => {
      const { body } = await call('GET', path);
      return parseCalendar(body).components.flatMap(({ components }) => components.map(({ properties }) => properties));
    };
    const alarm = expect.objectContaining({ ACTION: ['DISPLAY'], TRIGGER: ['-PT10M'] });
    const [session] = await hub.database.query('SELECT id FROM session WHERE event_id = $1 AND slug = $2', [
      event.id,
      'second',
    ]);
    expect(await alarms(`/api/events/${event.slug}/schedule.ics?session=second`)).toEqual([alarm]);
    expect(await alarms(`/api/sessions/${String(session?.['id'])}/schedule.ics`)).toEqual([alarm]);
    expect(await alarms(`/api/events/${event.slug}/schedule.ics`)).toEqual([]);
  });
});
