import { type Actor, type Role, ROLES } from '#libs/contract/roles';

/** Whoever makes a request, as resolved once at connect or request. Guests and demo people belong to one event. */
export interface ActorContext {
  readonly id: string;
  readonly kind: 'guest' | 'demo' | 'account';
  readonly name: string | null;
  /** The only event they may act in; null for an account of the whole hub. */
  readonly eventId: string | null;
  /** What they are in `eventId`; for an account of the whole hub, in every event. */
  readonly role: Role;
  /** Roles by event and, more narrowly, by session. */
  readonly grants: readonly RoleGrant[];
  readonly mutedIn: readonly string[];
  /** Events in which an account lost every role; a guest who is banned is refused at the door. */
  readonly bannedIn?: readonly string[];
  readonly mustChangePassword: boolean;
  /** The token's id and end, for revocation and for closing a connection that outlives it. */
  readonly token: TokenClaims;
}

export interface TokenClaims {
  readonly id: string;
  readonly expiresAt: Date;
  /** Absent where no real token stands behind the actor, as in tests of policies. */
  readonly issuedAt?: Date;
}

export interface RoleGrant {
  readonly eventId: string;
  readonly sessionId: string | null;
  readonly role: Role;
}

/** Where an act happens: an event, or one session of it. */
export interface Place {
  readonly eventId: string;
  readonly sessionId?: string | null;
}

const rank = (role: Role) => ROLES.indexOf(role);

/** The strongest role of an actor in a place; null where they have none (not signed in, or another event's). */
export function roleIn(actor: ActorContext | null, { eventId, sessionId = null }: Place): Role | null {
  if (!actor || actor.bannedIn?.includes(eventId)) return null;
  const own = actor.eventId === null || actor.eventId === eventId ? [actor.role] : [];
  const granted = actor.grants
    .filter((grant) => grant.eventId === eventId && (grant.sessionId === null || grant.sessionId === sessionId))
    .map((grant) => grant.role);
  return [...own, ...granted].reduce<Role | null>(
    (best, role) => (best === null || rank(role) > rank(best) ? role : best),
    null,
  );
}

/** Whether the actor has at least this role in the place. */
export function isAtLeast(actor: ActorContext | null, role: Role, place: Place): boolean {
  const held = roleIn(actor, place);
  return held !== null && rank(held) >= rank(role);
}

export function isMuted(actor: ActorContext, eventId: string): boolean {
  return actor.mutedIn.includes(eventId);
}

/** An actor as told to themselves. */
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
