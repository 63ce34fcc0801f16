import { Column, Entity, Generated, PrimaryColumn } from 'typeorm';

/** Renewed by triggers at the end of every transaction that changed the programme of the event. */
@Entity('programme_stamp')
export class ProgrammeStampEntity {
  /** Without a reference to the event: see migration 0009. */
  @PrimaryColumn('uuid', { name: 'event_id' })
  eventId: string;

  @Column('uuid')
  @Generated('uuid')
  stamp: string;
}
