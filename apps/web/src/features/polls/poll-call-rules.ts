import type { Mine } from '#libs/contract/feed';
import type { Poll } from '#libs/contract/poll';
import { isAnswerable } from './ballot-rules.js';

/** A round of a poll. */
export const roundKey = ({ id, round }: Pick<Poll, 'id' | 'round'>) => `${id}/${round}`;

/** The poll that calls for an answer: of the open ones that were neither answered nor put off, the one that opened last. */
export function pollToAnswer(
  polls: readonly Poll[],
  ballots: Mine['ballots'],
  putOff: readonly string[],
): Poll | undefined {
  return polls
    .filter(
      (poll) => poll.state === 'open' && isAnswerable(poll) && !ballots[poll.id] && !putOff.includes(roundKey(poll)),
    )
    .sort((a, b) => (b.openedAt ?? '').localeCompare(a.openedAt ?? ''))[0];
}
