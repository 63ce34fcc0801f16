import { type ErrorCode } from '#libs/contract/errors';
import { isResultPublic } from '#libs/contract/public-result';
import { type GuestsMode } from '#libs/contract/programme';
import { type ActorContext, isAtLeast, isMuted, roleIn } from '../identity/actors/actor.js';
import { refuseTakingPart } from '../identity/guests/guests.policy.js';
import { type PollPlace, type PollRecord } from './poll-record.js';

type PollContent = PollRecord['poll'];
interface Rule {
  /** The states in which it may be done. */
  readonly from: readonly PollContent['state'][];
  /** Whether its result holds already, so that repeating it changes nothing. */
  readonly isDone: (poll: PollContent) => boolean;
}

/** The transitions of a poll. A closed poll never opens again: reset starts a new round, and an archived one stays archived. */
const ACTS = {
  open: { from: ['draft'], isDone: ({ state }) => state === 'open' },
  close: { from: ['open'], isDone: ({ state }) => state === 'closed' },
  publish: { from: ['open', 'closed'], isDone: ({ published }) => published },
  unpublish: { from: ['open', 'closed'], isDone: ({ published }) => !published },
  reset: { from: ['open', 'closed'], isDone: ({ state }) => state === 'draft' },
  archive: { from: ['draft', 'closed'], isDone: ({ state }) => state === 'archived' },
} as const satisfies Record<string, Rule>;

export type PollAct = keyof typeof ACTS;

/** The outcome of an action on a poll in its state. */
export function outcomeOf(act: PollAct, poll: PollContent): 'changes' | 'holds already' | 'refused' {
  const { from, isDone }: Rule = ACTS[act];
  if (isDone(poll)) return 'holds already';
  return from.includes(poll.state) ? 'changes' : 'refused';
}

/** Whether the time of an open poll is over; ballots no longer count, even before it was closed. */
export function isOverdue({ state, endsAt }: PollContent, now: Date): boolean {
  return state === 'open' && endsAt !== undefined && new Date(endsAt) <= now;
}

/** Whether the projector may show a poll, or its result: only what the whole audience may see. */
export function isForScreen(kind: 'poll' | 'result', poll: PollContent): boolean {
  const isSeen = poll.state === 'open' || poll.state === 'closed';
  return isSeen && (kind === 'poll' || isResultPublic(poll));
}

/** To everybody else neither the session nor its polls exist. */
export function belongsTo(actor: ActorContext, place: PollPlace): boolean {
  return roleIn(actor, place) !== null;
}

/** Why a participant may give no ballot; null when they may. */
export function refuseAnswering(actor: ActorContext, place: PollPlace, guests: GuestsMode): ErrorCode | null {
  if (isMuted(actor, place.eventId)) return 'actor.muted';
  return refuseTakingPart(actor, place, guests);
}

export function canModerate(actor: ActorContext, place: PollPlace): boolean {
  return isAtLeast(actor, 'moderator', place);
}
