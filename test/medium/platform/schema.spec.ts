import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../apps/api/src/platform/database/database.module.js';
import { UNEXPRESSED } from '../../../apps/api/src/platform/database/unexpressed.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { createDatabase, type TestDatabase } from '../../support/servers/postgres.js';

let hub: TestHub;
/** The database of the hub, made by its migrations. */
let migrated: DataSource;
let empty: TestDatabase;
/** Another one, made by TypeORM from the entities. */
let synchronised: DataSource;

beforeAll(async () => {
  hub = await startHub();
  migrated = hub.app.get(DataSource);
  await migrated.query(DROP_COMMENTS);
  empty = await createDatabase();
  await empty.query('CREATE EXTENSION btree_gist');
  await empty.query(`CREATE FUNCTION new_join_code() RETURNS text LANGUAGE sql AS $$ SELECT ''::text $$`);
  const options = dataSourceOptions({ DATABASE_URL: empty.url, DATABASE_POOL: 2 });
  const entities = migrated.entityMetadatas.map(({ target }) => target);
  synchronised = await new DataSource({ ...options, migrations: [], entities }).initialize();
  await synchronised.synchronize();
}, 120_000);
afterAll(async () => {
  await synchronised?.destroy();
  await empty?.drop();
  await hub?.close();
});

/** Comments in the database are for its readers; an entity has JSDoc. */
const DROP_COMMENTS = `
DO $$ DECLARE one record; BEGIN
  FOR one IN
    SELECT c.relname, a.attname FROM pg_description d JOIN pg_class c ON c.oid = d.objoid AND c.relnamespace = 'public'::regnamespace
      LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
  LOOP
    IF one.attname IS NULL THEN EXECUTE format('COMMENT ON TABLE %I IS NULL', one.relname);
    ELSE EXECUTE format('COMMENT ON COLUMN %I.%I IS NULL', one.relname, one.attname);
    END IF;
  END LOOP;
END $$`;

/** Columns, constraints and indexes as PostgreSQL prints them; primary keys without their names, which TypeORM makes up. */
const DEFINITIONS = `
SELECT table_name || ': ' || concat_ws(' ', column_name, udt_name, is_nullable, column_default, identity_generation) AS definition
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migrations'
UNION ALL
SELECT c.relname || ': ' || CASE WHEN contype = 'p' THEN '' ELSE conname || ' ' END || pg_get_constraintdef(k.oid)
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
 WHERE k.connamespace = 'public'::regnamespace AND k.contype IN ('c', 'f', 'p', 'u', 'x') AND c.relname <> 'migrations'
UNION ALL
SELECT tablename || ': ' || indexdef FROM pg_indexes
 WHERE schemaname = 'public' AND tablename <> 'migrations' AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname)`;

/** What TypeORM would run to make the migrated database equal to the entities. */
async function pendingStatements(): Promise<string[]> {
  const { upQueries } = await migrated.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query).sort();
}

/** What the migrations define and the entities do not, by kinds that TypeORM compares by name only. */
async function unknownDefinitions(): Promise<string[]> {
  const [ours, theirs] = await Promise.all([definitionsOf(migrated), definitionsOf(synchronised)]);
  return ours.filter((definition) => !theirs.includes(definition)).sort();
}

async function definitionsOf(source: DataSource): Promise<string[]> {
  const rows = await source.query<{ definition: string }[]>(DEFINITIONS);
  return rows.map(({ definition }) => definition);
}

const listed = (kind: keyof typeof UNEXPRESSED) => UNEXPRESSED[kind].map(([, sql]) => sql).sort();

/** Runs a change of the migrated database, looks at the differences, and takes it back. */
async function differencesAfter(change: string, back: string): Promise<string[]> {
  await migrated.query(change);
  try {
    const known = [...listed('statements'), ...listed('definitions')];
    return [...(await pendingStatements()), ...(await unknownDefinitions())].filter((sql) => !known.includes(sql));
  } finally {
    await migrated.query(back);
  }
}

describe('entities and migrations', () => {
  it('have the same tables, and every entity is registered by its module', async () => {
    const files = readdirSync('apps/api/src', { recursive: true, encoding: 'utf8' });
    const tables = await migrated.query<{ name: string }[]>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> 'migrations'`,
    );
    expect(migrated.entityMetadatas).toHaveLength(files.filter((file) => file.endsWith('.entity.ts')).length);
    expect(migrated.entityMetadatas.map(({ tableName }) => tableName).sort()).toEqual(
      tables.map(({ name }) => name).sort(),
    );
  });

  it('have no pending difference but those that TypeORM cannot express', async () => {
    expect(await pendingStatements()).toEqual(listed('statements'));
  });

  it('have the same columns, constraints and indexes, by their definitions', async () => {
    expect(await unknownDefinitions()).toEqual(listed('definitions'));
  });

  it.each([
    [
      'a column that only a migration adds',
      'ALTER TABLE cue ADD colour text',
      'ALTER TABLE cue DROP colour',
      'ALTER TABLE "cue" DROP COLUMN "colour"',
    ],
    [
      'a column that only an entity has',
      'ALTER TABLE cue_seen DROP at',
      'ALTER TABLE cue_seen ADD at timestamptz NOT NULL DEFAULT clock_timestamp()',
      'ALTER TABLE "cue_seen" ADD "at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT clock_timestamp()',
    ],
    [
      'a check with other values',
      `ALTER TABLE room DROP CONSTRAINT room_capacity_check, ADD CONSTRAINT room_capacity_check CHECK (capacity > 1)`,
      `ALTER TABLE room DROP CONSTRAINT room_capacity_check, ADD CONSTRAINT room_capacity_check CHECK (capacity > 0)`,
      'room: room_capacity_check CHECK ((capacity > 1))',
    ],
    [
      'an index that only a migration adds',
      'CREATE INDEX question_by_language ON question (language)',
      'DROP INDEX question_by_language',
      'DROP INDEX "public"."question_by_language"',
    ],
  ])('are told apart by %s', async (_, change, back, difference) => {
    expect(await differencesAfter(change, back)).toContain(difference);
    expect(await pendingStatements()).toEqual(listed('statements'));
  });
});
