import { Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** One option of a poll. */
@Entity('poll_option')
@Unique('poll_option_position', ['pollId', 'position'], { deferrable: 'INITIALLY IMMEDIATE' })
@Unique('poll_option_of_poll', ['pollId', 'id'])
export class PollOptionEntity {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'poll_id' })
  @ForeignKey('poll', { name: 'poll_option_poll_id_fkey', onDelete: 'CASCADE' })
  pollId: string;

  @Column('int')
  position: number;

  @Column('text')
  text: string;
}
