import {
  Check,
  Column,
  Entity,
  Exclusion,
  ForeignKey,
  Generated,
  Index,
  PrimaryGeneratedColumn,
  Unique,
} from 'typeorm';
import { QA_STATES, type QaState, SESSION_STATES, type SessionState } from '#libs/domain/session-states';
import { SESSION_KINDS, type SessionKind } from '#libs/domain/programme-kinds';
import { asNumber, IS_SLUG, isOneOf } from '../platform/database/columns.js';
import { type ScreenKind } from '#libs/contract/screen';

export type SessionTranslations = Record<string, { title?: string; abstract?: string }>;

/** Fields of an imported session that the hub does not have; stored so that the export returns them. */
export type ImportedFields = Record<string, string | number | boolean | object | null>;

const SCREEN_KINDS = ['title', 'question', 'poll', 'result', 'top', 'nothing'] as const satisfies readonly ScreenKind[];

/** Written by feed/ and by PostgreSQL only, and read by SQL. */
const OF_FEED = { select: false, insert: false, update: false } as const;

/** One item of the programme. */
@Entity('session')
@Unique('session_slug_taken', ['eventId', 'slug'])
@Unique('session_guid_taken', ['eventId', 'guid'])
@Unique('session_of_event', ['eventId', 'id'])
@Unique('session_join_code', ['joinCode'])
@ForeignKey('room', ['eventId', 'roomId'], ['eventId', 'id'], { name: 'session_room_of_event' })
@Check('session_slug_check', IS_SLUG)
@Check('session_kind_check', isOneOf('kind', SESSION_KINDS))
@Check('session_state_check', isOneOf('state', SESSION_STATES))
@Check('session_qa_check', isOneOf('qa', QA_STATES))
@Check('session_slow_mode_check', 'slow_mode BETWEEN 0 AND 3600')
@Check('session_ends_after_start', 'ends_at > starts_at')
@Check('session_join_code_check', `join_code ~ '^[CDFHJKMNPRTVWX34679]{5}$'`)
@Check('session_screen_kind_check', isOneOf('screen_kind', SCREEN_KINDS))
@Check('session_screen_question', `screen_question_id IS NULL OR screen_kind = 'question'`)
@Check('session_screen_poll', `screen_poll_id IS NULL OR screen_kind IN ('poll', 'result')`)
@Exclusion(
  'session_overlap',
  `USING gist (room_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (state <> 'cancelled')`,
  { deferrable: 'INITIALLY IMMEDIATE' },
)
@Index('session_by_screen_question', ['screenQuestionId'], { where: 'screen_question_id IS NOT NULL' })
@Index('session_by_screen_poll', ['screenPollId'], { where: 'screen_poll_id IS NOT NULL' })
export class SessionEntity {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid', { name: 'event_id' })
  @ForeignKey('event', { name: 'session_event_id_fkey', onDelete: 'CASCADE' })
  eventId: string;

  @Column('uuid', { name: 'room_id' })
  roomId: string;

  @Column('uuid')
  @Generated('uuid')
  guid: string;

  @Column('text')
  slug: string;

  @Column('text')
  title: string;

  @Column('text')
  kind: SessionKind;

  @Column('text', { default: 'scheduled' })
  state: SessionState;

  @Column('timestamptz', { name: 'starts_at' })
  start: Date;

  @Column('timestamptz', { name: 'ends_at' })
  end: Date;

  @Column('text', { nullable: true })
  language: string | null;

  @Column('text', { nullable: true })
  track: string | null;

  @Column('text', { nullable: true })
  abstract: string | null;

  @Column('jsonb', { default: {} })
  translations: SessionTranslations;

  @Column('jsonb', { default: {} })
  source: ImportedFields;

  @Column('text', { default: 'open' })
  qa: QaState;

  @Column('boolean', { default: true })
  premoderated: boolean;

  @Column('int', { name: 'slow_mode', default: 0 })
  slowMode: number;

  /** Whether its speakers advance the questions themselves; imports do not change it. */
  @Column('boolean', { name: 'speakers_advance', default: false })
  speakersAdvance?: boolean;

  @Column('timestamptz', { name: 'live_at', nullable: true })
  liveAt: Date | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;

  /** The code of its short address, made by PostgreSQL. */
  @Column('text', { name: 'join_code', default: () => 'new_join_code()', ...OF_FEED })
  joinCode?: string;

  /** The counter of the session feed. */
  @Column('bigint', { default: 0, transformer: asNumber, ...OF_FEED })
  version?: number;

  /** The version at which the session itself last changed. */
  @Column('bigint', { name: 'session_version', default: 0, transformer: asNumber, ...OF_FEED })
  sessionVersion?: number;

  /** The highest ordinal of a deleted question, which is never used again; kept by a trigger. */
  @Column('int', { name: 'deleted_ordinal', default: 0, ...OF_FEED })
  deletedOrdinal?: number;

  /** What the projector shows; a question or poll that was deleted leaves the title. */
  @Column('text', { name: 'screen_kind', default: 'title', ...OF_FEED })
  screenKind?: ScreenKind;

  @Column('uuid', { name: 'screen_question_id', nullable: true, ...OF_FEED })
  @ForeignKey('question', { name: 'session_screen_question_id_fkey', onDelete: 'SET NULL' })
  screenQuestionId?: string | null;

  @Column('uuid', { name: 'screen_poll_id', nullable: true, ...OF_FEED })
  @ForeignKey('poll', { name: 'session_screen_poll_id_fkey', onDelete: 'SET NULL' })
  screenPollId?: string | null;
}
