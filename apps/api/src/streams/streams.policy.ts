import { type AccessMode, type GuestsMode, takesGuests } from '#libs/domain/event-modes';
import { type RoomKind } from '#libs/domain/programme-kinds';
import { isRoleAtLeast, type Role, strongestOf } from '#libs/domain/roles';
import { type SessionState } from '#libs/domain/session-states';
import { mayPublish } from '#libs/livekit/grants';
import { policyOf, unless } from '../identity/access/policy.js';
import { type Standing, isMuted, roleIn } from '../identity/actors/actor.js';

/** The facts that decide on a Room's stream. */
export interface StreamScope {
  readonly eventId: string;
  readonly kind: RoomKind;
  readonly access: AccessMode;
  /** What its event lets guests do. */
  readonly guests: GuestsMode;
  readonly sessions: readonly { readonly id: string; readonly state: SessionState; readonly start: Date }[];
}

/** How long before its start a session's own speakers and moderators may use the Room's stream, to test it. */
const EARLY_MS = 60 * 60 * 1000;

/**
 * The strongest role of an actor in a Room now: in the event, or in a session that is live there or about to be. A speaker of a session
 * in the afternoon is one of the audience in the morning.
 */
export function roleInRoom(actor: Standing, { eventId, sessions }: StreamScope, now: Date): Role | null {
  const scopes = [null, ...sessions.filter(isNow(now)).map(({ id }) => id)];
  return strongestOf(scopes.flatMap((sessionId) => roleIn(actor, { eventId, sessionId }) ?? []));
}

const isNow = (now: Date) => (session: StreamScope['sessions'][number]) =>
  session.state === 'live' || (session.state === 'scheduled' && session.start.getTime() - now.getTime() <= EARLY_MS);

interface Subjects {
  /** Everybody who takes part in the event; no guest of an event that takes none any more. */
  'stream.watch': { readonly room: StreamScope; readonly now: Date };
  'stream.publish': { readonly room: StreamScope; readonly now: Date };
  /** The list of those who may publish. */
  'stream.list': { readonly room: StreamScope; readonly now: Date };
}

export const can = policyOf<Subjects, Standing>({
  // The room is as PostgreSQL has it now, the actor as this node remembers them.
  'stream.watch': (actor, { room, now }) => {
    const isShutOut = actor.kind === 'guest' && actor.eventId === room.eventId && !takesGuests(room.access);
    return unless(!isShutOut, 'auth.guests_refused') ?? unless(roleInRoom(actor, room, now) !== null, 'forbidden');
  },
  // The stage of a plenary or hub, everybody in a workshop; never the muted, nor guests where they only watch.
  'stream.publish': (actor, { room, now }) => {
    const role = roleInRoom(actor, room, now);
    if (role === null || !mayPublish(room.kind, role)) return 'forbidden';
    if (role === 'guest' && room.guests === 'watch_only') return 'guests.watch_only';
    return unless(!isMuted(actor, room.eventId), 'actor.muted');
  },
  'stream.list': (actor, { room, now }) => {
    const role = roleInRoom(actor, room, now);
    return unless(role !== null && isRoleAtLeast(role, 'moderator'), 'forbidden');
  },
});
