import { type AccessMode, isReadByEveryone } from './event-modes.js';
import type { Role } from './roles.js';

/** What decides where somebody takes part. */
interface Participant {
  /** The only event of their own; null for an account of the whole hub, which has its role in every event. */
  readonly eventId: string | null;
  readonly role: Role;
  readonly grants: readonly { readonly eventId: string }[];
  /** Events in which they lost every role. */
  readonly bannedIn?: readonly string[];
}

/** Events as plain data, so that queries can name them as two parameters. */
export interface AccessScope {
  /** Null: every event. */
  readonly events: readonly string[] | null;
  readonly except: readonly string[];
}

const grantedTo = ({ grants }: Participant) => grants.map(({ eventId }) => eventId);

/** The events in which somebody may have a role. Never less than what a policy grants: the policy decides what may be done there. */
export function accessScopeOf(actor: Participant | null): AccessScope {
  if (!actor) return { events: [], except: [] };
  const events = actor.eventId === null ? null : [actor.eventId, ...grantedTo(actor)];
  return { events, except: actor.bannedIn ?? [] };
}

/** The private events that exist for somebody: those in which they have a role, in the event or in one of its sessions; guests have none there. */
export function privateScopeOf(actor: Participant | null): AccessScope {
  if (actor?.role !== 'guest') return accessScopeOf(actor);
  return { events: grantedTo(actor), except: actor.bannedIn ?? [] };
}

/** Whether somebody may know that an event exists, and read its programme and what the audience of its sessions sees. */
export function canKnowEvent(
  actor: Participant | null,
  { id, access }: { readonly id: string; readonly access: AccessMode },
): boolean {
  if (isReadByEveryone(access)) return true;
  const { events, except } = privateScopeOf(actor);
  return (events === null || events.includes(id)) && !except.includes(id);
}
