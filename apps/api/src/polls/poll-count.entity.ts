import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** The total of an option in a round. */
@Entity('poll_count')
@Check('poll_count_n_check', 'n >= 0')
@ForeignKey('poll_round', ['pollId', 'round'], ['pollId', 'round'], {
  name: 'poll_count_poll_id_round_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey('poll_option', ['pollId', 'optionId'], ['pollId', 'id'], {
  name: 'poll_count_poll_id_option_id_fkey',
  onDelete: 'CASCADE',
})
export class PollCountEntity {
  @PrimaryColumn('uuid', { name: 'poll_id' })
  pollId: string;

  @PrimaryColumn('int')
  round: number;

  @PrimaryColumn('uuid', { name: 'option_id' })
  optionId: string;

  @Column('int', { default: 0 })
  n: number;
}
