import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { LISTED_STATES, QUESTION_STATES, type QuestionState } from '#libs/domain/question-states';
import { asNumber, isOneOf } from '../platform/database/columns.js';
import { type StoredRevision } from './question-record.js';

/** A question of the audience. Every change stamps it with a version of its session's feed. */
@Entity('question')
@Unique('question_ordinal_taken', ['sessionId', 'ordinal'])
@Check('question_text_check', `text <> ''`)
@Check('question_state_check', isOneOf('state', QUESTION_STATES))
@Check('question_score_check', 'score >= 0')
@Check('question_merged', `(state = 'merged') = (merged_into IS NOT NULL)`)
@Check('question_not_merged_into_itself', 'merged_into <> id')
@Check('question_revision_check', isOneOf(`revision ->> 'state'`, ['pending', 'rejected', 'approved']))
@Check('question_note_text_check', 'char_length(note_text) <= 500')
@Check('question_note', '(note_id IS NULL) = (note_text IS NULL) AND (note_id IS NULL) = (note_at IS NULL)')
@Index('question_one_live', ['sessionId'], { unique: true, where: `state = 'live'` })
@Index('question_duplicate', ['sessionId', 'textKey'], { unique: true, where: isOneOf('state', LISTED_STATES) })
@Index('question_pending', ['sessionId', 'textKey'], { where: `state = 'pending'` })
@Index('question_by_version', ['sessionId', 'version'])
@Index('question_by_author', ['sessionId', 'authorId'])
@Index('question_by_target', ['mergedInto'], { where: 'merged_into IS NOT NULL' })
@Index('question_by_note_author', ['noteAuthorId'], { where: 'note_author_id IS NOT NULL' })
export class QuestionEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'session_id' })
  @ForeignKey('session', { name: 'question_session_id_fkey', onDelete: 'CASCADE' })
  sessionId: string;

  /** The number of the question in its session, in place of its id in frames; given by a trigger. */
  @Column('int')
  ordinal: number;

  @Column('uuid', { name: 'author_id' })
  @ForeignKey('actor', { name: 'question_author_id_fkey', onDelete: 'CASCADE' })
  authorId: string;

  @Column('text')
  text: string;

  @Column('text', { name: 'text_key' })
  textKey: string;

  @Column('text', { nullable: true })
  language: string | null;

  @Column('boolean', { default: false })
  anonymous: boolean;

  @Column('text')
  state: QuestionState;

  @Column('boolean', { default: false })
  pinned: boolean;

  @Column('int', { default: 0 })
  score: number;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('uuid', { name: 'merged_into', nullable: true })
  @ForeignKey('question', { name: 'question_merged_into_fkey' })
  mergedInto: string | null;

  @Column('text', { name: 'state_before_merge', nullable: true })
  stateBeforeMerge: QuestionState | null;

  @Column('text', { name: 'reply_text', nullable: true })
  replyText: string | null;

  @Column('uuid', { name: 'reply_author_id', nullable: true })
  @ForeignKey('actor', { name: 'question_reply_author_id_fkey', onDelete: 'SET NULL' })
  replyAuthorId: string | null;

  @Column('timestamptz', { name: 'reply_at', nullable: true })
  replyAt: Date | null;

  @Column('timestamptz', { name: 'asked_at', default: () => 'now()' })
  askedAt: Date;

  @Column('timestamptz', { name: 'edited_at', nullable: true })
  editedAt: Date | null;

  /** When the audience first saw it. */
  @Column('timestamptz', { name: 'approved_at', nullable: true })
  approvedAt: Date | null;

  @Column('timestamptz', { name: 'live_at', nullable: true })
  liveAt: Date | null;

  @Column('timestamptz', { name: 'answered_at', nullable: true })
  answeredAt: Date | null;

  /** The session feed version at which anything but the score last changed. */
  @Column('bigint', { transformer: asNumber })
  version: number;

  /** The session feed version at which the score last changed. */
  @Column('bigint', { name: 'score_version', transformer: asNumber })
  scoreVersion: number;

  /** The last new text of an approved question that a moderator reviews. */
  @Column('jsonb', { nullable: true })
  revision: StoredRevision | null;

  /** The version at which what the audience sees last changed, where that is before `version`. */
  @Column('bigint', { name: 'open_version', nullable: true, transformer: asNumber })
  openVersion: number | null;

  /** Made by the client; names this note, so that a later one knows what it replaces. */
  @Column('uuid', { name: 'note_id', nullable: true })
  noteId: string | null;

  /** For moderators only. */
  @Column('text', { name: 'note_text', nullable: true })
  noteText: string | null;

  @Column('uuid', { name: 'note_author_id', nullable: true })
  @ForeignKey('actor', { name: 'question_note_author_id_fkey', onDelete: 'SET NULL' })
  noteAuthorId: string | null;

  @Column('timestamptz', { name: 'note_at', nullable: true })
  noteAt: Date | null;

  /** The speaker who set its state; null where a moderator did. */
  @Column('uuid', { name: 'advanced_by_id', nullable: true })
  @ForeignKey('actor', { name: 'question_advanced_by_id_fkey', onDelete: 'SET NULL' })
  advancedById: string | null;
}
