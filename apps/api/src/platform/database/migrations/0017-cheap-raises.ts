import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * A session's version is raised by every batch of votes and for each session of an import. Comparing the whole row as JSON in the trigger
 * of the programme's stamp cost 0.1 ms each time, and a full page made each raise write every index of the table.
 */
export class CheapRaises0017 implements MigrationInterface {
  name = 'CheapRaises1763900000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER programme_stamp_updated ON session`);
    await runner.query(BY_COLUMNS);
    await runner.query(`ALTER TABLE session SET (fillfactor = 50)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE session RESET (fillfactor)`);
    await runner.query(`DROP TRIGGER programme_stamp_updated ON session`);
    await runner.query(BY_JSON);
  }
}

const DEFERRED = 'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW';

/** The feed's counters and the projector are no part of the programme. A test compares this with the columns of the table. */
const BY_COLUMNS = `
DO $$
DECLARE columns text;
BEGIN
  SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_attribute
   WHERE attrelid = 'session'::regclass AND attnum > 0 AND NOT attisdropped
     AND attname <> ALL ('{version,session_version,screen_kind,screen_question_id,screen_poll_id,deleted_ordinal}');
  EXECUTE 'CREATE CONSTRAINT TRIGGER programme_stamp_updated AFTER UPDATE OF ' || columns || ' ON session ${DEFERRED}
     WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION renew_programme_stamp()';
END $$`;

const NO_PROGRAMME = `'{version,session_version,screen_kind,screen_question_id,screen_poll_id}'::text[]`;
const BY_JSON = `CREATE CONSTRAINT TRIGGER programme_stamp_updated AFTER UPDATE ON session ${DEFERRED}
   WHEN (to_jsonb(OLD) - ${NO_PROGRAMME} IS DISTINCT FROM to_jsonb(NEW) - ${NO_PROGRAMME}) EXECUTE FUNCTION renew_programme_stamp()`;
