import { Column, Entity, PrimaryColumn, VirtualColumn } from 'typeorm';
import { type AccessMode, type GuestsMode } from '#libs/domain/event-modes';

export type EventTranslations = Record<string, { title?: string; description?: string }>;

/** An event of one or more days; owns rooms, sessions and speakers. */
@Entity('event')
export class EventEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  slug: string;

  @Column('text')
  title: string;

  @Column('text', { nullable: true })
  description: string | null;

  @Column('jsonb')
  translations: EventTranslations;

  @Column('text', { name: 'time_zone' })
  timeZone: string;

  @Column('text', { array: true })
  languages: string[];

  @Column('timestamptz', { name: 'starts_at' })
  start: Date;

  @Column('timestamptz', { name: 'ends_at' })
  end: Date;

  @Column('text')
  access: AccessMode;

  @Column('text')
  guests: GuestsMode;

  @Column('text', { name: 'blocked_words', array: true })
  blockedWords: string[];

  @Column('boolean', { name: 'guest_devices' })
  guestDevices: boolean;

  @Column('boolean', { name: 'guest_proof' })
  guestProof: boolean;

  @Column('text', { name: 'schedule_version', default: '1' })
  scheduleVersion: string;

  /** Changes with every transaction that changed the programme; only set where the event was read. */
  @VirtualColumn({ query: (event) => `SELECT stamp FROM programme_stamp WHERE event_id = ${event}.id` })
  programmeStamp?: string;
}
