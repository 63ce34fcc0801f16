import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What protocol 2 of the feed needs: an ordinal for each question of a session, and the epoch of the feeds. */
export class FeedProtocol0016 implements MigrationInterface {
  name = 'FeedProtocol1763900000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ORDINALS);
    await runner.query(GIVING);
    await runner.query(EPOCH);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION feed_epoch, give_question_ordinal, keep_question_ordinal CASCADE`);
    await runner.query(`DROP TABLE feed_history`);
    await runner.query(`ALTER TABLE question DROP ordinal`);
    await runner.query(`ALTER TABLE session DROP deleted_ordinal`);
  }
}

const ORDINALS = `
ALTER TABLE session ADD deleted_ordinal int NOT NULL DEFAULT 0;
COMMENT ON COLUMN session.deleted_ordinal IS 'the highest ordinal of a deleted question, which is never used again';
ALTER TABLE question ADD ordinal int;
UPDATE question SET ordinal = numbered.ordinal
  FROM (SELECT id, row_number() OVER (PARTITION BY session_id ORDER BY asked_at, id) AS ordinal FROM question) numbered
 WHERE numbered.id = question.id;
ALTER TABLE question ALTER ordinal SET NOT NULL, ADD CONSTRAINT question_ordinal_taken UNIQUE (session_id, ordinal);
COMMENT ON COLUMN question.ordinal IS 'the number of the question in its session, from 1, in place of its id in frames; never changed and never used again';`;

/**
 * The lock of the session, which the hub's own writes hold already, keeps the highest ordinal stable; a volatile function sees the rows
 * that its own statement inserted before. The index of the constraint finds the highest one.
 */
const GIVING = `
CREATE FUNCTION give_question_ordinal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  deleted int;
BEGIN
  SELECT deleted_ordinal INTO deleted FROM session WHERE id = NEW.session_id FOR NO KEY UPDATE;
  NEW.ordinal := 1 + GREATEST((SELECT ordinal FROM question WHERE session_id = NEW.session_id ORDER BY ordinal DESC LIMIT 1), deleted, 0);
  RETURN NEW;
END $$;
CREATE TRIGGER question_ordinal_given BEFORE INSERT ON question FOR EACH ROW EXECUTE FUNCTION give_question_ordinal();
CREATE FUNCTION keep_question_ordinal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE session SET deleted_ordinal = OLD.ordinal WHERE id = OLD.session_id AND deleted_ordinal < OLD.ordinal;
  RETURN NULL;
END $$;
CREATE TRIGGER question_ordinal_kept AFTER DELETE ON question FOR EACH ROW EXECUTE FUNCTION keep_question_ordinal();`;

/**
 * The epoch differs between a database and its restored copy without any action: a copy in another cluster has another system
 * identifier, a restored dump has other oids, a recovery to a point in time has another timeline. Where none of these differs (a copy of
 * the files), the id of the table is renewed by hand: see docs/OPERATING.md. Servers that refuse these functions to ordinary accounts
 * have the rest.
 */
const EPOCH = `
CREATE TABLE feed_history (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only)
);
COMMENT ON TABLE feed_history IS 'one row: the history to which the versions of all feeds belong';
INSERT INTO feed_history DEFAULT VALUES;
CREATE FUNCTION feed_epoch() RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  cluster text := '';
BEGIN
  BEGIN
    cluster := (SELECT system_identifier FROM pg_control_system()) || left(pg_walfile_name(pg_current_wal_lsn()), 8);
  EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR object_not_in_prerequisite_state THEN
    cluster := '';
  END;
  RETURN left(md5(concat_ws(' ', cluster, (SELECT id FROM feed_history),
    (SELECT oid FROM pg_database WHERE datname = current_database()), 'session'::regclass::oid)), 12);
END $$;`;
