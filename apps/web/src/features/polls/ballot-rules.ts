import type { Ballot, Poll } from '#libs/contract/poll';
import { isOffered } from '#libs/domain/poll-states';

/** Whether this app can answer polls of a type. */
export function isAnswerable({ type }: Pick<Poll, 'type'>): boolean {
  return isOffered(type);
}

/** The number of choices that a poll requires. */
export function choiceBounds({ type, min, max, options }: Pick<Poll, 'type' | 'min' | 'max' | 'options'>) {
  if (type === 'single') return { min: 1, max: 1 };
  const most = Math.min(max ?? options.length, options.length);
  return { min: Math.min(Math.max(1, min ?? 1), most), max: most };
}

/** Why the chosen options are not a ballot yet. */
export function ballotProblem(
  poll: Pick<Poll, 'type' | 'min' | 'max' | 'options'>,
  chosen: readonly string[],
): 'too-few' | 'too-many' | null {
  const { min, max } = choiceBounds(poll);
  if (chosen.length < min) return 'too-few';
  return chosen.length > max ? 'too-many' : null;
}

/** The ballot of the chosen options: a rating is the number of its step. */
export function ballotOf(poll: Pick<Poll, 'type' | 'min' | 'options'>, chosen: readonly string[]): Ballot {
  if (poll.type !== 'rating') return { choices: [...chosen] };
  return { rating: (poll.min ?? 1) + poll.options.findIndex(({ id }) => id === chosen[0]) };
}

/** The options of a ballot that was given. */
export function chosenIn(poll: Pick<Poll, 'min' | 'options'>, ballot: Ballot | undefined): string[] {
  if (ballot?.rating !== undefined)
    return poll.options
      .slice(ballot.rating - (poll.min ?? 1))
      .slice(0, 1)
      .map(({ id }) => id);
  return ballot?.choices ?? [];
}
