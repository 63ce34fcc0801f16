import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type RoomKind } from '#libs/domain/programme-kinds';

/** A room of the event; owns the LiveKit room of its stream. */
@Entity('room')
export class RoomEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'event_id' })
  eventId: string;

  /** The id in imported and exported schedules. */
  @Column('uuid')
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
