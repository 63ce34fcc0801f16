import { DataSource } from 'typeorm';
import { type Config, ConfigError } from '../../config/config.js';
import { ADVISORY_LOCKS } from './advisory-locks.js';
import { dataSourceOptions } from './database.module.js';

/**
 * Migrates the schema; two nodes may start at once, the second waits. Refuses a server that could lose acknowledged writes
 * (synchronous_commit off) or that is older than PostgreSQL 15.
 */
export async function prepareDatabase(config: Config): Promise<void> {
  const source = await new DataSource({ ...dataSourceOptions(config), poolSize: 2 }).initialize();
  const lock = source.createQueryRunner();
  try {
    await refuseUnsafe(source);
    await lock.query('SET statement_timeout = 0');
    await lock.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCKS.migrations]);
    await source.runMigrations();
  } finally {
    await lock.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
    await lock.release();
    await source.destroy();
  }
}

async function refuseUnsafe(source: DataSource): Promise<void> {
  const [row] = await source.query<[{ version: string; commit: string }]>(
    `SELECT current_setting('server_version_num') AS version, current_setting('synchronous_commit') AS commit`,
  );
  if (Number(row.version) < 150_000) throw new ConfigError('DATABASE_URL: PostgreSQL 15 or later is needed.');
  if (row.commit === 'off')
    throw new ConfigError(
      'DATABASE_URL: the server has synchronous_commit off and could lose acknowledged votes; set it to on.',
    );
}
