import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What an organiser can switch on against guests who are made up: one for each device, and work for each new one. */
export class GuestDevices0006 implements MigrationInterface {
  name = 'GuestDevices1763900000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SWITCHES);
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE guest_device, used_proof`);
    await runner.query(`ALTER TABLE event DROP guest_devices, DROP guest_proof`);
  }
}

const SWITCHES = `
ALTER TABLE event ADD guest_devices boolean NOT NULL DEFAULT false, ADD guest_proof boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN event.guest_devices IS 'whoever signs in again with the same device is the same guest';
COMMENT ON COLUMN event.guest_proof IS 'whoever becomes a new guest shows a proof of work';`;

const TABLES = `
CREATE TABLE guest_device (
  event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
  device bytea NOT NULL CHECK (length(device) = 32),
  actor_id uuid NOT NULL REFERENCES actor ON DELETE CASCADE,
  PRIMARY KEY (event_id, device)
);
COMMENT ON COLUMN guest_device.device IS 'SHA-256 of the event and the random value of a cookie: it names a device in no other event';
CREATE INDEX guest_device_actor ON guest_device (actor_id);
CREATE TABLE used_proof (
  token text PRIMARY KEY,
  expires_at timestamptz NOT NULL
);
COMMENT ON TABLE used_proof IS 'proofs of work that made a guest, until they expire: each does so once';
CREATE INDEX used_proof_expires ON used_proof (expires_at);`;
