import { DataSource } from 'typeorm';
import { type Config, ConfigError } from '../../config/config.js';
import { z } from 'zod';
import { ADVISORY_LOCKS, holdAdvisoryLock } from './advisory-locks.js';
import { dataSourceOptions } from './database.module.js';
import { queryOne } from './sql.js';

/**
 * Migrates the schema; two nodes may start at once, the second waits. Refuses a server that could lose acknowledged writes
 * (synchronous_commit off) or that is older than PostgreSQL 15.
 */
export async function prepareDatabase(config: Config): Promise<void> {
  const source = await new DataSource({ ...dataSourceOptions(config), poolSize: 2 }).initialize();
  try {
    await refuseUnsafe(source);
    const lock = await holdAdvisoryLock(source, ADVISORY_LOCKS.migrations, 0);
    try {
      await source.runMigrations();
    } finally {
      await lock.release();
    }
  } finally {
    await source.destroy();
  }
}

const serverRow = z.object({ version: z.string(), commit: z.string() });

async function refuseUnsafe(source: DataSource): Promise<void> {
  const row = await queryOne(
    source,
    serverRow,
    `SELECT current_setting('server_version_num') AS version, current_setting('synchronous_commit') AS commit`,
  );
  if (Number(row.version) < 150_000) throw new ConfigError('DATABASE_URL: PostgreSQL 15 or later is needed.');
  if (row.commit === 'off')
    throw new ConfigError(
      'DATABASE_URL: the server has synchronous_commit off and could lose acknowledged votes; set it to on.',
    );
}
