import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type QaState, type SessionState } from '#libs/domain/session-states';
import { type SessionKind } from '#libs/domain/programme-kinds';

export type SessionTranslations = Record<string, { title?: string; abstract?: string }>;

/** Fields of an imported session that the hub does not have; stored so that the export returns them. */
export type SessionSource = Record<string, string | number | boolean | object | null>;

/** One item of the programme. Its feed's counters, version and session_version, belong to feed/. */
@Entity('session')
export class SessionEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'event_id' })
  eventId: string;

  @Column('uuid', { name: 'room_id' })
  roomId: string;

  @Column('uuid')
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

  @Column('jsonb')
  translations: SessionTranslations;

  @Column('jsonb')
  source: SessionSource;

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
}
