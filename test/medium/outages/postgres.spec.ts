import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { DataSource } from 'typeorm';
import { newId } from '#libs/client/new-id';
import { type Ack } from '#libs/contract/socket';
import { dataSourceOptions } from '../../../apps/api/src/platform/database/database.module.js';
import { type HubProcesses, startHubProcesses } from '../../support/hub/hub-process.js';
import { testClients } from '../../support/clients/test-clients.js';
import { startPostgresServer, type TestPostgres } from '../../support/servers/postgres.js';
import { until } from '../../support/until.js';

/** The effect of an outage over HTTP and at connect; its effect on writes is F9, F11 and F18 (test/fault). */
let postgres: TestPostgres;
let hub: HubProcesses;
beforeAll(async () => {
  postgres = await startPostgresServer();
  hub = await startHubProcesses({ postgres: postgres.url, env: { LOG_LEVEL: 'error', DEMO: 'off' } });
}, 60_000);
afterAll(async () => {
  await hub?.close();
  await postgres?.stop();
}, 30_000);

const get = (path: string) => fetch(hub.url + path, { signal: AbortSignal.timeout(8_000) });
const statusOf = async (path: string) => (await get(path)).status;

it('answers busy while PostgreSQL is gone, shows what is known, and goes on when it is back (ERR-6, ERR-7)', async () => {
  const session = await hub.make.session();
  const crowd = testClients(hub, session);
  const present = await crowd.join();
  const newcomer = await hub.make.actor({ event_id: session.event_id });
  await postgres.kill();
  await until('not ready', async () => (await statusOf('/api/health/ready')) === 503);

  const refused = await get('/api/events');
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({ error: { code: 'busy', retryAfter: 1 } });
  expect(await statusOf('/api/health/live')).toBe(200);
  expect(await statusOf('/api/hub')).toBe(200);
  const page = await get('/');
  expect(page.status).toBe(503);
  expect(await page.text()).toContain('<div id="root">');

  expect(present.feed.getSnapshot().status).toBe('live');
  const joining = present.client.request('session:join', { sessionId: session.id }, { within: 1_000 });
  await expect(joining).rejects.toMatchObject({ code: 'busy' });
  const late = await crowd.connect({ actorId: newcomer.id });
  const feed = late.client.session(session.id);

  await postgres.restart();
  await until('a ready node', async () => (await statusOf('/api/health/ready')) === 200);
  await until('the session of who came meanwhile', () => feed.getSnapshot().status === 'live');
  expect(hub.nodes[0]!.output().trim()).toBe('');
  crowd.leave();
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

it('leaves nothing on a line that was given up, which would arrive when the network is back (ERR-7, G2)', async () => {
  const { hostname, port } = new URL(hub.database.url);
  const ends: string[] = [];
  const relay = createServer((inner) => {
    const outer = inner.pipe(connect(Number(port), hostname));
    outer.pipe(inner);
    outer.on('error', () => inner.destroy());
    inner.on('end', () => ends.push('end'));
    inner.on('error', ({ code }: NodeJS.ErrnoException) => outer.destroy() && ends.push(String(code)));
  });
  await once(relay.listen(0, '127.0.0.1'), 'listening');
  const url = new URL(hub.database.url);
  url.host = `127.0.0.1:${(relay.address() as AddressInfo).port}`;
  const options = dataSourceOptions({ DATABASE_URL: url.href, DATABASE_POOL: 1 });
  const source = new DataSource({ ...options, extra: { ...options.extra, query_timeout: 300 } });
  try {
    await source.initialize();
    await expect(source.query('SELECT pg_sleep(1.5)')).rejects.toThrow('Query read timeout');
    await until('the end of the line', () => ends.length > 0);
    expect(ends).toEqual(['ECONNRESET']);
  } finally {
    await source.destroy();
    relay.close();
  }
});

it('sends connection:closing at once and stops in order while PostgreSQL hangs (ERR-10, ERR-14)', async () => {
  const session = await hub.make.session();
  const { token } = await hub.sign((await hub.make.actor({ event_id: session.event_id })).id);
  const socket = io(hub.url, { auth: { token }, transports: ['websocket'], reconnection: false });
  const answers: Ack<unknown>[] = [];
  let goodbye: unknown;
  socket.on('connection:closing', (closing) => (goodbye = closing));
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  const ask = (text: string) =>
    socket.emit('question:ask', { id: newId(), sessionId: session.id, text }, (answer: Ack<unknown>) =>
      answers.push(answer),
    );
  ask('Who answers?');
  await until('an answer', () => answers.length === 1);

  await postgres.pause();
  try {
    const before = await requests();
    ask('And now?');
    await until('a question that waits', async () => (await requests()) > before);
    const ended = hub.nodes[0]!.stop();
    await until('a goodbye', () => goodbye, 3_000);
    expect(goodbye).toMatchObject({ reason: 'restart' });
    expect(await ended).toBe(0);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(hub.nodes[0]!.output().trim()).toBe('');
  } finally {
    await postgres.resume();
  }
}, 60_000);

/** What this hub was asked over its sockets. */
const requests = async () => Number(/^plenum_requests_total (\d+)/m.exec(await (await get('/metrics')).text())?.[1]);
