import type pg from 'pg';
import { type DataSource, EntityManager } from 'typeorm';

/** A frequent statement that each connection keeps prepared. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/**
 * Runs a statement: on a data source as its own transaction, in one round trip and without TypeORM's overhead; on a manager inside its
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

/** An array for a parameter, of values that need no quoting, such as ids: twice as fast as pg's own encoding. */
export const plainArray = (values: readonly (string | number | boolean)[]) => `{${values.join(',')}}`;
