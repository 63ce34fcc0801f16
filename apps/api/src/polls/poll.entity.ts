import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { type PollTranslations } from '#libs/contract/poll';
import {
  POLL_STATES,
  POLL_TYPES,
  type PollState,
  type PollType,
  RESULT_VISIBILITIES,
  type ResultVisibility,
} from '#libs/domain/poll-states';
import { asNumber, isOneOf } from '../platform/database/columns.js';

/** A poll of a session. Every change stamps it with a version of its session's feed. */
@Entity('poll')
@Check('poll_type_check', isOneOf('type', POLL_TYPES))
@Check('poll_state_check', isOneOf('state', POLL_STATES))
@Check('poll_results_check', isOneOf('results', RESULT_VISIBILITIES))
@Check('poll_round_check', 'round > 0')
@Check('poll_bounds', 'min IS NULL OR max IS NULL OR min <= max')
@Index('poll_by_version', ['sessionId', 'version'])
@Index('poll_by_deadline', ['endsAt'], { where: `state = 'open' AND ends_at IS NOT NULL` })
export class PollEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'session_id' })
  @ForeignKey('session', { name: 'poll_session_id_fkey', onDelete: 'CASCADE' })
  sessionId: string;

  @Column('text')
  question: string;

  /** Texts by language tag. */
  @Column('jsonb', { default: {} })
  translations: PollTranslations;

  @Column('text')
  type: PollType;

  @Column('text', { default: 'draft' })
  state: PollState;

  @Column('int', { nullable: true })
  min: number | null;

  @Column('int', { nullable: true })
  max: number | null;

  @Column('text')
  results: ResultVisibility;

  @Column('boolean')
  changeable: boolean;

  @Column('int', { default: 1 })
  round: number;

  @Column('timestamptz', { name: 'opened_at', nullable: true })
  openedAt: Date | null;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt: Date | null;

  @Column('timestamptz', { name: 'published_at', nullable: true })
  publishedAt: Date | null;

  @Column('timestamptz', { name: 'ends_at', nullable: true })
  endsAt: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column('uuid', { name: 'created_by', nullable: true })
  @ForeignKey('actor', { name: 'poll_created_by_fkey', onDelete: 'SET NULL' })
  createdBy: string | null;

  /** The session feed version at which anything but the totals last changed. */
  @Column('bigint', { transformer: asNumber })
  version: number;

  /** The session feed version at which the totals last changed. */
  @Column('bigint', { name: 'tally_version', default: 0, transformer: asNumber })
  tallyVersion: number;
}
