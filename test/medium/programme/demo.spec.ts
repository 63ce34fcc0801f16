import { AI_WEEK, DEMO_SESSIONS } from '../../../apps/api/src/demo/ai-week.js';
import { DemoService } from '../../../apps/api/src/demo/demo.service.js';
import { api } from '../../support/clients/api.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';

let hub: TestHub;
afterEach(() => hub.close());

const running = async () =>
  hub.database.query(
    `SELECT kind, state FROM session WHERE starts_at <= now() AND ends_at > now() + interval '20 minutes' ORDER BY kind`,
  );
const LIVE = ['debate', 'plenary', 'workshop'].map((kind) => ({ kind, state: 'live' }));

it('is not there without demo mode (PROG-13)', async () => {
  hub = await startHub();
  expect(await hub.database.query('SELECT 1 FROM event')).toEqual([]);
  expect((await api(hub).call('POST', '/api/auth/demo', null, { event: AI_WEEK.slug, role: 'organiser' })).status).toBe(
    404,
  );
}, 60_000);

it('is loaded once by two nodes that start at once, with a plenary, a workshop and a debate live (PROG-13, PROG-14)', async () => {
  hub = await startHub({ nodes: 2, env: { DEMO: 'on' } });
  const loads = hub.nodes.map(({ app }) => app.get(DemoService).onApplicationBootstrap());
  await Promise.all(loads);
  const { body } = await api(hub).call('GET', `/api/events/${AI_WEEK.slug}`);
  expect(body).toMatchObject({
    languages: ['en', 'fr', 'nl', 'de'],
    translations: { nl: { title: 'Belgische AI-week' } },
  });
  expect(body.sessions).toHaveLength(DEMO_SESSIONS.length);
  expect(body.sessions).toContainEqual(
    expect.objectContaining({ slug: 'anniversary', translations: expect.objectContaining({ fr: expect.anything() }) }),
  );
  expect(body.rooms).toContainEqual(
    expect.objectContaining({
      name: 'Hub Liège',
      translations: expect.objectContaining({ nl: { name: 'Hub Luik', city: 'Luik' } }),
    }),
  );
  expect(await running()).toEqual(LIVE);
}, 60_000);

it('moves to the new now when it is loaded again, and keeps what people did (PROG-14)', async () => {
  hub = await startHub({ env: { DEMO: 'on' } });
  await hub.database.query(
    `UPDATE session SET starts_at = starts_at - interval '10 days', ends_at = ends_at - interval '10 days', state = 'ended', qa = 'closed'`,
  );
  const questions = await hub.database.query('SELECT id, text, score FROM question ORDER BY id');
  const before = await hub.database.query('SELECT id, slug, version FROM session ORDER BY id');
  await hub.app.get(DemoService).onApplicationBootstrap();
  expect(await running()).toEqual(LIVE);
  expect(await hub.database.query(`SELECT DISTINCT state FROM session WHERE starts_at > now()`)).toEqual([
    { state: 'scheduled' },
  ]);
  expect(await hub.database.query(`SELECT DISTINCT state, qa FROM session WHERE ends_at < now()`)).toEqual([
    { state: 'ended', qa: 'closed' },
  ]);
  expect(await hub.database.query('SELECT id, text, score FROM question ORDER BY id')).toEqual(questions);
  const after = await hub.database.query<{ version: string }>('SELECT id, slug, version FROM session ORDER BY id');
  expect(after.map(({ version: _, ...session }) => session)).toEqual(
    before.map(({ version: _, ...session }) => session),
  );
  expect(after.every(({ version }, index) => Number(version) > Number(before[index]!.version))).toBe(true);
}, 60_000);

it('changes nothing while its week is still now (PROG-14)', async () => {
  hub = await startHub({ env: { DEMO: 'on' } });
  const everything = () => hub.database.query('SELECT * FROM session ORDER BY id');
  const before = await everything();
  await hub.app.get(DemoService).onApplicationBootstrap();
  expect(await everything()).toEqual(before);
}, 60_000);

it('has totals that equal its rows (PROG-14, G3)', async () => {
  hub = await startHub({ env: { DEMO: 'on' } });
  const wrong = await hub.database.query(`
    SELECT id::text FROM question WHERE score <> (SELECT count(*) FROM question_vote WHERE question_id = question.id)
    UNION ALL SELECT poll_id::text FROM poll_round r WHERE ballots <> (SELECT count(*) FROM poll_ballot b WHERE b.poll_id = r.poll_id AND b.round = r.round)
    UNION ALL SELECT option_id::text FROM poll_count c WHERE n <> (SELECT count(*) FROM poll_ballot b WHERE b.poll_id = c.poll_id AND b.round = c.round AND c.option_id = ANY (b.choices))
    UNION ALL SELECT id::text FROM question WHERE version > (SELECT version FROM session WHERE id = session_id)`);
  expect(wrong).toEqual([]);
  const polls = await hub.database.query('SELECT type, state FROM poll ORDER BY created_at');
  expect(polls).toEqual([
    { type: 'single', state: 'open' },
    { type: 'rating', state: 'closed' },
    { type: 'multiple', state: 'draft' },
  ]);
}, 60_000);
