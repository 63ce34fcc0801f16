// A stage for load: a durable PostgreSQL, a Redis, the built hub as in production, and sessions with questions.
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { startPostgres } from '../../scripts/postgres.mjs';
import { freePort, stop, tail } from '../../scripts/processes.mjs';
import { childrenOfAll, cpuOf } from './process-cpu.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const EVENT = 'bench';
/** All load comes from a few addresses here: limits apply as always, with higher values. */
const LIMIT_FACTOR = '1000';

/** PostgreSQL with its default, durable settings, Redis and an event; `startNode` adds hub processes. */
export async function setStage() {
  const folder = mkdtempSync(join(tmpdir(), 'plenum-bench-'));
  chmodSync(folder, 0o755); // as root, the database runs under another account
  const postgres = await startPostgres(folder);
  const redis = await startRedis();
  const pool = new pg.Pool({ connectionString: postgres.url, max: 2 });
  pool.on('error', () => undefined); // the database ends before its idle connections are closed
  const keys = `bench:${randomBytes(32).toString('hex')}`;
  const nodes = [];
  const env = {
    NODE_ENV: 'test',
    DEMO: 'off',
    HOST: '127.0.0.1',
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    PLENUM_DATA: folder,
    SIGNING_KEYS: keys,
    LOG_LEVEL: 'warn',
    LIMITS: 'on',
    LIMIT_FACTOR,
  };

  await migrate(env);

  async function startNode(more = {}, entry = 'dist/apps/api/src/main.js') {
    const port = await freePort();
    const child = spawn(process.execPath, ['--enable-source-maps', entry], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, ...env, PORT: String(port), ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = [tail(child.stdout), tail(child.stderr)];
    const node = {
      url: `http://127.0.0.1:${port}`,
      pid: child.pid,
      child,
      said,
      stop: (signal) => stop(child, signal, 15_000),
    };
    nodes.push(node);
    for (const deadline = Date.now() + 30_000; ; await pause(50)) {
      if (!isAlive(child) || Date.now() > deadline) throw new Error(said.map((words) => words()).join('\n'));
      if ((await fetch(`${node.url}/api/health/ready`).catch(() => null))?.ok) return node;
    }
  }

  const { rows } = await pool.query('SHOW server_version');
  return {
    pool,
    postgres,
    postgresVersion: rows[0].server_version,
    startNode,
    /** CPU seconds of all servers: PostgreSQL with all its processes, Redis, these nodes. */
    cpu: () => ({
      postgres: cpuOf(postgres.pid),
      redis: cpuOf(redis.pid),
      nodes: nodes.filter(({ child }) => isAlive(child)).reduce((sum, { pid }) => sum + cpuOf(pid), 0),
    }),
    /** The processes of a node that serve people: itself, or its workers. */
    serving: ({ pid }) => childrenOfAll().get(pid) ?? [pid],
    /** CPU seconds of one node and its workers. */
    cpuOf: ({ pid }) => cpuOf(pid),
    people: (count, role = 'attendee') => peopleOf(pool, postgres.url, keys, { count, role }),
    session: (questions) => createSession(pool, questions),
    polls: (sessionId, count) => createPolls(pool, sessionId, count),
    async clear() {
      await Promise.all(nodes.splice(0).map((node) => node.stop('SIGTERM')));
    },
    async close() {
      await Promise.allSettled(nodes.map((node) => node.stop('SIGTERM')));
      await pool.end();
      await Promise.allSettled([postgres.stop(), redis.stop()]);
      rmSync(postgres.folder, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The tables, also for baselines that have no migrations of their own. */
async function migrate(env) {
  const { loadConfig } = await import('../../dist/apps/api/src/config/config.js');
  const { prepareDatabase } = await import('../../dist/apps/api/src/platform/database/prepare-database.js');
  await prepareDatabase(loadConfig(env));
}

async function startRedis() {
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = tail(child.stdout);
  for (const deadline = Date.now() + 10_000; !said().includes('Ready to accept'); await pause(20))
    if (Date.now() > deadline) throw new Error(`redis-server did not start: ${said()}`);
  return { url: `redis://127.0.0.1:${port}`, pid: child.pid, stop: () => stop(child) };
}

async function ensureEvent(pool) {
  const { rows } = await pool.query(
    `INSERT INTO event (slug, title, time_zone, languages, starts_at, ends_at)
     VALUES ($1, 'Bench', 'UTC', '{en}', now() - interval '1 day', now() + interval '4 days')
     ON CONFLICT (slug) DO UPDATE SET title = excluded.title RETURNING id`,
    [EVENT],
  );
  return rows[0].id;
}

async function peopleOf(pool, databaseUrl, keys, { count, role }) {
  await ensureEvent(pool);
  const config = { SIGNING_KEYS: keys, TOKEN_HOURS: 24 };
  const { makeTokens } = await import('#tools/tokens/rehearsal-tokens');
  return makeTokens({ databaseUrl, config, event: EVENT, role, count });
}

/** A separate live session with this many approved questions. */
async function createSession(pool, questions) {
  const eventId = await ensureEvent(pool);
  const slug = `s-${randomBytes(6).toString('hex')}`;
  const room = await pool.query(
    `INSERT INTO room (event_id, slug, name, kind) VALUES ($1, $2, $2, 'plenary') RETURNING id`,
    [eventId, slug],
  );
  const session = await pool.query(
    `INSERT INTO session (event_id, room_id, slug, title, kind, state, starts_at, ends_at, premoderated, version, session_version)
     VALUES ($1, $2, $3, $3, 'plenary', 'live', now() - interval '1 hour', now() + interval '1 hour', false, 1, 1) RETURNING id`,
    [eventId, room.rows[0].id, slug],
  );
  const sessionId = session.rows[0].id;
  const author = await pool.query(
    `INSERT INTO actor (event_id, kind, role, name) VALUES ($1, 'account', 'attendee', 'Author') RETURNING id`,
    [eventId],
  );
  const questionIds = Array.from({ length: questions }, () => randomUUID());
  await pool.query(
    `INSERT INTO question (id, session_id, author_id, text, text_key, state, version, score_version)
     SELECT id, $2, $3, 'What is point ' || id || ' about?', id::text, 'approved', 1, 1 FROM unnest($1::uuid[]) AS id`,
    [questionIds, sessionId, author.rows[0].id],
  );
  return { sessionId, questionIds };
}

/** Open single choices between two options, with live results and ballots that can be changed. */
async function createPolls(pool, sessionId, count) {
  const polls = Array.from({ length: count }, () => ({ id: randomUUID(), options: [randomUUID(), randomUUID()] }));
  for (const { id, options } of polls) {
    await pool.query(
      `INSERT INTO poll (id, session_id, question, type, state, results, changeable, opened_at, version)
       VALUES ($1, $2, 'Which one?', 'single', 'open', 'live', true, now(), 1)`,
      [id, sessionId],
    );
    await pool.query('INSERT INTO poll_round (poll_id, round) VALUES ($1, 1)', [id]);
    for (const [position, option] of options.entries()) {
      await pool.query('INSERT INTO poll_option (id, poll_id, position, text) VALUES ($1, $2, $3, $4)', [
        option,
        id,
        position,
        `Answer ${position + 1}`,
      ]);
      await pool.query('INSERT INTO poll_count (poll_id, round, option_id) VALUES ($1, 1, $2)', [id, option]);
    }
  }
  return polls;
}

const isAlive = ({ exitCode, signalCode }) => exitCode === null && signalCode === null;
