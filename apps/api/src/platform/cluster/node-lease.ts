import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { within } from '#libs/bus/within';
import { log } from '../logging/log.js';
import { type Config, ConfigError } from '../../config/config.js';
import { ADVISORY_LOCKS } from '../database/advisory-locks.js';

/** A predecessor that is just stopping gets this long, in ms. */
const PATIENCE = 10_000;
/** A PostgreSQL that hangs does not close the connection: the lease ends with the process, in ms. */
const GOODBYE = 1_000;

/**
 * Takes this node's lease: exclusive without Redis, because nodes communicate through it, and shared with it. The lease is held by a
 * separate connection and ends with it; a node that lost it while PostgreSQL was unavailable retries until it has it. Returns how to
 * release it. Throws ConfigError when another node holds it.
 */
export async function claimNode(
  config: Pick<Config, 'DATABASE_URL' | 'REDIS_URL'>,
  patience = PATIENCE,
): Promise<() => Promise<void>> {
  const mode = config.REDIS_URL ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock';
  const connection = await claim(config.DATABASE_URL, mode, patience).catch(explainUnreachable);
  const lease: Lease = { connection, isReleased: false };
  watch(lease, config.DATABASE_URL, mode);
  return async () => {
    lease.isReleased = true;
    if (lease.connection) await within(GOODBYE, lease.connection.end()).catch(() => undefined);
  };
}

interface Lease {
  connection: pg.Client | null;
  isReleased: boolean;
}

async function claim(url: string, mode: string, patience: number): Promise<pg.Client> {
  const connection = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 3_000,
    keepAlive: true,
    application_name: 'plenum node',
  });
  connection.on('error', () => undefined); // 'end' follows
  await connection.connect();
  for (const deadline = Date.now() + patience; ; await pause(200)) {
    const { rows } = await connection.query<{ taken: boolean }>(`SELECT ${mode}($1) AS taken`, [ADVISORY_LOCKS.node]);
    if (rows[0]?.taken) return connection;
    if (Date.now() > deadline) break;
  }
  await connection.end();
  throw new ConfigError(
    mode === 'pg_try_advisory_lock'
      ? 'REDIS_URL: is missing, and another node already uses this database. Several nodes communicate through Redis: give all of them the same one. For example: REDIS_URL=redis://:secret@127.0.0.1:6379'
      : 'REDIS_URL: another node uses this database without Redis. Give all nodes the same REDIS_URL, and stop that one first.',
  );
}

function explainUnreachable(error: Error & { code?: string }): never {
  if (error instanceof ConfigError) throw error;
  const reason = error.message || error.code;
  throw new ConfigError(
    `DATABASE_URL: PostgreSQL cannot be used there: ${reason}. For example: DATABASE_URL=postgres://plenum:secret@127.0.0.1:5432/plenum`,
  );
}

/** Without its connection PostgreSQL releases the lease: take it again as soon as PostgreSQL is available. */
function watch(lease: Lease, url: string, mode: string): void {
  lease.connection?.once('end', () => {
    lease.connection = null;
    if (!lease.isReleased) void reclaim(lease, url, mode);
  });
}

async function reclaim(lease: Lease, url: string, mode: string): Promise<void> {
  while (!lease.isReleased && !lease.connection) {
    try {
      lease.connection = await claim(url, mode, 0);
      if (lease.isReleased) await lease.connection.end();
      else watch(lease, url, mode);
    } catch (error) {
      if (error instanceof ConfigError) log.error(error.message);
      await pause(1_000, undefined, { ref: false });
    }
  }
}
