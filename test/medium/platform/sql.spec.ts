import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { dataSourceOptions } from '../../../apps/api/src/platform/database/database.module.js';
import { queryInBatches } from '../../../apps/api/src/platform/database/in-batches.js';
import { runPrepared } from '../../../apps/api/src/platform/database/prepared.js';
import { execute, queryExists, queryOne, queryRow, queryRows } from '../../../apps/api/src/platform/database/sql.js';
import { createDatabase, type TestDatabase } from '../../support/servers/postgres.js';

const item = z.object({ id: z.number(), name: z.string() });

let database: TestDatabase;
let source: DataSource;
beforeAll(async () => {
  database = await createDatabase();
  await database.query('CREATE TABLE item (id int PRIMARY KEY, name text)');
  await database.query(`INSERT INTO item SELECT n, 'item ' || n FROM generate_series(1, 600) AS n`);
  const options = dataSourceOptions({ DATABASE_URL: database.url, DATABASE_POOL: 2 });
  source = await new DataSource({ ...options, migrations: [] }).initialize();
}, 60_000);
afterAll(async () => {
  await source?.destroy();
  await database?.drop();
});

describe('SQL by hand', () => {
  it('returns the rows of every kind of statement, parsed', async () => {
    const rows = (sql: string) => queryRows(source, item, sql);
    const first = { id: 1, name: 'item 1' };
    expect(await rows('SELECT *, 1 AS more FROM item WHERE id = 1')).toEqual([first]);
    expect(await rows('UPDATE item SET name = name WHERE id = 1 RETURNING *')).toEqual([first]);
    expect(await rows(`INSERT INTO item VALUES (700, 'new') RETURNING *`)).toEqual([{ id: 700, name: 'new' }]);
    expect(await rows('DELETE FROM item WHERE id = 700 RETURNING *')).toEqual([{ id: 700, name: 'new' }]);
    expect(await rows('DELETE FROM item WHERE id = 700 RETURNING *')).toEqual([]);
    expect(await rows('WITH one AS (UPDATE item SET name = name WHERE id = 1 RETURNING *) SELECT * FROM one')).toEqual([
      first,
    ]);
  });

  it('refuses a row that is not what its schema describes', async () => {
    await database.query('INSERT INTO item VALUES (701, NULL)');
    await expect(queryRows(source, item, 'SELECT * FROM item WHERE id = 701')).rejects.toThrow(/expected string/);
    await database.query('DELETE FROM item WHERE id = 701');
  });

  it('returns one row, none, or throws where there must be one', async () => {
    const none = 'SELECT * FROM item WHERE id = 0';
    expect(await queryRow(source, item, 'SELECT * FROM item WHERE id = $1', [2])).toEqual({ id: 2, name: 'item 2' });
    expect(await queryRow(source, item, none)).toBeUndefined();
    expect(await queryOne(source, z.object({ n: z.number() }), 'SELECT count(*)::int AS n FROM item')).toEqual({
      n: 600,
    });
    await expect(queryOne(source, item, none)).rejects.toThrow(/no row/);
    expect(await queryExists(source, 'SELECT FROM item WHERE id = 2')).toBe(true);
    expect(await queryExists(source, none)).toBe(false);
  });

  it('counts what an update or a deletion changed', async () => {
    expect(await execute(source, 'UPDATE item SET name = name WHERE id <= $1', [3])).toBe(3);
    expect(await execute(source, 'DELETE FROM item WHERE id = 0')).toBe(0);
    expect(await execute(source, `SET application_name = 'test'`)).toBe(0);
  });

  it('parses the rows of prepared statements and of cursors too', async () => {
    const all = { name: 'all items', text: 'SELECT * FROM item WHERE id <= $1 ORDER BY id' };
    const read = (on: DataSource | DataSource['manager']) => runPrepared(on, item, all, [2]);
    const two = [1, 2].map((id) => ({ id, name: `item ${id}` }));
    expect(await read(source)).toEqual(two);
    await source.transaction(async (manager) => {
      expect(await read(manager)).toEqual(two);
      const rows = await queryInBatches(manager, item, 'SELECT * FROM item ORDER BY id', []);
      expect([rows.length, rows.at(-1)]).toEqual([600, { id: 600, name: 'item 600' }]);
      const wrong = queryInBatches(manager, z.object({ id: z.string() }), 'SELECT id FROM item', []);
      await expect(wrong).rejects.toThrow(/expected string/);
    });
  });
});
