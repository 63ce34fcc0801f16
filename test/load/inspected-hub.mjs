// The built hub on a separate PostgreSQL, with people and a session, to be measured from outside.
import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SignJWT } from 'jose';
import pg from 'pg';
import { startPostgres } from '../../scripts/postgres.mjs';
import { freePort } from '../../scripts/processes.mjs';
import { startInspected } from './inspected.mjs';

const MAIN = 'dist/apps/api/src/main.js';

/**
 * `npm run build:api` comes first.
 * @param {{ people: number, questions?: number, env?: Record<string, string>, nodeArgs?: string[] }} options
 */
export async function startInspectedHub({ people, questions = 50, env = {}, nodeArgs = [] }) {
  const folder = mkdtempSync(join(tmpdir(), 'plenum-load-'));
  chmodSync(folder, 0o755);
  const postgres = await startPostgres(folder, { settings: ['max_connections=100'], detached: false });
  const port = await freePort();
  const secret = randomBytes(32).toString('hex');
  const settings = {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_URL: postgres.url,
    PLENUM_DATA: folder,
    LOG_LEVEL: 'warn',
    SIGNING_KEYS: `load:${secret}`,
    CONNECT_RATE: '100000',
    LIMIT_FACTOR: '1000', // everybody comes from one address here
    ...env,
  };
  const start = () => startInspected([...nodeArgs, MAIN], settings);
  let hub = await start();
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url);
  const scene = await createScene(postgres.url, people, questions);
  const tokens = await Promise.all(scene.actors.map((id) => sign(id, secret)));
  return {
    url,
    tokens,
    ...scene,
    process: () => hub,
    /** Kills it as a crash would, and starts it again on the same port. */
    restart: async () => {
      await hub.stop();
      hub = await start();
      await untilReady(url);
    },
    stop: async () => {
      await hub.stop();
      await postgres.stop();
      rmSync(postgres.folder, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilReady(url) {
  for (const end = Date.now() + 30_000; Date.now() < end; await pause(50)) {
    const isReady = await fetch(`${url}/api/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
  }
  throw new Error('the hub did not become ready');
}

async function createScene(url, people, questions) {
  const client = new pg.Client(url);
  await client.connect();
  const one = async (sql, values) => (await client.query(sql, values)).rows[0].id;
  const event = await one(
    `INSERT INTO event (slug, title, time_zone, languages, starts_at, ends_at)
     VALUES ('load', 'Load', 'UTC', '{en}', now() - interval '1 day', now() + interval '1 day') RETURNING id`,
  );
  const room = await one(
    `INSERT INTO room (event_id, slug, name, kind) VALUES ($1, 'main', 'Main', 'plenary') RETURNING id`,
    [event],
  );
  const session = await one(
    `INSERT INTO session (event_id, room_id, slug, title, kind, state, starts_at, ends_at, premoderated)
     VALUES ($1, $2, 'opening', 'Opening', 'plenary', 'live', now() - interval '1 hour', now() + interval '1 hour', false) RETURNING id`,
    [event, room],
  );
  const { rows } = await client.query(
    `INSERT INTO actor (kind, event_id, role, name)
     SELECT 'demo', $1, 'attendee', 'Person ' || n FROM generate_series(1, $2) n RETURNING id`,
    [event, people],
  );
  const actors = rows.map(({ id }) => id);
  const questionIds = Array.from({ length: questions }, () => randomUUID());
  for (const [n, id] of questionIds.entries())
    await client.query(
      `INSERT INTO question (id, session_id, author_id, text, text_key, state, version, score_version)
       VALUES ($1, $2, $3, $4, $4, 'approved', 0, 0)`,
      [id, session, actors[n % actors.length], `what should we know about point number ${n} of the programme?`],
    );
  await client.end();
  return { actors, session, questionIds };
}

const sign = (actorId, secret) =>
  new SignJWT({ iss: 'plenum', aud: 'plenum-api', sub: actorId, jti: randomUUID() })
    .setProtectedHeader({ alg: 'HS256', kid: 'load', typ: 'JWT' })
    .setIssuedAt()
    .setExpirationTime('2h')
    .sign(new TextEncoder().encode(secret));
