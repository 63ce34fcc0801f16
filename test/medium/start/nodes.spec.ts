import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { ConfigError } from '../../../apps/api/src/config/config.js';
import { claimNode } from '../../../apps/api/src/platform/cluster/node-lease.js';
import { createDatabase, type TestDatabase } from '../../support/servers/postgres.js';
import { until } from '../../support/until.js';

jest.setTimeout(30_000);
const REDIS_URL = 'redis://127.0.0.1:6379';
let database: TestDatabase;
const releases: (() => Promise<void>)[] = [];
const claim = async (redis: boolean, patience = 300) => {
  const release = await claimNode({ DATABASE_URL: database.url, REDIS_URL: redis ? REDIS_URL : undefined }, patience);
  releases.push(release);
  return release;
};

beforeAll(async () => {
  database = await createDatabase();
});
afterEach(async () => {
  await Promise.all(releases.splice(0).map((release) => release()));
});
afterAll(() => database.drop());

it('refuses a second node without Redis and says what it needs (START-6)', async () => {
  await claim(false);
  await expect(claim(false)).rejects.toThrow(ConfigError);
  await expect(claim(false)).rejects.toThrow(/REDIS_URL.*For example/);
});

it('lets any number of nodes share a database with Redis, and none without it join them (START-6)', async () => {
  await Promise.all([claim(true), claim(true), claim(true)]);
  await expect(claim(false)).rejects.toThrow(/REDIS_URL/);
});

it('refuses a node with Redis beside one without (START-6)', async () => {
  await claim(false);
  await expect(claim(true)).rejects.toThrow(/without Redis/);
});

it('waits for a predecessor that is just stopping (START-6)', async () => {
  const release = await claim(false);
  const successor = claim(false, 10_000);
  await release();
  await successor;
});

it('takes its place again after PostgreSQL cut the connection that held it (START-6)', async () => {
  await claim(false);
  const holders = () =>
    database.query<{ pid: number }>(`SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
  const [{ pid } = { pid: 0 }] = await holders();
  await database.query('SELECT pg_terminate_backend($1)', [pid]);
  await until('another connection that holds the place', async () =>
    (await holders()).some((holder) => holder.pid !== pid),
  );
  await expect(claim(false)).rejects.toThrow(ConfigError);
});

it.each([
  ['nobody listens there', 'postgres://plenum:secret@127.0.0.1:9/plenum', /DATABASE_URL: .*ECONNREFUSED/],
  ['the password is wrong', '', /DATABASE_URL: .*authentication failed/],
])('says in words what is wrong with DATABASE_URL when %s (START-2)', async (_, url, words) => {
  const wrong = new URL(url || database.url);
  if (!url) wrong.password = 'wrong';
  await expect(claimNode({ DATABASE_URL: wrong.href, REDIS_URL: undefined }, 0)).rejects.toThrow(words);
});
