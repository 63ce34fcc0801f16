import type { Poll, Tally } from '#libs/contract/poll';
import { isPollShown } from '#libs/domain/poll-states';

export interface ResultRow {
  readonly id: string;
  readonly text: string;
  readonly count: number;
  /** 0 to 1, of all ballots. */
  readonly share: number;
}

/** The results of a poll in the order of its options; shares are of the people who answered. */
export function resultRows({ options }: Pick<Poll, 'options'>, { ballots, counts }: Tally): ResultRow[] {
  const countOf = new Map(counts);
  return options.map(({ id, text }) => {
    const count = countOf.get(id) ?? 0;
    return { id, text, count, share: ballots > 0 ? count / ballots : 0 };
  });
}

/** The mean of a rating; undefined without answers. */
export function meanRating({ options, min = 1 }: Pick<Poll, 'options' | 'min'>, { counts }: Tally): number | undefined {
  const countOf = new Map(counts);
  const ballots = options.reduce((sum, { id }) => sum + (countOf.get(id) ?? 0), 0);
  const sum = options.reduce((total, { id }, step) => total + (min + step) * (countOf.get(id) ?? 0), 0);
  return ballots > 0 ? sum / ballots : undefined;
}

/** Open ones first, the newest on top; then the closed ones, the last closed on top. */
export function orderPolls(polls: readonly Poll[]): Poll[] {
  const rank = ({ state }: Poll) => (state === 'open' ? 0 : 1);
  const moment = ({ closedAt, openedAt, state }: Poll) => (state === 'open' ? openedAt : (closedAt ?? openedAt)) ?? '';
  return polls
    .filter(({ state }) => isPollShown(state))
    .sort((a, b) => rank(a) - rank(b) || moment(b).localeCompare(moment(a)));
}
