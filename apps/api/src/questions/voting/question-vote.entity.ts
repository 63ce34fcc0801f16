import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** The vote of an actor for a question. */
@Entity('question_vote')
export class QuestionVoteEntity {
  @PrimaryColumn('uuid', { name: 'question_id' })
  @ForeignKey('question', { name: 'question_vote_question_id_fkey', onDelete: 'CASCADE' })
  questionId: string;

  @PrimaryColumn('uuid', { name: 'actor_id' })
  @ForeignKey('actor', { name: 'question_vote_actor_id_fkey', onDelete: 'CASCADE' })
  actorId: string;

  /** The merged question that this vote came from; null where it was given here. */
  @Column('uuid', { nullable: true })
  origin: string | null;
}
