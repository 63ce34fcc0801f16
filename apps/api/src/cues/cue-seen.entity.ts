import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** A speaker who has seen a cue. */
@Entity('cue_seen')
export class CueSeenEntity {
  @PrimaryColumn('uuid', { name: 'cue_id' })
  @ForeignKey('cue', { name: 'cue_seen_cue_id_fkey', onDelete: 'CASCADE' })
  cueId: string;

  @PrimaryColumn('uuid', { name: 'actor_id' })
  @ForeignKey('actor', { name: 'cue_seen_actor_id_fkey', onDelete: 'CASCADE' })
  actorId: string;

  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  at: Date;
}
