import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Rooms and polls have texts per language, as events and sessions have. */
export class Translations0012 implements MigrationInterface {
  name = 'Translations1763900000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE room ADD translations jsonb NOT NULL DEFAULT '{}'`);
    await runner.query(`ALTER TABLE poll ADD translations jsonb NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE poll DROP translations`);
    await runner.query(`ALTER TABLE room DROP translations`);
  }
}
