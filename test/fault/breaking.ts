import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { type TestDatabase } from '../support/servers/postgres.js';
import { until } from '../support/until.js';
import { type Write } from './ledger.js';
import { type Stage, type Witness } from './stage.js';
import { storedRows } from './stored.js';

/** In ms: less inside `npm test`. */
export const lasting = ({ form }: Stage, short: number, long: number) => (form === 'short' ? short : long);

/** A foreign transaction in the hub's database, rolled back at the end. */
export async function meanwhile<T>({ cluster }: Stage, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(cluster.database.url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('BEGIN');
    return await act(client);
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
    await client.end();
  }
}

/** Waits until some connection of the hub waits for a lock. */
export const untilBlocked = ({ cluster }: Stage) =>
  until('a write that waits for a lock', async () => {
    const waiting = await cluster.database.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'plenum' AND wait_event_type = 'Lock'`,
    );
    return waiting.length > 0;
  });

/** A change of a table under load may be chosen as the victim of a deadlock. */
export async function insist(database: TestDatabase, sql: string) {
  await until(sql, () =>
    database.query(sql).then(
      () => true,
      (error: { code?: string }) => (error.code === '40P01' ? false : Promise.reject(error as Error)),
    ),
  );
}

/** Sends a command to the Redis behind the proxies. */
export async function withRedis<T>({ cluster }: Stage, act: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(cluster.redis.url);
  try {
    return await act(redis);
  } finally {
    redis.disconnect();
  }
}

/** The readiness, or liveness, that a node reports. */
export const healthOf = async ({ cluster }: Stage, node: number, what: 'ready' | 'live') =>
  (await fetch(`${cluster.nodes[node]!.url}/api/health/${what}`, { signal: AbortSignal.timeout(8_000) })).status;

/** Fails when one of these lost the connection since then. */
export function watchCalm(witnesses: readonly Witness[]) {
  const before = witnesses.map(({ breaks }) => breaks());
  return () => {
    const broken = witnesses.filter(({ breaks }, place) => breaks() !== before[place]);
    if (broken.length > 0) throw new Error(`${broken.length} connections broke that should not have`);
  };
}

/**
 * Catches a node between COMMIT and ack: PostgreSQL has written something and its response does not arrive. Retried until that happens,
 * because the number of statements of a write is unknown here. Returns those writes; the connection stays held.
 */
export async function holdAfterCommit(stage: Stage, node: number): Promise<Write[]> {
  const { postgres } = stage.cluster.lines[node]!;
  const persons = new Set(stage.at(node).map(({ person }) => person.id));
  for (let attempt = 0; attempt < 200; attempt++) {
    postgres.hold('down');
    await pause(60);
    const stored = new Map((await storedRows(stage)).map(({ key, value }) => [key, value]));
    const caught = stage.ledger.pending.filter(
      ({ key, wish }) =>
        persons.has(key.split(' ')[1]!) && stored.get(key) === (wish ?? undefined) && changes(stage, key, wish),
    );
    if (caught.length > 0) return caught;
    postgres.release();
    await pause(5 + stage.luck.below(40));
  }
  throw new Error('no answer of PostgreSQL could be held back after a commit');
}

/** Whether a write differs from its person's last acknowledged one, so that only a commit can have stored it. */
function changes({ ledger }: Stage, key: string, wish: string | null): boolean {
  const last = ledger.writes.findLast((write) => write.key === key && write.outcome === 'acknowledged');
  return (last?.wish ?? null) !== wish;
}

/** A write that was stored and repeated must have been acknowledged as a duplicate; questions return themselves. */
export function confirmDuplicates(writes: readonly Write[]) {
  return () => {
    const told = writes.filter(({ key, outcome }) => outcome === 'acknowledged' && !key.startsWith('ask'));
    const wrong = told.filter(({ duplicate }) => duplicate !== true);
    if (wrong.length > 0) throw new Error(`repeats not answered as such: ${wrong.map(({ key }) => key).join(', ')}`);
  };
}
