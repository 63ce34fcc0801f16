import { Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A person on the programme. */
@Entity('speaker')
@Unique('speaker_guid_taken', ['eventId', 'guid'])
@Unique('speaker_of_event', ['eventId', 'id'])
export class SpeakerEntity {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'event_id' })
  @ForeignKey('event', { name: 'speaker_event_id_fkey', onDelete: 'CASCADE' })
  eventId: string;

  /** The id in imported and exported schedules: a guid, or the file's own identifier of the person. */
  @Column('text', { default: () => '(gen_random_uuid())' })
  guid: string;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  affiliation: string | null;

  @Column('text', { nullable: true })
  biography: string | null;

  /** The account of the person; not used yet. */
  @Column('uuid', { name: 'actor_id', nullable: true, select: false })
  @ForeignKey('actor', { name: 'speaker_actor', onDelete: 'SET NULL' })
  actorId?: string | null;
}
