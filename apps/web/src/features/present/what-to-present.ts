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
 * What the last act of a moderator asked for: a question put on screen, a poll opened, results shown. Once it is answered or taken
 * away the wall waits, and nothing older comes back by itself.
 */
export function whatToPresent({ questions, polls }: Pick<Snapshot, 'questions' | 'polls'>): Presented {
  const candidates = [...questions.flatMap(ofQuestion), ...polls.flatMap(ofPoll)];
  const newest = candidates.reduce<Candidate | null>((best, one) => (best && best.at >= one.at ? best : one), null);
  return newest ?? { kind: 'waiting' };
}

function ofQuestion(question: Question): Candidate[] {
  if (question.state === 'live') return [{ kind: 'question', question, at: question.liveAt ?? question.askedAt }];
  return question.answeredAt ? [{ kind: 'waiting', at: question.answeredAt }] : [];
}

function ofPoll(poll: Poll): Candidate[] {
  if (poll.state === 'open') return [{ kind: 'poll', poll, at: poll.openedAt ?? '' }];
  if (poll.state !== 'closed') return [];
  const closedAt = poll.closedAt ?? '';
  if (!poll.tally) return [{ kind: 'waiting', at: closedAt }];
  const publishedAt = poll.publishedAt ?? '';
  return [{ kind: 'poll', poll, at: publishedAt > closedAt ? publishedAt : closedAt }];
}
