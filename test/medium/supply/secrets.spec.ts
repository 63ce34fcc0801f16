import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { io } from 'socket.io-client';
import { freePort, run, stop } from '../../../scripts/processes.mjs';
import { createDatabase, type TestDatabase } from '../../support/servers/postgres.js';
import { until } from '../../support/until.js';

jest.setTimeout(90_000);
const mark = (name: string) => `mark${name}0123456789abcdef0123456789abcdef`;
const SECRETS = {
  REDIS_URL: `redis://:${mark('redis')}@127.0.0.1:1`,
  LIVEKIT_URL: 'ws://127.0.0.1:1',
  LIVEKIT_API_KEY: 'marked',
  LIVEKIT_API_SECRET: mark('livekit'),
  SIGNING_KEYS: `one:${mark('signing')}`,
  ORGANISER_LOGIN: 'organiser@example.org',
  ORGANISER_PASSWORD: mark('organiser'),
  METRICS_TOKEN: mark('metrics'),
};
const MARKS = ['redis', 'livekit', 'signing', 'organiser', 'metrics'].map(mark);

let folder: string;
let database: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plenum-marks-'));
  database = await createDatabase();
});
afterAll(async () => {
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

/** The secrets that a text holds, also in the forms in which bytes are written down. */
const found = (text: string, marks = MARKS) =>
  marks.filter((secret) => {
    const bytes = Buffer.from(secret);
    return [secret, encodeURIComponent(secret), bytes.toString('hex'), bytes.toString('base64').slice(0, 40)].some(
      (form) => text.includes(form),
    );
  });

/** A node as in production but for TLS, whose Redis and LiveKit are away; everything it says is kept. */
async function startMarked(settings: Record<string, string>) {
  const port = await freePort();
  const { PATH } = process.env;
  const env = {
    PATH,
    PORT: String(port),
    PLENUM_DATA: folder,
    DATABASE_URL: database.url,
    LOG_LEVEL: 'debug',
    ...settings,
  };
  const child = spawn(process.execPath, ['--enable-source-maps', resolve('dist/apps/api/src/main.js')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(String(chunk)));
  return { child, url: `http://127.0.0.1:${port}`, said: () => said.join('') };
}

it('shows no secret of its settings in answers, errors, metrics or logs, however it is asked (SEC-68)', async () => {
  const { child, url, said } = await startMarked(SECRETS);
  const heard: string[] = [];
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(url + path, init);
    heard.push(`${path} ${answer.status}`, JSON.stringify([...answer.headers]), await answer.text());
    return answer;
  };
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    ask(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  try {
    const isUp = () => fetch(`${url}/api/health/live`).then(({ ok }) => ok, () => false); // prettier-ignore
    await until('a node', isUp, 30_000);
    for (const path of [
      '/',
      '/api/hub',
      '/api/me',
      '/api/health/ready',
      '/api/openapi.json',
      '/api/docs',
      '/api/nothing',
    ])
      await ask(path);
    const metrics = await ask('/metrics', { headers: { authorization: `Bearer ${SECRETS.METRICS_TOKEN}` } });
    await ask('/metrics', { headers: { authorization: 'Bearer wrong', 'x-forwarded-for': '203.0.113.9' } });
    const { ORGANISER_LOGIN: login, ORGANISER_PASSWORD: password } = SECRETS;
    await post('/api/auth/password', JSON.stringify({ login, password: `${password}-wrong` }));
    const signedIn = await post('/api/auth/password', JSON.stringify({ login, password }));
    await post('/api/auth/password', `{"login": "${login}", "password": "${password}"`);
    await post('/api/livekit/webhook', '{}', {
      authorization: 'Bearer wrong',
      'content-type': 'application/webhook+json',
    });
    await ask('/api/me', { headers: { authorization: 'Bearer a.b.c' } });
    const socket = io(url, { transports: ['websocket'], auth: { token: 'wrong' }, reconnection: false });
    heard.push(await new Promise<string>((settle) => socket.once('connect_error', (error) => settle(String(error)))));
    await until('a line about Redis', () => /redis/i.test(said()));
    expect([metrics.status, signedIn.status]).toEqual([200, 200]);
    expect(found(heard.join('\n'))).toEqual([]);
    await stop(child, 'SIGTERM', 20_000);
    expect(said().length).toBeGreaterThan(1_000);
    expect(found(said())).toEqual([]);
  } finally {
    await stop(child, 'SIGKILL');
  }
});

it.each([
  ['a database that refuses it', { DATABASE_URL: `postgres://plenum:${mark('database')}@127.0.0.1:1/plenum` }],
  ['a wrong address', { DATABASE_URL: `mysql://plenum:${mark('database')}@127.0.0.1/plenum` }],
  ['wrong keys', { SIGNING_KEYS: `${mark('database')}` }],
])('stops with a message that holds no secret: %s (SEC-68)', async (_, settings) => {
  const { child, said } = await startMarked(settings);
  const code = await new Promise((settle) => child.once('close', settle));
  expect([code, said().length > 20, found(said(), [mark('database')])]).toEqual([1, true, []]);
});

it('builds a bundle without a secret of the machine that builds it (SEC-68)', async () => {
  const vite = ['node_modules/vite/bin/vite.js', 'build', 'apps/web', '--config', 'apps/web/vite.config.ts'];
  const names = { ...SECRETS, VITE_SECRET: mark('vite'), DATABASE_URL: `postgres://p:${mark('database')}@h/p` };
  const flags = ['--outDir', join(folder, 'web'), '--minify', 'false', '--logLevel', 'error'];
  const { code, output } = await run(process.execPath, [...vite, ...flags], {
    env: { ...process.env, ...names },
    timeout: 80_000,
  });
  expect([code, output]).toEqual([0, '']);
  const files = await readdir(join(folder, 'web'), { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFile(join(file.parentPath, file.name), 'latin1'));
  const all = (await Promise.all(texts)).join('\n');
  expect(all.length).toBeGreaterThan(500_000);
  expect(found(all, [...MARKS, mark('vite'), mark('database')])).toEqual([]);
});
