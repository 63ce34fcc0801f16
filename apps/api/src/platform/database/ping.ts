import { type DataSource } from 'typeorm';
import { execute } from './sql.js';

/** Resolves when PostgreSQL answers. */
export async function ping(source: DataSource): Promise<void> {
  await execute(source, 'SELECT 1');
}
