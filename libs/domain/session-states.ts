/** Every state of a session. */
export const SESSION_STATES = ['scheduled', 'live', 'ended', 'cancelled'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** Every state of a session's questions and answers: `paused` takes no new questions, `closed` no votes either. */
export const QA_STATES = ['open', 'paused', 'closed'] as const;
export type QaState = (typeof QA_STATES)[number];

/** States of a session in which nothing more happens. */
export const OVER_STATES = ['ended', 'cancelled'] as const satisfies readonly SessionState[];
/** States of a session that takes place now or later. */
export const AHEAD_STATES = ['scheduled', 'live'] as const satisfies readonly SessionState[];

const OVER: ReadonlySet<SessionState> = new Set(OVER_STATES);

/** Whether nothing more happens in a session. */
export const isOver = (state: SessionState) => OVER.has(state);

const NEXT: Readonly<Record<SessionState, readonly SessionState[]>> = {
  scheduled: ['live', 'cancelled'],
  live: ['ended', 'cancelled'],
  ended: [],
  cancelled: ['scheduled'],
};

/** Whether a session may go from one state to another; staying where it is changes nothing and is always right. */
export function isTransition(from: SessionState, to: SessionState): boolean {
  return from === to || NEXT[from].includes(to);
}

/** How long after going live a session can be made scheduled again, in milliseconds. */
const TAKE_BACK_MS = 60_000;

/** Whether going live is taken back: a click too early is no beginning. */
export function isTakingBack(
  { state, liveAt }: { readonly state: SessionState; readonly liveAt: Date | null },
  to: SessionState,
  now: Date,
): boolean {
  return state === 'live' && to === 'scheduled' && liveAt !== null && now.getTime() - liveAt.getTime() <= TAKE_BACK_MS;
}
