import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** The ballot of an actor in a round. */
@Entity('poll_ballot')
@ForeignKey('poll_round', ['pollId', 'round'], ['pollId', 'round'], {
  name: 'poll_ballot_poll_id_round_fkey',
  onDelete: 'CASCADE',
})
export class PollBallotEntity {
  @PrimaryColumn('uuid', { name: 'poll_id' })
  pollId: string;

  @PrimaryColumn('int')
  round: number;

  @PrimaryColumn('uuid', { name: 'actor_id' })
  @ForeignKey('actor', { name: 'poll_ballot_actor_id_fkey', onDelete: 'CASCADE' })
  actorId: string;

  /** The ids of the chosen options. */
  @Column('uuid', { array: true, default: [] })
  choices: string[];

  @Column('text', { nullable: true })
  text: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  at: Date;
}
