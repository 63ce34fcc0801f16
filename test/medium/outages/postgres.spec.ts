import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../apps/api/src/database/database.module.js';
import { newId } from '#libs/client/new-id';
import { type HubProcesses, startHubProcesses } from '../../support/hub-process.js';
import { people, type Person } from '../../support/people.js';
import { startPostgresServer, type TestPostgres } from '../../support/postgres.js';
import { agree } from '../../support/replicas.js';
import { until } from '../../support/until.js';
import { writers } from '../../support/writers.js';

/** Everything is well again this long after PostgreSQL is, in ms. */
const RECOVERY = 10_000;

let postgres: TestPostgres;
let hub: HubProcesses;
let session: { id: string; event_id?: unknown };
let crowd: ReturnType<typeof people>;
let persons: Person[];
let load: ReturnType<typeof writers>;

beforeAll(async () => {
  postgres = await startPostgresServer();
  hub = await startHubProcesses({
    nodes: 2,
    postgres: postgres.url,
    env: { LOG_LEVEL: 'error', TICK_MS: '50', DEMO: 'off' },
  });
}, 60_000);
afterAll(async () => {
  await hub?.close();
  await postgres?.stop();
}, 30_000);
beforeEach(async () => {
  session = await hub.make.session();
  crowd = people(hub, session);
  persons = await Promise.all(Array.from({ length: 6 }, (_, n) => crowd.join({ url: hub.nodes[n % 2]!.url })));
  const questions = await Promise.all(persons.map(({ feed }) => feed.ask({ id: newId(), text: `Why ${newId()}?` })));
  load = writers(
    persons,
    questions.map(({ id }) => id),
  );
  await until('a load', () => load.waits.length > 60);
});
afterEach(async () => {
  await postgres.resume().catch(() => undefined); // it has ended where the test came to its end
  await load.stop().catch(() => undefined);
  crowd.leave();
});

const get = (path: string) => fetch(hub.url + path, { signal: AbortSignal.timeout(8_000) });
const statusOf = async (path: string) => (await get(path)).status;
const isEverybodyLive = () => persons.every(({ feed }) => feed.getSnapshot().status === 'live');

/** After the fault: it ends by itself, in time, and nothing that was acknowledged is missing. */
async function expectRecovery(late: Promise<Person>) {
  const [healed, before] = [Date.now(), load.waits.length];
  await until('writes again', () => load.waits.length > before + 30);
  for (const { url } of hub.nodes) await until('a ready node', async () => (await fetch(`${url}/api/health/ready`)).ok);
  await load.stop();
  await agree([...persons, await late], await crowd.join());
  expect(Date.now() - healed).toBeLessThan(RECOVERY);
  await load.verify(hub.database);
  for (const { output } of hub.nodes) expect(output().trim()).toBe('');
}

it('answers busy while PostgreSQL is stopped, shows what is known, and goes on when it is back (ERR-6, ERR-7, G1, G5, G6)', async () => {
  const newcomer = await hub.make.actor({ event_id: session.event_id });
  await postgres.kill();
  await until('busy for everybody', () =>
    persons.every(({ heard }) => heard.some((packet) => packet.includes('"code":"busy"'))),
  );
  const before = load.waits.length;

  const refused = await get('/api/events');
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({ error: { code: 'busy', retryAfter: 1 } });
  expect(await statusOf('/api/health/ready')).toBe(503);
  expect(await statusOf('/api/health/live')).toBe(200);
  expect(await statusOf('/api/hub')).toBe(200);
  const page = await get('/');
  expect(page.status).toBe(503);
  expect(await page.text()).toContain('<div id="root">');

  expect(isEverybodyLive()).toBe(true);
  for (const { feed } of persons) expect(feed.getSnapshot().questions.length).toBeGreaterThanOrEqual(persons.length);
  const joining = persons[0]!.client.request('session:join', { sessionId: session.id }, { within: 1_000 });
  await expect(joining).rejects.toMatchObject({ code: 'busy' });
  const late = crowd.join({ actorId: newcomer.id });
  expect(load.waits.length).toBe(before);

  await postgres.restart();
  await expectRecovery(late);
}, 60_000);

it('acknowledges nothing while PostgreSQL hangs, and goes on when it is back (ERR-6, ERR-7, G1, G5, G6)', async () => {
  const newcomer = await hub.make.actor({ event_id: session.event_id });
  await postgres.pause();
  const [ready, live] = await Promise.all(['/api/health/ready', '/api/health/live'].map(statusOf));
  expect({ ready, live }).toEqual({ ready: 503, live: 200 });
  const before = load.waits.length;
  const late = crowd.join({ actorId: newcomer.id });
  expect(await statusOf('/api/health/ready')).toBe(503);
  expect(load.waits.length).toBe(before);
  expect(isEverybodyLive()).toBe(true);

  await postgres.resume();
  await expectRecovery(late);
}, 60_000);

it('never commits half of what was given up because PostgreSQL took too long (ERR-7, G3)', async () => {
  const options = dataSourceOptions({ DATABASE_URL: hub.database.url, DATABASE_POOL: 2 });
  const source = new DataSource({ ...options, poolSize: 1, extra: { ...options.extra, query_timeout: 300 } });
  await source.initialize();
  try {
    await source.query('CREATE TABLE mark (name text)');
    const slow = source.transaction(async (manager) => {
      await manager.query(`INSERT INTO mark VALUES ('given up')`);
      await manager.query('SELECT pg_sleep(1.5)');
    });
    await expect(slow).rejects.toThrow('Query read timeout');
    const isWritten = () =>
      source
        .transaction((manager) => manager.query(`INSERT INTO mark VALUES ('later')`))
        .then(() => true)
        .catch(() => false);
    await until('the next transaction', isWritten);
    expect(await hub.database.query('SELECT DISTINCT name FROM mark')).toEqual([{ name: 'later' }]);
  } finally {
    await source.destroy();
  }
});
