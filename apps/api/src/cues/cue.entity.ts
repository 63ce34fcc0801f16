import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { type CuePreset } from '#libs/domain/cues';
import { asNumber } from '../platform/database/columns.js';

/** A silent message of a moderator to the speakers of a session. */
@Entity('cue')
@Check('cue_text_check', `text <> ''`)
@Check('cue_content', '(preset IS NULL) <> (text IS NULL)')
@Index('cue_by_version', ['sessionId', 'version'])
export class CueEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'session_id' })
  @ForeignKey('session', { name: 'cue_session_id_fkey', onDelete: 'CASCADE' })
  sessionId: string;

  @Column('uuid', { name: 'author_id' })
  @ForeignKey('actor', { name: 'cue_author_id_fkey', onDelete: 'CASCADE' })
  authorId: string;

  @Column('text', { nullable: true })
  preset: CuePreset | null;

  @Column('text', { nullable: true })
  text: string | null;

  @Column('timestamptz', { name: 'sent_at', default: () => 'clock_timestamp()' })
  sentAt: Date;

  @Column('timestamptz', { name: 'withdrawn_at', nullable: true })
  withdrawnAt: Date | null;

  /** The session feed version at which it last changed. */
  @Column('bigint', { transformer: asNumber })
  version: number;
}
