import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person on the programme. */
@Entity('speaker')
export class SpeakerEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'event_id' })
  eventId: string;

  /** The id in imported and exported schedules: a guid, or the file's own identifier of the person. */
  @Column('text')
  guid: string;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  affiliation: string | null;

  @Column('text', { nullable: true })
  biography: string | null;
}
