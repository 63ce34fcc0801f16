import type pg from 'pg';
import { type DataSource, EntityManager } from 'typeorm';

/** A statement that runs so often that each connection keeps it parsed. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/**
 * Runs a statement: on a source by itself, in one round trip to its COMMIT and past TypeORM's bookkeeping; on a manager inside its
 * transaction.
 */
export async function runPrepared<Row extends object>(
  on: DataSource | EntityManager,
  { name, text }: PreparedStatement,
  values: unknown[],
): Promise<Row[]> {
  if (on instanceof EntityManager) return on.query<Row[]>(text, values);
  const { master } = on.driver as unknown as { readonly master: pg.Pool };
  return (await master.query<Row>({ name, text, values })).rows;
}

/** An array for a parameter, of values that need no quoting, such as ids: twice as fast as pg's own. */
export const plainArray = (values: readonly (string | number | boolean)[]) => `{${values.join(',')}}`;
