import type { Mine } from '#libs/contract/feed';
import type { Poll } from '#libs/contract/poll';
import { isAnswerable } from './ballot-rules.js';

/** A round of a poll. */
export const roundKey = ({ id, round }: Pick<Poll, 'id' | 'round'>) => `${id}/${round}`;

/** Dismissed before, and about to close. */
export const lastCallKey = (poll: Pick<Poll, 'id' | 'round'>) => `${roundKey(poll)}/closing`;

export interface CalledPoll {
  readonly poll: Poll;
  /** The call of a round in its last seconds, which is dismissed separately. */
  readonly isLastCall: boolean;
}

/**
 * The poll to call for: of the open ones that were neither answered nor dismissed, the one that opened last. A dismissed one calls once
 * more when it is about to close.
 */
export function pollToAnswer(
  polls: readonly Poll[],
  ballots: Mine['ballots'],
  putOff: readonly string[],
  closing: readonly Poll[] = [],
): CalledPoll | undefined {
  const unanswered = polls
    .filter((poll) => poll.state === 'open' && isAnswerable(poll) && !ballots[poll.id])
    .sort((a, b) => (b.openedAt ?? '').localeCompare(a.openedAt ?? ''));
  const called = unanswered.find((poll) => !putOff.includes(roundKey(poll)));
  if (called) return { poll: called, isLastCall: false };
  const last = unanswered.find((poll) => closing.includes(poll) && !putOff.includes(lastCallKey(poll)));
  return last && { poll: last, isLastCall: true };
}
