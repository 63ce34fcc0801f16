import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** One act of a moderator or speaker, in the append-only log. */
@Entity('moderation')
@Index('moderation_by_session', ['sessionId', 'id'])
@Index('moderation_by_question', ['questionId', 'id'])
export class ModerationEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;

  @Column('uuid', { name: 'session_id' })
  @ForeignKey('session', { name: 'moderation_session_id_fkey', onDelete: 'CASCADE' })
  sessionId: string;

  @Column('uuid', { name: 'question_id', nullable: true })
  @ForeignKey('question', { name: 'moderation_question_id_fkey', onDelete: 'CASCADE' })
  questionId: string | null;

  @Column('uuid', { name: 'poll_id', nullable: true })
  @ForeignKey('poll', { name: 'moderation_poll', onDelete: 'CASCADE' })
  pollId: string | null;

  @Column('uuid', { name: 'target_actor_id', nullable: true })
  @ForeignKey('actor', { name: 'moderation_target_actor_id_fkey', onDelete: 'CASCADE' })
  targetActorId: string | null;

  /** Null where no actor did it, such as a deadline. */
  @Column('uuid', { name: 'actor_id', nullable: true })
  @ForeignKey('actor', { name: 'moderation_actor_id_fkey', onDelete: 'SET NULL' })
  actorId: string | null;

  @Column('text')
  action: string;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('jsonb', { default: {} })
  detail: object;

  @Column('timestamptz', { default: () => 'now()' })
  at: Date;
}
