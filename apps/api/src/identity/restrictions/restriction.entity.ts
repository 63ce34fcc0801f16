import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { isOneOf } from '../../platform/database/columns.js';

export const RESTRICTION_KINDS = ['mute', 'ban'] as const;

/** A mute or ban of an actor in an event. */
@Entity('restriction')
@Check('restriction_kind_check', isOneOf('kind', RESTRICTION_KINDS))
@Index('restriction_by_event', ['eventId', 'at'])
export class RestrictionEntity {
  @PrimaryColumn('uuid', { name: 'actor_id' })
  @ForeignKey('actor', { name: 'restriction_actor_id_fkey', onDelete: 'CASCADE' })
  actorId: string;

  @PrimaryColumn('uuid', { name: 'event_id' })
  @ForeignKey('event', { name: 'restriction_event_id_fkey', onDelete: 'CASCADE' })
  eventId: string;

  @PrimaryColumn('text')
  kind: (typeof RESTRICTION_KINDS)[number];

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('uuid', { name: 'by_actor_id', nullable: true })
  @ForeignKey('actor', { name: 'restriction_by_actor_id_fkey', onDelete: 'SET NULL' })
  byActorId: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  @Index('restriction_at')
  at: Date;
}
