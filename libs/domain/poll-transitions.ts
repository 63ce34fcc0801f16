import type { PollState } from './poll-states.js';

interface PollFacts {
  readonly state: PollState;
  readonly published: boolean;
}
interface Transition {
  /** The states in which the act changes something. */
  readonly from: readonly PollState[];
  /** Whether it holds already, so that doing it again changes nothing. */
  readonly isDone: (poll: PollFacts) => boolean;
}

/** The life of a poll. A closed poll never opens again: reset starts a new round, and an archived one stays archived. */
const TRANSITIONS = {
  open: { from: ['draft'], isDone: ({ state }) => state === 'open' },
  close: { from: ['open'], isDone: ({ state }) => state === 'closed' },
  publish: { from: ['open', 'closed'], isDone: ({ published }) => published },
  unpublish: { from: ['open', 'closed'], isDone: ({ published }) => !published },
  reset: { from: ['open', 'closed'], isDone: ({ state }) => state === 'draft' },
  archive: { from: ['draft', 'closed'], isDone: ({ state }) => state === 'archived' },
} as const satisfies Record<string, Transition>;

export type PollAct = keyof typeof TRANSITIONS;

/** What an act comes to on a poll as it is. */
export function outcomeOf(act: PollAct, poll: PollFacts): 'changes' | 'holds already' | 'refused' {
  const { from, isDone }: Transition = TRANSITIONS[act];
  if (isDone(poll)) return 'holds already';
  return from.includes(poll.state) ? 'changes' : 'refused';
}

/** Whether the time of an open poll is over: no ballot counts any more, even before a moderator closes it. */
export function isOverdue(
  { state, endsAt }: { readonly state: PollState; readonly endsAt?: string | undefined },
  now: Date,
): boolean {
  return state === 'open' && endsAt !== undefined && new Date(endsAt) <= now;
}
