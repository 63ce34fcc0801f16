import { type TestDatabase } from '../../../support/servers/postgres.js';

type Rows = Pick<TestDatabase, 'query'>;

/** Written by a timer of the hub, whatever people do meanwhile. */
const BY_TIMER = ['stream_sweep'];

/** Records, in the same transaction, every row of every table that is written: a rollback leaves nothing. */
const WATCH = `
CREATE TABLE test_change (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, what text NOT NULL);
CREATE FUNCTION test_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO test_change (what) VALUES (TG_OP || ' ' || TG_TABLE_NAME);
  RETURN NULL;
END $$;
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL (ARRAY['test_change', ${BY_TIMER.map((name) => `'${name}'`).join(', ')}]) LOOP
    EXECUTE format('CREATE TRIGGER test_note AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION test_note()', name);
  END LOOP;
END $$;`;

/** From now on `since` returns which rows were written. Call once for a database, after its migrations. */
export async function watchChanges(database: Rows) {
  await database.query(WATCH);

  async function now(): Promise<string> {
    const [row] = await database.query<{ id: string }>('SELECT coalesce(max(id), 0) AS id FROM test_change');
    return row!.id;
  }

  async function since(moment: string): Promise<string[]> {
    const rows = await database.query<{ what: string }>('SELECT DISTINCT what FROM test_change WHERE id > $1', [
      moment,
    ]);
    return rows.map(({ what }) => what);
  }

  return { now, since };
}
