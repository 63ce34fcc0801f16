import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { type Role, ROLES } from '#libs/domain/roles';
import { isOneOf } from '../../platform/database/columns.js';

/** Who has no account is a guest everywhere, without a grant. */
const GRANTED_ROLES = ROLES.filter((role) => role !== 'guest');

/**
 * A role in an event, or in one of its sessions. The table has a unique constraint that takes nulls for equal in place of a primary key,
 * so all its columns together identify a row here.
 */
@Entity('role_grant')
@Unique('role_grant_once', ['actorId', 'eventId', 'sessionId'])
@ForeignKey('session', ['eventId', 'sessionId'], ['eventId', 'id'], {
  name: 'role_grant_session_of_event',
  onDelete: 'CASCADE',
})
@Check('role_grant_role_check', isOneOf('role', GRANTED_ROLES))
export class RoleGrantEntity {
  @PrimaryColumn('uuid', { name: 'actor_id' })
  @ForeignKey('actor', { name: 'role_grant_actor_id_fkey', onDelete: 'CASCADE' })
  actorId: string;

  @PrimaryColumn('uuid', { name: 'event_id' })
  @ForeignKey('event', { name: 'role_grant_event_id_fkey', onDelete: 'CASCADE' })
  eventId: string;

  /** Null for the whole event. */
  @PrimaryColumn('uuid', { name: 'session_id' })
  sessionId: string | null;

  @Column('text')
  role: Role;
}
