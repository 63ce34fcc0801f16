import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What an event lets its guests do: for organisers whose event is being stuffed. */
export class GuestsMode0005 implements MigrationInterface {
  name = 'GuestsMode1763900000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE event ADD guests text NOT NULL DEFAULT 'open' CHECK (guests IN ('open', 'moderated', 'watch_only'))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE event DROP guests`);
  }
}
