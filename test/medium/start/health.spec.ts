import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);
const TOKEN = 'a-token-for-prometheus';
let hub: TestHub;
let folder: string;
const ask = (path: string, headers: Record<string, string> = {}) => fetch(hub.url + path, { headers });
const tellStreams = (status: object) => writeFile(join(folder, 'status.json'), JSON.stringify(status));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plenum-status-'));
  await tellStreams({ state: 'preparing', reason: 'building LiveKit' });
  const livekit = {
    LIVEKIT_URL: 'ws://127.0.0.1:9',
    LIVEKIT_API_KEY: 'test',
    LIVEKIT_API_SECRET: 'a-secret-of-32-characters-for-tests',
  };
  hub = await startHub({
    redis: true,
    env: { METRICS_TOKEN: TOKEN, LIVEKIT_STATUS: join(folder, 'status.json'), ...livekit },
  });
});
afterAll(async () => {
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

it('is live and ready, and reports the state of Redis and the streams (START-10)', async () => {
  expect(await (await ask('/api/health/live')).json()).toEqual({ status: 'live' });
  const ready = await until('Redis connected', async () => {
    const answer = (await (await ask('/api/health/ready')).json()) as { redis: string };
    return answer.redis === 'up' && answer;
  });
  expect(ready).toEqual({ status: 'ready', postgres: 'up', redis: 'up', streams: 'preparing' });
});

it('works without streams while they are prepared and where there are none, and says why (START-13)', async () => {
  const streams = async () => ((await (await ask('/api/hub')).json()) as { streams: string }).streams;
  await until('streams that are being prepared', async () => (await streams()) === 'preparing');
  expect((await ask('/api/events')).status).toBe(200);
  await tellStreams({ state: 'unavailable', reason: 'Go is not installed' });
  await until('streams that cannot be had', async () => (await streams()) === 'unavailable');
  expect((await ask('/api/events')).status).toBe(200);
  expect((await ask('/api/health/ready')).status).toBe(200);
});

it('gives metrics to the machine itself and to the token, and to nobody else (START-11, SEC-71)', async () => {
  const own = await ask('/metrics');
  expect(own.headers.get('content-type')).toContain('text/plain');
  expect(await own.text()).toContain('plenum_database_connections{state="busy"}');
  const proxied = { 'x-forwarded-for': '203.0.113.9' };
  expect((await ask('/metrics', proxied)).status).toBe(403);
  expect((await ask('/metrics', { ...proxied, authorization: 'Bearer wrong' })).status).toBe(403);
  expect((await ask('/metrics', { ...proxied, authorization: `Bearer ${TOKEN}` })).status).toBe(200);
});

it('stays ready without Redis (START-10)', async () => {
  await hub.redis?.kill();
  await until(
    'Redis told as down',
    async () => ((await (await ask('/api/health/ready')).json()) as { redis: string }).redis === 'down',
  );
  expect((await ask('/api/health/ready')).status).toBe(200);
});
