import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Private notes of moderators on questions, and the restrictions of one event found without those of others. */
export class Notes0013 implements MigrationInterface {
  name = 'Notes1763900000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(NOTE);
    await runner.query(`CREATE INDEX restriction_by_event ON restriction (event_id, at DESC)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX restriction_by_event`);
    await runner.query(`ALTER TABLE question DROP note_id, DROP note_text, DROP note_author_id, DROP note_at`);
  }
}

const NOTE = `
ALTER TABLE question ADD note_id uuid, ADD note_text text CHECK (char_length(note_text) <= 500),
  ADD note_author_id uuid REFERENCES actor ON DELETE SET NULL, ADD note_at timestamptz,
  ADD CONSTRAINT question_note CHECK ((note_id IS NULL) = (note_text IS NULL) AND (note_id IS NULL) = (note_at IS NULL));
COMMENT ON COLUMN question.note_id IS 'made by the client; names this text, so that a later one knows what it replaces';
COMMENT ON COLUMN question.note_text IS 'for moderators only';
CREATE INDEX question_by_note_author ON question (note_author_id) WHERE note_author_id IS NOT NULL;`;
