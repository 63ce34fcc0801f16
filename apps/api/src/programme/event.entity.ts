import { Check, Column, Entity, PrimaryGeneratedColumn, Unique, VirtualColumn } from 'typeorm';
import { ACCESS_MODES, type AccessMode, GUESTS_MODES, type GuestsMode } from '#libs/domain/event-modes';
import { IS_SLUG, isOneOf } from '../platform/database/columns.js';

export type EventTranslations = Record<string, { title?: string; description?: string }>;

/** An event of one or more days; owns rooms, sessions and speakers. */
@Entity('event')
@Unique('event_slug_taken', ['slug'])
@Check('event_slug_check', IS_SLUG)
@Check('event_access_check', isOneOf('access', ACCESS_MODES))
@Check('event_guests_check', isOneOf('guests', GUESTS_MODES))
@Check('event_ends_after_start', 'ends_at > starts_at')
export class EventEntity {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('text')
  slug: string;

  @Column('text')
  title: string;

  @Column('text', { nullable: true })
  description: string | null;

  @Column('jsonb', { default: {} })
  translations: EventTranslations;

  @Column('text', { name: 'time_zone' })
  timeZone: string;

  @Column('text', { array: true })
  languages: string[];

  @Column('timestamptz', { name: 'starts_at' })
  start: Date;

  @Column('timestamptz', { name: 'ends_at' })
  end: Date;

  @Column('text', { default: 'open' })
  access: AccessMode;

  @Column('text', { default: 'open' })
  guests: GuestsMode;

  @Column('text', { name: 'blocked_words', array: true, default: [] })
  blockedWords: string[];

  /** The same device is the same guest when it signs in again. */
  @Column('boolean', { name: 'guest_devices', default: false })
  guestDevices: boolean;

  /** A new guest shows a proof of work. */
  @Column('boolean', { name: 'guest_proof', default: false })
  guestProof: boolean;

  @Column('text', { name: 'schedule_version', default: '1' })
  scheduleVersion: string;

  /** When the row was inserted; nothing reads it. */
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()', select: false })
  updatedAt?: Date;

  /** Changes with every transaction that changed the programme; only set where the event was read. */
  @VirtualColumn({ query: (event) => `SELECT stamp FROM programme_stamp WHERE event_id = ${event}.id` })
  programmeStamp?: string;
}
