import { type DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { z } from 'zod';

/** Parses one row: a zod schema, or a mapper. */
export interface RowParser<Row> {
  parse(row: unknown): Row;
}

/** A connection of the pool, or the transaction of a manager. */
export type SqlConnection = Pick<DataSource | EntityManager | QueryRunner, 'query'>;

/** Takes rows as they were read, where a schema would cost too much: for a statement whose columns a medium test compares in full. */
export const asRead = <Row>(): RowParser<Row> => ({ parse: (row) => row as Row });

/** Of a statement that returns rows without columns, which say that something exists. */
const nothing = z.object({});

/**
 * Runs SQL by hand and returns its rows, parsed: also those of UPDATE and DELETE … RETURNING, which TypeORM returns beside a count. For
 * sets, locks and hot paths, in repositories only; ordinary reading and writing uses TypeORM's own repositories. A schema of zod costs
 * 0.06 µs for a row of three columns and 2.3 µs for one of thirty-one (Node 20), a mapper of fields 0.2 µs: the questions of a session and
 * the items of a programme, which may be 10,000 at once, have a mapper in place of a schema (see `asRead`).
 */
export async function queryRows<Row>(
  on: SqlConnection,
  row: RowParser<Row>,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return rowsOf(await on.query<unknown>(sql, values)).map((found) => row.parse(found));
}

/** The first row of a statement; undefined where it returns none. */
export async function queryRow<Row>(
  on: SqlConnection,
  row: RowParser<Row>,
  sql: string,
  values: unknown[] = [],
): Promise<Row | undefined> {
  const [first] = await queryRows(on, row, sql, values);
  return first;
}

/** The row of a statement that always returns one, such as an aggregate; throws where it returns none. */
export async function queryOne<Row>(
  on: SqlConnection,
  row: RowParser<Row>,
  sql: string,
  values: unknown[] = [],
): Promise<Row> {
  const [first] = await queryRows(on, row, sql, values);
  if (first === undefined) throw new Error(`no row: ${sql.trim().slice(0, 60)}`);
  return first;
}

/** Whether a statement returns any row, also one without columns. */
export async function queryExists(on: SqlConnection, sql: string, values: unknown[] = []): Promise<boolean> {
  return (await queryRow(on, nothing, sql, values)) !== undefined;
}

/** Runs a statement without rows; returns how many an UPDATE or DELETE changed, and 0 for any other, which TypeORM does not count. */
export async function execute(on: SqlConnection, sql: string, values: unknown[] = []): Promise<number> {
  const result: unknown = await on.query(sql, values);
  return isCounted(result) ? result[1] : 0;
}

function rowsOf(result: unknown): unknown[] {
  if (isCounted(result)) return result[0];
  return Array.isArray(result) ? result : [];
}

/** TypeORM's result of UPDATE and DELETE: the rows of RETURNING, and how many were changed. A row itself is never an array. */
function isCounted(result: unknown): result is [unknown[], number] {
  return Array.isArray(result) && result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number';
}
