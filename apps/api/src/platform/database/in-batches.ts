import { type EntityManager } from 'typeorm';
import { execute, queryRows, type RowParser } from './sql.js';

/** Rows that are parsed at once: a few milliseconds. pg parses all data that has arrived in one turn of the event loop. */
const BATCH = 250;
let cursors = 0;

/**
 * The rows of a query that may have thousands, read through a cursor and parsed in the turn in which they arrive, yielding in between.
 * Call inside a transaction; costs a round trip a batch.
 */
export async function queryInBatches<Row>(
  manager: EntityManager,
  row: RowParser<Row>,
  sql: string,
  values: unknown[],
): Promise<Row[]> {
  const cursor = `batch_${(cursors = (cursors + 1) % 1_000_000)}`;
  await execute(manager, `DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`, values);
  const rows: Row[] = [];
  for (;;) {
    const batch = await queryRows(manager, row, `FETCH ${BATCH} FROM ${cursor}`);
    for (const found of batch) rows.push(found);
    if (batch.length < BATCH) break;
  }
  await execute(manager, `CLOSE ${cursor}`);
  return rows;
}
