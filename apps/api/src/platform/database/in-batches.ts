import { type EntityManager } from 'typeorm';

/** Rows that are parsed at once: a few milliseconds. pg parses all data that has arrived in one turn of the event loop. */
const BATCH = 250;
let cursors = 0;

/**
 * The rows of a query that may have thousands, read through a cursor, yielding in between. Call inside a transaction; costs a round trip
 * a batch.
 */
export async function queryInBatches<Row>(manager: EntityManager, sql: string, values: unknown[]): Promise<Row[]>;
/** The same with each row mapped in the turn in which it arrived. */
export async function queryInBatches<Row, T>(
  manager: EntityManager,
  sql: string,
  values: unknown[],
  map: (row: Row) => T,
): Promise<T[]>;
export async function queryInBatches<Row>(
  manager: EntityManager,
  sql: string,
  values: unknown[],
  map: (row: Row) => unknown = (row) => row,
): Promise<unknown[]> {
  const cursor = `batch_${(cursors = (cursors + 1) % 1_000_000)}`;
  await manager.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`, values);
  const rows: unknown[] = [];
  for (;;) {
    const batch = await manager.query<Row[]>(`FETCH ${BATCH} FROM ${cursor}`);
    for (const row of batch) rows.push(map(row));
    if (batch.length < BATCH) break;
  }
  await manager.query(`CLOSE ${cursor}`);
  return rows;
}
