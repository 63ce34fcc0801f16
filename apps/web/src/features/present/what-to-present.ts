import type { Snapshot } from '#libs/contract/feed';
import type { Poll } from '#libs/contract/poll';
import type { Question } from '#libs/contract/question';

/** The one thing on the wall. */
export type Presented =
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'poll'; readonly poll: Poll }
  | { readonly kind: 'waiting' };

type Candidate = Presented & { readonly at: string };

/**
 * What the last act of a moderator asked for: a question put on screen, a poll opened, results shown. A question on screen stays until
 * it is answered or a later poll takes its place; results go with the next act and never come back by themselves.
 */
export function whatToPresent({ questions, polls }: Pick<Snapshot, 'questions' | 'polls'>): Presented {
  const results = polls.filter(({ state, tally }) => state === 'closed' && tally).map(ofResult);
  const hidden = polls.filter(({ state, tally }) => state === 'closed' && !tally).map(({ closedAt }) => closedAt ?? '');
  const over = latest([...questions.map(({ answeredAt }) => answeredAt ?? ''), ...hidden]);
  const candidates = [
    ...questions.filter(({ state }) => state === 'live').map(ofQuestion),
    ...polls.filter(({ state }) => state === 'open').map(ofOpenPoll),
    ...results.filter(({ at }) => at > over),
  ];
  const newest = candidates.reduce<Candidate | null>((best, one) => (best && best.at >= one.at ? best : one), null);
  return newest ?? { kind: 'waiting' };
}

const latest = (instants: readonly string[]) => instants.reduce((a, b) => (a > b ? a : b), '');

const ofQuestion = (question: Question): Candidate => ({
  kind: 'question',
  question,
  at: question.liveAt ?? question.askedAt,
});

const ofOpenPoll = (poll: Poll): Candidate => ({ kind: 'poll', poll, at: poll.openedAt ?? '' });

const ofResult = (poll: Poll): Candidate => ({
  kind: 'poll',
  poll,
  at: latest([poll.closedAt ?? '', poll.publishedAt ?? '']),
});
