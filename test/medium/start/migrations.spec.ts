import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { loadConfig } from '../../../apps/api/src/config/config.js';
import { prepareDatabase } from '../../../apps/api/src/platform/database/prepare-database.js';
import { createDatabase, type TestDatabase } from '../../support/servers/postgres.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
}, 60_000);
afterAll(() => database.drop());

it('migrates once when several nodes start at the same moment (START-4)', async () => {
  const config = loadConfig({ DATABASE_URL: database.url });
  await Promise.all([prepareDatabase(config), prepareDatabase(config), prepareDatabase(config)]);
  const applied = await database.query<{ name: string }>('SELECT name FROM migrations');
  expect(new Set(applied.map(({ name }) => name)).size).toBe(applied.length);
  expect(applied.length).toBeGreaterThan(0);
  await prepareDatabase(config);
  expect(await database.query('SELECT name FROM migrations')).toHaveLength(applied.length);
});

it('refuses a server that could lose acknowledged writes (START-5)', async () => {
  const [{ current_database: name } = { current_database: '' }] = await database.query<{ current_database: string }>(
    'SELECT current_database()',
  );
  await database.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
  await expect(prepareDatabase(loadConfig({ DATABASE_URL: database.url }))).rejects.toThrow(/synchronous_commit/);
  await database.query(`ALTER DATABASE ${name} RESET synchronous_commit`);
});
