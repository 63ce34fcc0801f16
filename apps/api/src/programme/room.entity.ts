import { Check, Column, Entity, ForeignKey, Generated, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { ROOM_KINDS, type RoomKind } from '#libs/domain/programme-kinds';
import { IS_SLUG, isOneOf } from '../platform/database/columns.js';

/** A room of the event; owns the LiveKit room of its stream. */
@Entity('room')
@Unique('room_slug_taken', ['eventId', 'slug'])
@Unique('room_guid_taken', ['eventId', 'guid'])
@Unique('room_of_event', ['eventId', 'id'])
@Check('room_slug_check', IS_SLUG)
@Check('room_kind_check', isOneOf('kind', ROOM_KINDS))
@Check('room_capacity_check', 'capacity > 0')
export class RoomEntity {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'event_id' })
  @ForeignKey('event', { name: 'room_event_id_fkey', onDelete: 'CASCADE' })
  eventId: string;

  /** The id in imported and exported schedules. */
  @Column('uuid')
  @Generated('uuid')
  guid: string;

  @Column('text')
  slug: string;

  @Column('text')
  name: string;

  @Column('text')
  kind: RoomKind;

  @Column('text', { nullable: true })
  city: string | null;

  @Column('int', { nullable: true })
  capacity: number | null;

  /** Name and city by language tag. */
  @Column('jsonb', { default: {} })
  translations: Record<string, { name?: string; city?: string }>;

  @Column('int', { default: 0 })
  position: number;

  /** Written by streams/, from LiveKit's webhooks. */
  @Column('boolean', { name: 'on_air', default: false })
  onAir: boolean;
}
