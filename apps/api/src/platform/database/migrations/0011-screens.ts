import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What the projector of a session shows, and a short code for its address. */
export class Screens0011 implements MigrationInterface {
  name = 'Screens1763900000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SCREEN);
    await runner.query(JOIN_CODE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE session DROP screen_kind, DROP screen_question_id, DROP screen_poll_id, DROP join_code`,
    );
    await runner.query(`DROP FUNCTION new_join_code`);
  }
}

/** A live question was on the projector. */
const SCREEN = `
ALTER TABLE session
  ADD screen_kind text NOT NULL DEFAULT 'title' CHECK (screen_kind IN ('title', 'question', 'poll', 'result', 'top', 'nothing')),
  ADD screen_question_id uuid REFERENCES question ON DELETE SET NULL,
  ADD screen_poll_id uuid REFERENCES poll ON DELETE SET NULL,
  ADD CONSTRAINT session_screen_question CHECK (screen_question_id IS NULL OR screen_kind = 'question'),
  ADD CONSTRAINT session_screen_poll CHECK (screen_poll_id IS NULL OR screen_kind IN ('poll', 'result'));
COMMENT ON COLUMN session.screen_kind IS 'what the projector shows; a question or poll that was deleted leaves the title';
CREATE INDEX session_by_screen_question ON session (screen_question_id) WHERE screen_question_id IS NOT NULL;
CREATE INDEX session_by_screen_poll ON session (screen_poll_id) WHERE screen_poll_id IS NOT NULL;
UPDATE session SET screen_kind = 'question', screen_question_id = question.id
  FROM question WHERE question.session_id = session.id AND question.state = 'live';`;

/**
 * Nineteen signs of which none looks like another, and no vowels, so that codes make no words: 2.5 million codes. A volatile function
 * also sees the rows that its own statement has inserted, so that sessions inserted together differ.
 */
const JOIN_CODE = `
CREATE FUNCTION new_join_code() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  code text;
  bytes bytea;
BEGIN
  LOOP
    bytes := uuid_send(gen_random_uuid());
    SELECT string_agg(substr('CDFHJKMNPRTVWX34679', 1 + get_byte(bytes, place) % 19, 1), '') INTO code
      FROM generate_series(0, 4) AS place;
    EXIT WHEN NOT EXISTS (SELECT FROM session WHERE join_code = code);
  END LOOP;
  RETURN code;
END $$;
ALTER TABLE session ADD join_code text CONSTRAINT session_join_code UNIQUE CHECK (join_code ~ '^[CDFHJKMNPRTVWX34679]{5}$');
UPDATE session SET join_code = new_join_code();
ALTER TABLE session ALTER join_code SET NOT NULL, ALTER join_code SET DEFAULT new_join_code();`;
