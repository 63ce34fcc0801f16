import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Stream tokens that end before their time (docs/adr/0009), and what nodes share so that one of them looks at LiveKit for all. */
export class StreamGenerations0004 implements MigrationInterface {
  name = 'StreamGenerations1763900000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
    await runner.query(TRIGGERS);
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE stream_seat, stream_sweep`);
    await runner.query(`DROP FUNCTION raise_stream_generation, end_streams_of_actor CASCADE`);
    await runner.query(`ALTER TABLE actor DROP stream_generation, DROP stream_floor`);
  }
}

const COLUMNS = `
ALTER TABLE actor ADD stream_generation int NOT NULL DEFAULT 0, ADD stream_floor int NOT NULL DEFAULT 0;
COMMENT ON COLUMN actor.stream_generation IS 'nobody joins a stream with a token of an older one';
COMMENT ON COLUMN actor.stream_floor IS 'nobody stays in a stream with a connection of an older one';`;

/** Triggers, so that nothing that takes a right away, now or later, can forget it. */
const TRIGGERS = `
CREATE FUNCTION raise_stream_generation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE actor SET stream_generation = stream_generation + 1,
      stream_floor = CASE WHEN TG_TABLE_NAME = 'revoked_token' THEN stream_generation + 1 ELSE stream_floor END
    WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.actor_id ELSE NEW.actor_id END;
  RETURN NULL;
END $$;
CREATE TRIGGER revoked_token_ends_streams AFTER INSERT ON revoked_token
  FOR EACH ROW EXECUTE FUNCTION raise_stream_generation();
CREATE TRIGGER restriction_ends_streams AFTER INSERT ON restriction
  FOR EACH ROW EXECUTE FUNCTION raise_stream_generation();
CREATE TRIGGER role_grant_ends_streams AFTER DELETE ON role_grant
  FOR EACH ROW EXECUTE FUNCTION raise_stream_generation();
CREATE TRIGGER other_role_ends_streams AFTER UPDATE ON role_grant
  FOR EACH ROW WHEN (NEW.role <> OLD.role) EXECUTE FUNCTION raise_stream_generation();

CREATE FUNCTION end_streams_of_actor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.stream_generation := OLD.stream_generation + 1;
  IF NEW.tokens_valid_from > OLD.tokens_valid_from THEN NEW.stream_floor := NEW.stream_generation; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER actor_ends_streams BEFORE UPDATE OF role, tokens_valid_from ON actor FOR EACH ROW
  WHEN (NEW.role <> OLD.role OR NEW.tokens_valid_from > OLD.tokens_valid_from) EXECUTE FUNCTION end_streams_of_actor();`;

const TABLES = `
CREATE TABLE stream_seat (
  actor_id uuid NOT NULL REFERENCES actor ON DELETE CASCADE,
  room_id uuid NOT NULL REFERENCES room ON DELETE CASCADE,
  PRIMARY KEY (actor_id, room_id)
);
COMMENT ON TABLE stream_seat IS 'who was ever given a token for which stream: where to look for them when they lose a right';
CREATE INDEX stream_seat_room ON stream_seat (room_id);
CREATE TABLE stream_sweep (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  at timestamptz NOT NULL
);
COMMENT ON TABLE stream_sweep IS 'when a node last looked at all streams for all nodes';`;
