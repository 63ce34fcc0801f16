import { type Actor } from '#libs/contract/roles';
import { isRoleAtLeast, type Role, strongestOf } from '#libs/domain/roles';

/** The actor of a request, as resolved once at connect or request. Guests and demo people belong to one event. */
export interface ActorContext {
  readonly id: string;
  readonly kind: 'guest' | 'demo' | 'account';
  readonly name: string | null;
  /** The only event they may act in; null for an account of the whole hub. */
  readonly eventId: string | null;
  /** Their role in `eventId`; for an account of the whole hub, in every event. */
  readonly role: Role;
  /** Roles by event and, more narrowly, by session. */
  readonly grants: readonly RoleGrant[];
  readonly mutedIn: readonly string[];
  /** Events in which an account lost every role; a banned guest is refused at sign-in. */
  readonly bannedIn?: readonly string[];
  readonly mustChangePassword: boolean;
  /** Part of stream tokens, which are revoked when it rises (docs/adr/0009). Absent where there is no stored actor, as in tests of policies. */
  readonly streamGeneration?: number;
  /** The id of the sign-in and the token's expiry, for revocation and for closing a connection that outlives it. */
  readonly token: TokenClaims;
}

/** The stored part of an actor, independent of the token. */
export type Standing = Omit<ActorContext, 'token'>;

export interface TokenClaims {
  /** Identifies the sign-in: every token that renews one has the id of the first. */
  readonly id: string;
  readonly expiresAt: Date;
  /** Absent where the actor has no real token, as in tests of policies. */
  readonly issuedAt?: Date;
}

/** A token whose signature and times are good. */
export interface VerifiedToken extends TokenClaims {
  readonly actorId: string;
  readonly issuedAt: Date;
}

export interface RoleGrant {
  readonly eventId: string;
  readonly sessionId: string | null;
  readonly role: Role;
}

/** The scope of an action: an event, or one session of it. */
export interface RoleScope {
  readonly eventId: string;
  readonly sessionId?: string | null;
}

/** The strongest role of an actor in a scope; null where they have none (not signed in, or another event's). */
export function roleIn(actor: Standing | null, { eventId, sessionId = null }: RoleScope): Role | null {
  if (!actor || actor.bannedIn?.includes(eventId)) return null;
  const own = actor.eventId === null || actor.eventId === eventId ? [actor.role] : [];
  const granted = actor.grants
    .filter((grant) => grant.eventId === eventId && (grant.sessionId === null || grant.sessionId === sessionId))
    .map((grant) => grant.role);
  return strongestOf([...own, ...granted]);
}

/** Whether the actor has at least this role in the scope. */
export function isAtLeast(actor: Standing | null, role: Role, scope: RoleScope): boolean {
  const held = roleIn(actor, scope);
  return held !== null && isRoleAtLeast(held, role);
}

/** The strongest role anywhere in an event, ignoring bans: it decides who may restrict whom. */
export function strongestRoleIn(actor: Standing, eventId: string): Role | null {
  const scopes = [null, ...actor.grants.filter((grant) => grant.eventId === eventId).map(({ sessionId }) => sessionId)];
  const held = scopes.flatMap((sessionId) => roleIn({ ...actor, bannedIn: [] }, { eventId, sessionId }) ?? []);
  return strongestOf(held);
}

export function isMuted(actor: Standing, eventId: string): boolean {
  return actor.mutedIn.includes(eventId);
}

/** An actor as sent to themselves. */
export function presentActor(actor: ActorContext): Actor {
  return {
    id: actor.id,
    name: actor.name,
    eventId: actor.eventId,
    role: actor.role,
    sessions: actor.grants.flatMap(({ sessionId, role }) => (sessionId ? [{ sessionId, role }] : [])),
    ...(actor.mustChangePassword && { mustChangePassword: true }),
  };
}
