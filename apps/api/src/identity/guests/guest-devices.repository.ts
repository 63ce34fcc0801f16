import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, Repository } from 'typeorm';
import { z } from 'zod';
import { insertOnce } from '../../platform/database/insert-once.js';
import { queryRow } from '../../platform/database/sql.js';
import { type ActorDraft } from '../actors/actors.repository.js';
import { hashOfDevice } from './device-cookie.js';
import { GuestDeviceEntity } from './guest-device.entity.js';

const keptGuest = z.object({ id: z.string(), name: z.string().nullable(), isBanned: z.boolean() });
/** The guest of a device in an event. */
export type KeptGuest = Readonly<z.infer<typeof keptGuest>>;

const created = z.object({ id: z.string() });

/** The guest of each device, by event. */
@Injectable()
export class GuestDevicesRepository {
  constructor(
    private readonly source: DataSource,
    @InjectRepository(GuestDeviceEntity) private readonly devices: Repository<GuestDeviceEntity>,
  ) {}

  find(eventId: string, device: string): Promise<KeptGuest | undefined> {
    return queryRow(
      this.source,
      keptGuest,
      `SELECT a.id, a.name,
         EXISTS (SELECT FROM restriction WHERE actor_id = a.id AND event_id = $1 AND kind = 'ban') AS "isBanned"
       FROM guest_device JOIN actor a ON a.id = actor_id WHERE guest_device.event_id = $1 AND device = $2`,
      [eventId, hashOfDevice(eventId, device)],
    );
  }

  async keep(eventId: string, device: string, actorId: string): Promise<void> {
    await insertOnce(this.devices, { eventId, device: hashOfDevice(eventId, device), actorId });
  }

  /**
   * Creates the guest of a device; undefined when the device got one meanwhile. The device is inserted first and both in one statement,
   * so that only one of many concurrent sign-ins creates the guest.
   */
  async create({ kind, eventId, role, name }: ActorDraft, device: string): Promise<string | undefined> {
    const row = await queryRow(
      this.source,
      created,
      `WITH taken AS (
         INSERT INTO guest_device (event_id, device, actor_id) VALUES ($2, $5, gen_random_uuid())
         ON CONFLICT DO NOTHING RETURNING actor_id)
       INSERT INTO actor (id, kind, event_id, role, name) SELECT actor_id, $1, $2, $3, $4 FROM taken RETURNING id`,
      [kind, eventId, role, name, hashOfDevice(String(eventId), device)],
    );
    return row?.id;
  }
}
