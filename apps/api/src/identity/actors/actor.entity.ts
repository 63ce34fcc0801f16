import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { type Role, ROLES } from '#libs/domain/roles';
import { isOneOf } from '../../platform/database/columns.js';
import { type ActorContext } from './actor.js';

export const ACTOR_KINDS = ['guest', 'demo', 'account'] as const satisfies readonly ActorContext['kind'][];

/** A person or account that acts in the hub. Columns that are not selected are read by SQL, or where a query names them. */
@Entity('actor')
@Unique('actor_login_taken', ['login'])
@Check('actor_kind_check', isOneOf('kind', ACTOR_KINDS))
@Check('actor_role_check', isOneOf('role', ROLES))
@Check('actor_login_is_account', '(login IS NULL) = (password_hash IS NULL)')
@Index('actor_tokens_valid_from', ['tokensValidFrom'], { where: `tokens_valid_from > '-infinity'` })
@Index('actor_changed_at', ['changedAt'], { where: `changed_at > '-infinity'` })
export class ActorEntity {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  /** Null for an account of the whole hub. */
  @Column('uuid', { name: 'event_id', nullable: true })
  @ForeignKey('event', { name: 'actor_event_id_fkey', onDelete: 'CASCADE' })
  eventId: string | null;

  @Column('text')
  kind: (typeof ACTOR_KINDS)[number];

  /** The role in `eventId`; privileged roles elsewhere are grants. */
  @Column('text')
  role: Role;

  @Column('text', { nullable: true })
  name: string | null;

  @Column('text', { nullable: true, select: false })
  login: string | null;

  @Column('text', { name: 'password_hash', nullable: true, select: false })
  passwordHash: string | null;

  @Column('boolean', { name: 'must_change_password', default: false })
  mustChangePassword: boolean;

  /** Older tokens are refused. */
  @Column('timestamptz', { name: 'tokens_valid_from', default: () => `'-infinity'`, select: false })
  tokensValidFrom: Date;

  /** When roles or restrictions last changed, so that nodes notice without a message. */
  @Column('timestamptz', { name: 'changed_at', default: () => `'-infinity'`, select: false })
  changedAt: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()', select: false })
  createdAt: Date;

  /** An actor does not join a stream with a token of an older generation. Raised by triggers. */
  @Column('int', { name: 'stream_generation', default: 0, select: false })
  streamGeneration: number;

  /** An actor does not stay in a stream with a connection of an older generation. Raised by triggers. */
  @Column('int', { name: 'stream_floor', default: 0, select: false })
  streamFloor: number;
}
