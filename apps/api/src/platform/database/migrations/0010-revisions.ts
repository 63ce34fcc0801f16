import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** New words of a question that is approved already wait for a moderator beside the approved ones. Polls of sessions that are over are closed. */
export class Revisions0010 implements MigrationInterface {
  name = 'Revisions1763900000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REVISIONS);
    await runner.query(CLOSE_POLLS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE question DROP revision, DROP open_version`);
  }
}

const REVISIONS = `
ALTER TABLE question ADD revision jsonb CHECK (revision ->> 'state' IN ('pending', 'rejected', 'approved')), ADD open_version bigint;
COMMENT ON COLUMN question.revision IS 'the last new words of an approved question that a moderator reads: id, text, key, at, state, reason';
COMMENT ON COLUMN question.open_version IS 'the version at which what the audience sees last changed, where that is before version';`;

/** They were left open before polls closed with their session. */
const CLOSE_POLLS = `
WITH closed AS (
  UPDATE poll SET state = 'closed', closed_at = coalesce(poll.ends_at, session.ended_at, clock_timestamp()), version = session.version + 1 FROM session
   WHERE session.id = poll.session_id AND session.state IN ('ended', 'cancelled') AND poll.state = 'open'
  RETURNING poll.id, poll.session_id, poll.round, poll.closed_at),
rounds AS (
  UPDATE poll_round r SET closed_at = closed.closed_at FROM closed WHERE r.poll_id = closed.id AND r.round = closed.round)
UPDATE session SET version = version + 1 WHERE id IN (SELECT session_id FROM closed);`;
