import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProgrammeRenderings } from '../../../apps/api/src/programme/programme-renderings.js';
import { StreamRoomsService } from '../../../apps/api/src/programme/stream-rooms.service.js';
import { api } from '../../support/clients/api.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients } from '../../support/clients/test-clients.js';
import { item, scheduleFile } from '../../support/records/schedule-files.js';
import { newId } from '#libs/client/new-id';

jest.setTimeout(30_000);

const INDEX =
  '<!doctype html><html lang="en"><head><title>Plenum</title></head><body><div id="root"></div></body></html>';
const COUNT_STAMPS = `
CREATE TABLE test_stamps (event_id uuid PRIMARY KEY, n int NOT NULL);
CREATE FUNCTION test_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO test_stamps VALUES (NEW.event_id, 1) ON CONFLICT (event_id) DO UPDATE SET n = test_stamps.n + 1;
  RETURN NULL;
END $$;
CREATE TRIGGER test_count AFTER UPDATE ON programme_stamp FOR EACH ROW EXECUTE FUNCTION test_count();`;
const FORMS = ['', '/schedule.json', '/schedule.xml', '/schedule.ics'];

let hub: TestHub;
let webRoot: string;
beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'plenum-web-'));
  await writeFile(join(webRoot, 'index.html'), INDEX);
  hub = await startHub({ nodes: 2, env: { WEB_ROOT: webRoot } });
}, 60_000);
afterAll(async () => {
  await hub?.close();
  await rm(webRoot, { recursive: true, force: true });
});

type Row = Awaited<ReturnType<TestHub['make']['event']>>;

async function makeEvent(overrides: Record<string, unknown> = {}) {
  const event = await hub.make.event(overrides);
  const session = await hub.make.session({ event_id: event.id, state: 'scheduled', premoderated: false });
  const speaker = await hub.make.speaker({ event_id: event.id });
  const organiser = await hub.make.actor({ event_id: event.id, role: 'organiser' });
  return { event, session, speaker, organiser };
}

const stampOf = async ({ id }: Row) =>
  (await hub.database.query<{ stamp: string }>('SELECT stamp FROM programme_stamp WHERE event_id = $1', [id]))[0]!
    .stamp;
const rendered = () => hub.nodes.reduce((sum, { app }) => sum + app.get(ProgrammeRenderings).counters.rendered, 0);

/** A form of a programme as everybody gets it from a node. */
async function fetchForm(event: Row, form: string, node = 0, headers: Record<string, string> = {}) {
  const path = form === 'page' ? `/${String(event.slug)}` : `/api/events/${String(event.slug)}${form}`;
  const response = await fetch(`${hub.nodes[node]!.url}${path}`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('a form of a programme', () => {
  it('is new on every node after every kind of change (PROG-40)', async () => {
    const { event, session, speaker, organiser } = await makeEvent();
    const { call } = api(hub);
    const slug = String(event.slug);
    const day = { start: '2027-01-01T10:00:00Z', end: '2027-01-01T11:00:00Z' };
    const room = { slug: 'a-room', name: 'A room', kind: 'workshop' };
    const changes: [string, () => Promise<unknown>][] = [
      ['event', () => call('PATCH', `/api/events/${slug}`, organiser.id, { title: 'Another title' })],
      ['room made', () => call('POST', `/api/events/${slug}/rooms`, organiser.id, room)],
      ['room', () => call('PATCH', `/api/rooms/${String(session.room_id)}`, organiser.id, { name: 'Renamed' })],
      ['session', () => call('PATCH', `/api/sessions/${session.id}`, organiser.id, { title: 'Retitled' })],
      ['speakers', () => call('PATCH', `/api/sessions/${session.id}`, organiser.id, { speakerIds: [speaker.id] })],
      ['speaker', () => call('PATCH', `/api/speakers/${speaker.id}`, organiser.id, { name: 'Grace' })],
      ['speaker made', () => call('POST', `/api/events/${slug}/speakers`, organiser.id, { name: 'Ada' })],
      ['state', () => call('PATCH', `/api/sessions/${session.id}`, organiser.id, { state: 'live' })],
      ['on air', () => hub.app.get(StreamRoomsService).setOnAir(String(session.room_id), true)],
      [
        'import',
        () =>
          call(
            'PUT',
            `/api/events/${slug}/schedule?partial=true`,
            organiser.id,
            scheduleFile({ 'A room': [item({ room: 'A room' })] }),
          ),
      ],
      [
        'session made',
        () =>
          call('POST', `/api/events/${slug}/sessions`, organiser.id, {
            ...day,
            slug: 'another',
            title: 'Another',
            kind: 'panel',
            roomId: session.room_id,
          }),
      ],
      [
        'session deleted',
        () => hub.database.query(`DELETE FROM session WHERE event_id = $1 AND slug = 'another'`, [event.id]),
      ],
    ];
    let before = [await fetchForm(event, '', 0), await fetchForm(event, '', 1)];
    for (const [what, change] of changes) {
      await change();
      const after = [await fetchForm(event, '', 0), await fetchForm(event, '', 1)];
      expect([what, after[0]!.text === before[0]!.text]).toEqual([what, false]);
      expect([what, after[1]!.text]).toEqual([what, after[0]!.text]);
      before = after;
    }
    const texts = await Promise.all([...FORMS, 'page'].map(async (form) => (await fetchForm(event, form, 1)).text));
    for (const text of texts) expect(text).toContain('Retitled');
  });

  it('is not rendered again because of questions and votes (PROG-41)', async () => {
    const { event, session } = await makeEvent();
    await hub.database.query(`UPDATE session SET state = 'live' WHERE id = $1`, [session.id]);
    const [before, crowd] = [await stampOf(event), testClients(hub, session)];
    const asking = await crowd.join();
    const voting = await crowd.join();
    const id = newId();
    await asking.client.request('question:ask', { id, sessionId: session.id, text: 'Why is it so?', anonymous: false });
    await voting.client.request('question:vote', { questionId: id, value: true });
    crowd.leave();
    expect(await stampOf(event)).toBe(before);
    const [{ version }] = (await hub.database.query<{ version: string }>('SELECT version FROM session WHERE id = $1', [
      session.id,
    ])) as [{ version: string }];
    expect(Number(version)).toBeGreaterThan(1);
  });

  it('is rendered again after a change of any column of a session but those of its feed (PROG-40, PROG-41)', async () => {
    const [row] = await hub.database.query<{ watched: string[]; columns: string[] }>(
      `SELECT array_agg(attname::text ORDER BY attname) FILTER (WHERE attnum = ANY (tgattr)) AS watched,
              array_agg(attname::text ORDER BY attname) AS columns
         FROM pg_trigger JOIN pg_attribute ON attrelid = tgrelid AND attnum > 0 AND NOT attisdropped
        WHERE tgname = 'programme_stamp_updated' AND tgrelid = 'session'::regclass`,
    );
    const ofFeed = [
      'version',
      'session_version',
      'screen_kind',
      'screen_question_id',
      'screen_poll_id',
      'deleted_ordinal',
    ];
    expect(row!.watched).toEqual(row!.columns.filter((column) => !ofFeed.includes(column)));
  });

  it('has one stamp a transaction, however many rows it changes (PROG-40)', async () => {
    const { event } = await makeEvent();
    await hub.database.query(COUNT_STAMPS);
    await hub.database.query(
      `INSERT INTO speaker (event_id, name) SELECT $1, 'Speaker ' || n FROM generate_series(1, 1000) n`,
      [event.id],
    );
    expect(await hub.database.query('SELECT n FROM test_stamps WHERE event_id = $1', [event.id])).toEqual([{ n: 1 }]);
    await hub.database.query('DELETE FROM session WHERE event_id = $1', [event.id]);
    await hub.database.query('DELETE FROM event WHERE id = $1', [event.id]);
    expect(await hub.database.query('SELECT FROM programme_stamp WHERE event_id = $1', [event.id])).toEqual([]);
  });

  it('is read and rendered once, however many ask at the same moment (PROG-42)', async () => {
    const { event } = await makeEvent();
    const before = rendered();
    const answers = await Promise.all(Array.from({ length: 40 }, () => fetchForm(event, '/schedule.json')));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(rendered() - before).toBe(1);
    await fetchForm(event, '/schedule.json');
    expect(rendered() - before).toBe(1);
  });

  it('says by its ETag whether it changed, and is compressed for those who take it (IMP-37)', async () => {
    const { event, session } = await makeEvent();
    for (const form of [...FORMS, 'page']) {
      const plain = await fetchForm(event, form, 0, { 'accept-encoding': 'identity' });
      const gzipped = await fetchForm(event, form, 0, { 'accept-encoding': 'gzip' });
      const [etag, weak] = [plain.headers.get('etag')!, gzipped.headers.get('etag')!];
      expect([form, plain.status, weak, gzipped.text]).toEqual([form, 200, `W/${etag}`, plain.text]);
      expect(plain.headers.get('vary')).toContain('Accept-Encoding');
      expect(plain.headers.get('cache-control')).toBe('private, no-cache');
      for (const tag of [etag, weak])
        expect((await fetchForm(event, form, 0, { 'if-none-match': tag })).status).toBe(304);
      await hub.database.query(`UPDATE session SET title = title || '!' WHERE id = $1`, [session.id]);
      expect((await fetchForm(event, form, 0, { 'if-none-match': etag })).status).toBe(200);
    }
  });

  it('is the original in languages without translations, and kept once for all of them (IMP-38)', async () => {
    const { event } = await makeEvent({ translations: { nl: { title: 'De week' } } });
    const before = rendered();
    const texts = [];
    for (const query of ['', '?lang=xx', '?lang=fr', '?lang=de-BE'])
      texts.push((await fetchForm(event, `/schedule.ics${query}`)).text);
    expect([new Set(texts).size, rendered() - before]).toEqual([1, 1]);
    expect((await fetchForm(event, '/schedule.ics?lang=nl-BE')).text).toContain('De week');
  });
});

describe('an event with one session of its programme', () => {
  const partOf = (event: Row, slug: unknown, node = 0) => fetchForm(event, `/s/${String(slug)}`, node);

  it('holds this session, its room and its speakers, and nothing else of the programme (WEB-191)', async () => {
    const { event, session, speaker, organiser } = await makeEvent();
    await hub.make.session({ event_id: event.id });
    await hub.make.speaker({ event_id: event.id });
    await api(hub).call('PATCH', `/api/sessions/${session.id}`, organiser.id, { speakerIds: [speaker.id] });
    const whole = JSON.parse((await fetchForm(event, '')).text) as Record<'sessions' | 'rooms' | 'speakers', Row[]>;
    const only = (rows: Row[], id: unknown) => rows.filter((row) => row.id === id);
    const answer = await partOf(event, session.slug);
    expect(JSON.parse(answer.text)).toEqual({
      ...whole,
      sessions: only(whole.sessions, session.id),
      rooms: only(whole.rooms, session.room_id),
      speakers: only(whole.speakers, speaker.id),
    });
    expect(whole.sessions).toHaveLength(2);
  });

  it('is rendered once for each version, and new on every node after a change (WEB-191)', async () => {
    const { event, session, organiser } = await makeEvent();
    const before = rendered();
    const answers = await Promise.all(Array.from({ length: 40 }, () => partOf(event, session.slug)));
    expect([new Set(answers.map(({ text }) => text)).size, rendered() - before]).toEqual([1, 1]);
    await partOf(event, session.slug, 1);
    await api(hub).call('PATCH', `/api/sessions/${session.id}`, organiser.id, { title: 'Retitled' });
    for (const node of [0, 1]) expect((await partOf(event, session.slug, node)).text).toContain('Retitled');
  });

  it('is refused for a session that the event has not, and in an event that the reader may not see (WEB-191, PROG-9)', async () => {
    const { event, session, organiser } = await makeEvent();
    const elsewhere = await makeEvent();
    expect((await partOf(event, 'no-such-session')).status).toBe(404);
    expect((await partOf(event, 'No such session')).status).toBe(400);
    expect((await partOf(event, elsewhere.session.slug)).status).toBe(404);
    expect((await partOf(event, session.slug)).status).toBe(200);
    await api(hub).call('PATCH', `/api/events/${String(event.slug)}`, organiser.id, { access: 'private' });
    for (const node of [0, 1]) expect((await partOf(event, session.slug, node)).status).toBe(404);
    const path = `/api/events/${String(event.slug)}/s/${String(session.slug)}`;
    expect((await api(hub).call('GET', path, organiser.id)).status).toBe(200);
  });
});

describe('what is kept of programmes', () => {
  it('decides nothing about who may see them (PROG-43, PROG-9)', async () => {
    const { event, organiser } = await makeEvent({ access: 'private' });
    const member = await hub.make.actor({ event_id: event.id, role: 'attendee' });
    const { call } = api(hub);
    for (const form of FORMS) {
      expect((await call('GET', `/api/events/${String(event.slug)}${form}`, member.id)).status).toBe(200);
      expect((await fetchForm(event, form)).status).toBe(404);
    }
    expect((await fetchForm(event, 'page')).status).toBe(404);
    await call('PATCH', `/api/events/${String(event.slug)}`, organiser.id, { access: 'open' });
    expect((await fetchForm(event, 'page')).status).toBe(200);
    await call('PATCH', `/api/events/${String(event.slug)}`, organiser.id, { access: 'private' });
    for (const form of [...FORMS, 'page'])
      for (const node of [0, 1]) expect((await fetchForm(event, form, node)).status).toBe(404);
  });

  it('keeps what only organisers see apart (PROG-43, PROG-12)', async () => {
    const { event, organiser } = await makeEvent({ blocked_words: ['secretword'] });
    const read = (actorId: string | null) => api(hub).call('GET', `/api/events/${String(event.slug)}`, actorId);
    expect((await read(organiser.id)).body.blockedWords).toEqual(['secretword']);
    expect(JSON.stringify((await read(null)).body)).not.toContain('secretword');
    expect((await read(organiser.id)).body.blockedWords).toEqual(['secretword']);
    for (const form of [...FORMS, 'page']) expect((await fetchForm(event, form)).text).not.toContain('secretword');
  });
});
