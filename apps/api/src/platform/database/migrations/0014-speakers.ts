import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Speakers who take the questions themselves, and silent messages to them. */
export class Speakers0014 implements MigrationInterface {
  name = 'Speakers1763900000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ADVANCE);
    await runner.query(CUES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE cue_seen, cue`);
    await runner.query(`ALTER TABLE question DROP advanced_by_id`);
    await runner.query(`ALTER TABLE session DROP speakers_advance`);
  }
}

const ADVANCE = `
ALTER TABLE session ADD speakers_advance boolean NOT NULL DEFAULT false;
ALTER TABLE question ADD advanced_by_id uuid REFERENCES actor ON DELETE SET NULL;
COMMENT ON COLUMN question.advanced_by_id IS 'the speaker who gave it its state; null: a moderator did';`;

const CUES = `
CREATE TABLE cue (
  id uuid PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  author_id uuid NOT NULL REFERENCES actor ON DELETE CASCADE,
  preset text,
  text text CHECK (text <> ''),
  sent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  withdrawn_at timestamptz,
  version bigint NOT NULL,
  CONSTRAINT cue_content CHECK ((preset IS NULL) <> (text IS NULL))
);
COMMENT ON TABLE cue IS 'silent messages of moderators to the speakers of a session';
CREATE INDEX cue_by_version ON cue (session_id, version);
CREATE TABLE cue_seen (
  cue_id uuid NOT NULL REFERENCES cue ON DELETE CASCADE,
  actor_id uuid NOT NULL REFERENCES actor ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (cue_id, actor_id)
);`;
