import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** One round of a poll; a reset poll starts another. */
@Entity('poll_round')
@Check('poll_round_ballots_check', 'ballots >= 0')
export class PollRoundEntity {
  @PrimaryColumn('uuid', { name: 'poll_id' })
  @ForeignKey('poll', { name: 'poll_round_poll_id_fkey', onDelete: 'CASCADE' })
  pollId: string;

  @PrimaryColumn('int')
  round: number;

  @Column('int', { default: 0 })
  ballots: number;

  @Column('timestamptz', { name: 'opened_at', nullable: true })
  openedAt: Date | null;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt: Date | null;
}
