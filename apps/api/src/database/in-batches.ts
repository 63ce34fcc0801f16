import { type EntityManager } from 'typeorm';

/** Rows that are parsed at once: a few milliseconds. pg parses all that has arrived in one turn of the event loop. */
const BATCH = 250;
let cursors = 0;

/**
 * The rows of a query that may have thousands, read through a cursor, so that others have their turn in between. To be called inside a
 * transaction; costs a round trip a batch.
 */
export async function queryInBatches<Row>(manager: EntityManager, sql: string, values: unknown[]): Promise<Row[]> {
  const cursor = `batch_${(cursors = (cursors + 1) % 1_000_000)}`;
  await manager.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`, values);
  const rows: Row[] = [];
  for (;;) {
    const batch = await manager.query<Row[]>(`FETCH ${BATCH} FROM ${cursor}`);
    for (const row of batch) rows.push(row);
    if (batch.length < BATCH) break;
  }
  await manager.query(`CLOSE ${cursor}`);
  return rows;
}
