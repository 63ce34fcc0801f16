import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { event as eventSchema } from '#libs/contract/programme';
import { api } from '../../support/clients/api.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients } from '../../support/clients/test-clients.js';
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
  event = (await hub.make.event()) as typeof event;
  organiser = await somebody('organiser');
});

const somebody = async (role: string, overrides = {}) =>
  (await hub.make.actor({ event_id: event.id, role, ...overrides })).id;
const hubOrganiser = () =>
  somebody('organiser', { event_id: null, kind: 'account', login: randomUUID(), password_hash: 'x' });

const times = (start: string, end: string) => ({
  start: `2026-03-16T${start}:00+01:00`,
  end: `2026-03-16T${end}:00+01:00`,
});
const draft = (overrides = {}) => ({
  slug: `s-${randomUUID()}`,
  title: 'Talk',
  kind: 'panel',
  ...times('09:00', '10:00'),
  ...overrides,
});
const eventDraft = (overrides = {}) => ({
  slug: `e-${randomUUID()}`,
  title: 'Week',
  timeZone: 'Europe/Brussels',
  languages: ['en'],
  ...times('08:00', '22:00'),
  ...overrides,
});

async function makeRoom() {
  return (
    await call('POST', `/api/events/${event.slug}/rooms`, organiser, {
      slug: `r-${randomUUID()}`,
      name: 'Hall',
      kind: 'plenary',
    })
  ).body as { id: string };
}

async function makeSession(overrides = {}) {
  const body = draft({ roomId: (await makeRoom()).id, ...overrides });
  const answer = await call('POST', `/api/events/${event.slug}/sessions`, organiser, body);
  expect(answer.status).toBe(201);
  return answer.body as { id: string; slug: string; roomId: string };
}

const refused = (status: number, code: string, field?: string) => ({
  status,
  body: { error: { code, ...(field && { field }) } },
});

describe('reading', () => {
  it('gives the event in the form of the contract, and 304 to a client that has it already', async () => {
    await makeSession({ translations: { fr: { title: 'Exposé' } } });
    const answer = await call('GET', `/api/events/${event.slug}`);
    expect(eventSchema.strict().parse(answer.body).sessions).toMatchObject([
      { title: 'Talk', translations: { fr: { title: 'Exposé' } } },
    ]);
    const again = await request(hub.url)
      .get(`/api/events/${event.slug}`)
      .set('If-None-Match', answer.headers.get('etag')!);
    expect(again.status).toBe(304);
  });

  it('asks the database as often for one session as for six, and once while nothing changes (PROG-42)', async () => {
    const { driver } = hub.app.get(DataSource);
    const create = driver.createQueryRunner.bind(driver);
    let asked = 0;
    driver.createQueryRunner = (mode) => {
      const runner = create(mode);
      const query = runner.query.bind(runner) as (...asking: unknown[]) => Promise<unknown>;
      const counted = (...asking: unknown[]) => {
        const [, values] = asking;
        if (Array.isArray(values) && [event.id, event.slug].some((one) => values.includes(one))) asked += 1;
        return query(...asking);
      };
      return Object.assign(runner, { query: counted });
    };
    const queries = async () => {
      asked = 0;
      await call('GET', `/api/events/${event.slug}`);
      return asked;
    };
    await makeSession();
    const few = await queries();
    for (let n = 0; n < 5; n++) await makeSession();
    expect([few, await queries(), await queries()]).toEqual([5, 5, 1]);
    driver.createQueryRunner = create;
  });

  it('shows a private event to people with a role in it only (PROG-9)', async () => {
    const hidden = (await hub.make.event({ access: 'private' })) as typeof event;
    const session = await hub.make.session({ event_id: hidden.id });
    const member = await somebody('attendee', { event_id: hidden.id });
    const stranger = await somebody('organiser');
    const paths = ['', '/schedule.json', '/schedule.xml', '/schedule.ics', '/poster.svg', '/poster.png'].map(
      (path) => `/api/events/${hidden.slug}${path}`,
    );
    for (const path of [
      ...paths,
      `/api/sessions/${session.id}/schedule.ics`,
      `/api/sessions/${session.id}/poster.svg`,
    ]) {
      for (const actor of [null, stranger])
        expect(await call('GET', path, actor)).toMatchObject(refused(404, 'not_found'));
      expect((await call('GET', path, member)).status).toBe(200);
    }
    const slugs = async (actor: string | null) =>
      (await call('GET', '/api/events', actor)).body.map((one: { slug: string }) => one.slug);
    expect(await slugs(stranger)).not.toContain(hidden.slug);
    expect(await slugs(member)).toContain(hidden.slug);
  });

  it('shows blocked words to organisers only (PROG-12)', async () => {
    await hub.database.query(`UPDATE event SET blocked_words = '{badword}' WHERE id = $1`, [event.id]);
    const seen = async (actor: string | null) =>
      JSON.stringify(
        [await call('GET', `/api/events/${event.slug}`, actor), await call('GET', '/api/events', actor)].map(
          ({ body }) => body,
        ),
      );
    for (const actor of [null, await somebody('attendee'), await somebody('moderator')])
      expect(await seen(actor)).not.toContain('badword');
    expect(await seen(organiser)).toContain('badword');
  });
});

describe('organising', () => {
  it('creates, changes and deletes an event, by an organiser of the whole hub (PROG-4)', async () => {
    const whole = await hubOrganiser();
    const made = await call(
      'POST',
      '/api/events',
      whole,
      eventDraft({ translations: { fr: { title: 'Semaine' } }, blockedWords: ['x'] }),
    );
    expect(made).toMatchObject({
      status: 201,
      body: { access: 'open', start: '2026-03-16T07:00:00.000Z', translations: { fr: { title: 'Semaine' } } },
    });
    const path = `/api/events/${made.body.slug}`;
    expect(await call('PATCH', path, whole, { title: 'Another week' })).toMatchObject({
      status: 200,
      body: { title: 'Another week', blockedWords: ['x'] },
    });
    expect((await call('GET', path)).body).toMatchObject({ title: 'Another week', languages: ['en'] });
    expect((await call('DELETE', path, whole)).status).toBe(204);
    expect(await call('GET', path)).toMatchObject(refused(404, 'not_found'));
  });

  it.each(['guest', 'attendee', 'speaker', 'moderator'])(
    'is refused to a %s, and to an organiser of another event (PROG-4)',
    async (role) => {
      const other = await hub.make.event();
      const session = await makeSession();
      const speaker = await hub.make.speaker({ event_id: event.id });
      const calls: [string, string, unknown?][] = [
        ['PATCH', `/api/events/${event.slug}`, { title: 'x' }],
        ['DELETE', `/api/events/${event.slug}`],
        ['POST', `/api/events/${event.slug}/rooms`, { slug: 'x', name: 'x', kind: 'hub' }],
        ['PATCH', `/api/rooms/${session.roomId}`, { name: 'x' }],
        ['DELETE', `/api/rooms/${session.roomId}`],
        ['POST', `/api/events/${event.slug}/sessions`, draft({ roomId: session.roomId })],
        ['PATCH', `/api/sessions/${session.id}`, { title: 'x' }],
        ['DELETE', `/api/sessions/${session.id}`],
        ['POST', `/api/events/${event.slug}/speakers`, { name: 'x' }],
        ['PATCH', `/api/speakers/${speaker.id}`, { name: 'x' }],
        ['DELETE', `/api/speakers/${speaker.id}`],
        ['PUT', `/api/events/${event.slug}/schedule`, {}],
      ];
      const actors = [await somebody(role), await somebody('organiser', { event_id: other.id })];
      for (const [method, path, body] of calls) {
        for (const actor of actors)
          expect([method, path, await call(method, path, actor, body)]).toMatchObject([
            method,
            path,
            refused(403, 'forbidden'),
          ]);
        expect(await call(method, path, null, body)).toMatchObject(refused(401, 'auth.required'));
      }
      expect(await call('POST', '/api/events', organiser, eventDraft())).toMatchObject(refused(403, 'forbidden'));
    },
  );

  it('keeps slugs unique (PROG-3)', async () => {
    const whole = await hubOrganiser();
    expect(await call('POST', '/api/events', whole, eventDraft({ slug: event.slug }))).toMatchObject(
      refused(409, 'slug.taken', 'slug'),
    );
    const session = await makeSession();
    const again = draft({ slug: session.slug, roomId: session.roomId, ...times('12:00', '13:00') });
    expect(await call('POST', `/api/events/${event.slug}/sessions`, organiser, again)).toMatchObject(
      refused(409, 'slug.taken', 'slug'),
    );
    const { slug } = (await hub.make.room({ event_id: event.id })) as unknown as { slug: string };
    expect(await call('PATCH', `/api/rooms/${session.roomId}`, organiser, { slug })).toMatchObject(
      refused(409, 'slug.taken', 'slug'),
    );
  });

  it('lets no two sessions of a room overlap, but follow each other at once (PROG-1)', async () => {
    const { id, roomId } = await makeSession();
    const create = (start: string, end: string) =>
      call('POST', `/api/events/${event.slug}/sessions`, organiser, draft({ roomId, ...times(start, end) }));
    expect(await create('09:59', '11:00')).toMatchObject(refused(409, 'session.overlap', 'start'));
    const next = await create('10:00', '11:00');
    expect(next.status).toBe(201);
    expect(await call('PATCH', `/api/sessions/${next.body.id}`, organiser, times('09:30', '10:30'))).toMatchObject(
      refused(409, 'session.overlap'),
    );
    await call('PATCH', `/api/sessions/${id}`, organiser, { state: 'cancelled' });
    expect((await call('PATCH', `/api/sessions/${next.body.id}`, organiser, times('09:30', '10:30'))).status).toBe(200);
    expect(await call('PATCH', `/api/sessions/${id}`, organiser, { state: 'scheduled' })).toMatchObject(
      refused(409, 'session.overlap'),
    );
  });

  it('lets nothing end before it starts (PROG-2)', async () => {
    const { id, roomId } = await makeSession();
    expect(await call('PATCH', `/api/sessions/${id}`, organiser, times('10:00', '10:00'))).toMatchObject(
      refused(400, 'request.invalid', 'end'),
    );
    const backwards = draft({ roomId, ...times('12:00', '11:00') });
    expect((await call('POST', `/api/events/${event.slug}/sessions`, organiser, backwards)).status).toBe(400);
    expect(await call('PATCH', `/api/events/${event.slug}`, organiser, { end: '2020-01-01T00:00:00Z' })).toMatchObject(
      refused(400, 'request.invalid', 'end'),
    );
  });

  it('takes the texts of rooms and tracks per language, and gives them to everybody (PROG-25)', async () => {
    const session = await makeSession({ track: 'Health', translations: { fr: { title: 'Exposé', track: 'Santé' } } });
    const translations = { fr: { name: 'Salle', city: 'Gand' } };
    const changed = await call('PATCH', `/api/rooms/${session.roomId}`, organiser, { translations });
    expect(changed).toMatchObject({ status: 200, body: { translations } });
    const { body } = await call('GET', `/api/events/${event.slug}`);
    expect(body.rooms).toContainEqual(expect.objectContaining({ id: session.roomId, translations }));
    expect(body.sessions).toContainEqual(
      expect.objectContaining({ id: session.id, translations: { fr: { title: 'Exposé', track: 'Santé' } } }),
    );
    const refused = await call('PATCH', `/api/rooms/${session.roomId}`, organiser, { translations: { 'no tag': {} } });
    expect(refused.status).toBe(400);
  });

  it('refuses rooms and speakers of another event', async () => {
    const room = await hub.make.room();
    expect(
      await call('POST', `/api/events/${event.slug}/sessions`, organiser, draft({ roomId: room.id })),
    ).toMatchObject(refused(404, 'not_found', 'roomId'));
    const { id } = await makeSession();
    const speaker = await hub.make.speaker();
    expect(await call('PATCH', `/api/sessions/${id}`, organiser, { speakerIds: [speaker.id] })).toMatchObject(
      refused(404, 'not_found', 'speakerIds'),
    );
  });

  it('keeps the order of speakers, and counts a repeated one once', async () => {
    const made = await Promise.all(
      ['Zoe', 'Ada', 'Max'].map(
        async (name) =>
          (await call('POST', `/api/events/${event.slug}/speakers`, organiser, { name })).body.id as string,
      ),
    );
    const { id } = await makeSession({ speakerIds: made });
    const order = [made[2], made[0], made[2]];
    expect((await call('PATCH', `/api/sessions/${id}`, organiser, { speakerIds: order })).body.speakerIds).toEqual([
      made[2],
      made[0],
    ]);
  });

  it('does not delete what the audience has left something in (PROG-10)', async () => {
    const asked = await makeSession();
    await hub.make.question({ session_id: asked.id });
    const polled = await makeSession();
    await hub.make.poll({ session_id: polled.id });
    const spoken = await hub.make.speaker({ event_id: event.id });
    const empty = await makeSession({ speakerIds: [spoken.id] });
    for (const path of [
      `/api/sessions/${asked.id}`,
      `/api/sessions/${polled.id}`,
      `/api/rooms/${asked.roomId}`,
      `/api/events/${event.slug}`,
      `/api/speakers/${spoken.id}`,
    ])
      expect([path, await call('DELETE', path, organiser)]).toMatchObject([path, refused(409, 'conflict')]);
    for (const path of [`/api/sessions/${empty.id}`, `/api/rooms/${empty.roomId}`, `/api/speakers/${spoken.id}`])
      expect([path, (await call('DELETE', path, organiser)).status]).toEqual([path, 204]);
  });

  it.each([
    ['slug', { slug: 'Not A Slug' }],
    ['title', { title: '' }],
    ['title', { title: 'a\u0000b' }],
    ['start', { start: 'tomorrow' }],
    ['roomId', { roomId: '7' }],
    ['slowMode', { slowMode: -1 }],
    ['state', { state: 'paused' }],
  ])('names the wrong field: %s of %j', async (field, patch) => {
    const { id } = await makeSession();
    expect(await call('PATCH', `/api/sessions/${id}`, organiser, patch)).toMatchObject(
      refused(400, 'request.invalid', field),
    );
  });

  it('answers unknown ids like those one may not see', async () => {
    for (const noun of ['rooms', 'sessions', 'speakers']) {
      expect(await call('PATCH', `/api/${noun}/${randomUUID()}`, organiser, {})).toMatchObject(
        refused(404, 'not_found'),
      );
      expect((await call('PATCH', `/api/${noun}/7`, organiser, {})).status).toBe(400);
    }
  });
});

describe('running a session', () => {
  it('goes live and ends, which closes its Q&A and keeps its questions (PROG-6, PROG-7)', async () => {
    const { id } = await makeSession();
    const moderator = await somebody('attendee');
    await hub.make.grant({ actor_id: moderator, event_id: event.id, session_id: id, role: 'moderator' });
    const set = (state: string) => call('PATCH', `/api/sessions/${id}`, moderator, { state });
    expect(await set('ended')).toMatchObject(refused(409, 'session.state'));
    const live = await set('live');
    expect(live).toMatchObject({ status: 200, body: { state: 'live', qa: 'open', liveAt: expect.any(String) } });
    const version = () => hub.database.query('SELECT version FROM session WHERE id = $1', [id]);
    const before = await version();
    expect((await set('live')).body.liveAt).toBe(live.body.liveAt);
    expect(await version()).toEqual(before);
    await hub.make.question({ session_id: id });
    expect(await set('ended')).toMatchObject({ body: { state: 'ended', qa: 'closed', endedAt: expect.any(String) } });
    for (const state of ['live', 'scheduled']) expect(await set(state)).toMatchObject(refused(409, 'session.state'));
    expect(await set('cancelled')).toMatchObject(refused(403, 'forbidden'));
    expect(await hub.database.query('SELECT 1 FROM question WHERE session_id = $1', [id])).toHaveLength(1);
  });

  it('takes going live back for a minute, and not after (PROG-27)', async () => {
    const { id } = await makeSession();
    const moderator = await somebody('moderator');
    const set = (state: string, by = moderator) => call('PATCH', `/api/sessions/${id}`, by, { state });
    await set('live');
    expect(await set('scheduled', await somebody('attendee'))).toMatchObject(refused(403, 'forbidden'));
    const back = await set('scheduled');
    expect(back).toMatchObject({ status: 200, body: { state: 'scheduled', qa: 'open' } });
    expect(back.body.liveAt).toBeUndefined();
    await set('live');
    await hub.database.query(`UPDATE session SET live_at = now() - interval '61 seconds' WHERE id = $1`, [id]);
    expect(await set('scheduled')).toMatchObject(refused(409, 'session.state'));
  });

  it('lets its moderator change how it is run, and nothing else (PROG-5)', async () => {
    const { id } = await makeSession();
    const moderator = await somebody('moderator');
    const patch = { qa: 'paused', premoderated: false, slowMode: 30 };
    expect(await call('PATCH', `/api/sessions/${id}`, moderator, patch)).toMatchObject({ status: 200, body: patch });
    expect(await call('PATCH', `/api/sessions/${id}`, moderator, { ...patch, title: 'Mine' })).toMatchObject(
      refused(403, 'forbidden'),
    );
    expect(await call('PATCH', `/api/sessions/${id}`, moderator, { state: 'cancelled' })).toMatchObject(
      refused(403, 'forbidden'),
    );
  });

  it('is sent to everybody in it (PROG-8)', async () => {
    const { id } = await makeSession();
    const { join, leave } = testClients(hub, { id, event_id: event.id });
    const attendee = await join();
    await call('PATCH', `/api/sessions/${id}`, organiser, { state: 'live', title: 'Now live' });
    const told = () => attendee.feed.getSnapshot().session;
    await until('the new session', () => told()?.state === 'live' && told()?.title === 'Now live');
    leave();
  });
});
