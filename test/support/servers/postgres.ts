import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../../../scripts/postgres.mjs';

export interface TestDatabase {
  readonly url: string;
  /** Runs one statement and returns its rows. */
  query<Row extends object = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Drops the database, closing open connections; stops the server too when this file started it. */
  drop(): Promise<void>;
}

/** Fast and unsafe against a crash of the machine, which tests do not cause. A killed server still loses nothing. */
const SETTINGS = ['fsync=off', 'full_page_writes=off', 'max_connections=300'];

export type TestPostgres = Awaited<ReturnType<typeof startPostgresServer>>;

/** A real PostgreSQL of this test alone, for those that stop, pause or break it. `npm test` lends the others a shared one. */
export async function startPostgresServer({ settings = [] as string[] } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'plenum-postgres-'));
  await chmod(folder, 0o755); // started by root, the server runs under another account
  const start = (port?: number) =>
    startPostgres(folder, { settings: [...SETTINGS, ...settings], port, detached: false });
  let server = await start();
  const { url, port } = server;
  return {
    url,
    /** Stops it immediately, as a crash would. */
    kill: () => server.stop('SIGQUIT'),
    /** Starts it again on the same port with the same data. */
    restart: async () => {
      await server.stop();
      server = await start(port);
    },
    /** Stops it with SIGSTOP: connections stay open and nothing answers. */
    pause: () => signalAll(server.pid, 'SIGSTOP'),
    resume: () => signalAll(server.pid, 'SIGCONT'),
    stop: async () => {
      await server.stop();
      await rm(server.folder, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The server is one process per connection, each in a separate process group. The first of them starts no more once it is stopped. */
async function signalAll(pid: number | undefined, signal: NodeJS.Signals): Promise<void> {
  process.kill(Number(pid), signal);
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  for (const child of children.trim().split(' ')) signalUnlessGone(Number(child), signal);
}

/** A connection may close, and its process exit, between reading the list and its turn. */
function signalUnlessGone(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** A fresh, empty database (no migrations run) on a given server, else on that of `npm test`, else on one that this file starts. */
export async function createDatabase(given?: string): Promise<TestDatabase> {
  const lent = given ?? process.env.TEST_DATABASE_URL;
  const own = lent ? null : await startPostgresServer();
  const server = lent ?? own?.url ?? '';
  const name = `test_${randomBytes(6).toString('hex')}`;
  await once(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = name;
  const pool = new pg.Pool({ connectionString: url.href, max: 4 });
  pool.on('error', () => undefined); // a test may stop the server under it
  return {
    url: url.href,
    query: async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
      (await pool.query<Row>(sql, [...values])).rows,
    drop: async () => {
      await pool.end();
      if (own) await own.stop();
      else await once(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function once(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
