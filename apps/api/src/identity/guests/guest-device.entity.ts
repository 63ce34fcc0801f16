import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** The guest of a device in an event. */
@Entity('guest_device')
@Check('guest_device_device_check', 'length(device) = 32')
export class GuestDeviceEntity {
  @PrimaryColumn('uuid', { name: 'event_id' })
  @ForeignKey('event', { name: 'guest_device_event_id_fkey', onDelete: 'CASCADE' })
  eventId: string;

  /** SHA-256 of the event and the random value of a cookie: it names a device in no other event. */
  @PrimaryColumn('bytea')
  device: Buffer;

  @Column('uuid', { name: 'actor_id' })
  @Index('guest_device_actor')
  @ForeignKey('actor', { name: 'guest_device_actor_id_fkey', onDelete: 'CASCADE' })
  actorId: string;
}
