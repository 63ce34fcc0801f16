import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** A stamp of each event's programme, renewed by every transaction that changes it: what was rendered from it is valid while the stamp is the same. */
export class ProgrammeStamp0009 implements MigrationInterface {
  name = 'ProgrammeStamp1763900000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(FUNCTIONS);
    for (const trigger of TRIGGERS) await runner.query(trigger);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION renew_programme_stamp, set_programme_stamp CASCADE`);
    await runner.query(`DROP TABLE programme_stamp`);
  }
}

/**
 * Random, not counted: a database that is restored from a backup never gives an old stamp to other contents. A table of its own, without
 * a reference to the event: the row is locked at the end of a transaction only, so that it adds no way to wait in a circle.
 */
const TABLE = `
CREATE TABLE programme_stamp (
  event_id uuid PRIMARY KEY,
  stamp uuid NOT NULL DEFAULT gen_random_uuid()
) WITH (fillfactor = 50);
INSERT INTO programme_stamp (event_id) SELECT id FROM event;`;

/** Once a transaction, however many rows it changes: the row that this transaction wrote already carries its id in xmin. */
const FUNCTIONS = `
CREATE FUNCTION renew_programme_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE programme_stamp SET stamp = gen_random_uuid()
   WHERE event_id = COALESCE(NEW.event_id, OLD.event_id) AND xmin <> pg_current_xact_id()::xid;
  RETURN NULL;
END $$;
CREATE FUNCTION set_programme_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO programme_stamp (event_id) VALUES (NEW.id);
  ELSIF TG_OP = 'DELETE' THEN
    DELETE FROM programme_stamp WHERE event_id = OLD.id;
  ELSE
    UPDATE programme_stamp SET stamp = gen_random_uuid() WHERE event_id = NEW.id AND xmin <> pg_current_xact_id()::xid;
  END IF;
  RETURN NULL;
END $$;`;

const DEFERRED = 'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW';

/**
 * What changes in a session while people are in it is no part of the programme: the feed's counters and the projector. Compared as JSON,
 * so that a column that is added later counts too.
 */
const NO_PROGRAMME = `'{version,session_version,screen_kind,screen_question_id,screen_poll_id}'::text[]`;

const TRIGGERS = [
  `CREATE CONSTRAINT TRIGGER programme_stamp_set AFTER INSERT OR UPDATE OR DELETE ON event ${DEFERRED}
     EXECUTE FUNCTION set_programme_stamp()`,
  ...['room', 'session', 'speaker', 'session_speaker'].map(
    (table) => `CREATE CONSTRAINT TRIGGER programme_stamp_changed AFTER INSERT OR DELETE ON ${table} ${DEFERRED}
     EXECUTE FUNCTION renew_programme_stamp()`,
  ),
  ...['room', 'speaker', 'session_speaker'].map(
    (table) => `CREATE CONSTRAINT TRIGGER programme_stamp_updated AFTER UPDATE ON ${table} ${DEFERRED}
     WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION renew_programme_stamp()`,
  ),
  `CREATE CONSTRAINT TRIGGER programme_stamp_updated AFTER UPDATE ON session ${DEFERRED}
     WHEN (to_jsonb(OLD) - ${NO_PROGRAMME} IS DISTINCT FROM to_jsonb(NEW) - ${NO_PROGRAMME}) EXECUTE FUNCTION renew_programme_stamp()`,
];
