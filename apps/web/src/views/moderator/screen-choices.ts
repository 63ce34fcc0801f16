import type { Poll } from '#libs/contract/poll';
import { isResultPublic } from '#libs/domain/poll-result';
import type { Question } from '#libs/contract/question';
import type { Screen, ScreenKind } from '#libs/contract/screen';
import { isPollShown } from '#libs/domain/poll-states';

/** In the order of their keys, 1 to 6. */
export const SCREEN_KINDS = ['question', 'poll', 'result', 'top', 'title', 'nothing'] as const satisfies ScreenKind[];

interface Choosable {
  readonly questions: readonly Question[];
  readonly polls: readonly Poll[];
}

/** What each choice would put on the projector now; null where there is nothing of its kind. A poll that is shown stays the choice. */
export function screenChoices(shown: Screen, { questions, polls }: Choosable): Record<ScreenKind, Screen | null> {
  const live = questions.find(({ state }) => state === 'live');
  const seen = [...polls].filter(isSeen).sort(byInterest(shown));
  const result = seen.filter(isResultPublic)[0];
  return {
    question: live ? { kind: 'question', questionId: live.id } : null,
    poll: seen[0] ? { kind: 'poll', pollId: seen[0].id } : null,
    result: result ? { kind: 'result', pollId: result.id } : null,
    top: { kind: 'top' },
    title: { kind: 'title' },
    nothing: { kind: 'nothing' },
  };
}

/** What can be put on the projector of one poll, its result only where the audience may see it. */
export function screenOfPoll(poll: Poll): Screen | null {
  if (!isSeen(poll)) return null;
  return { kind: poll.state === 'closed' && isResultPublic(poll) ? 'result' : 'poll', pollId: poll.id };
}

const isSeen = ({ state }: Poll) => isPollShown(state);

/** The poll on the projector first, then open ones, then what was opened last. */
const byInterest = (shown: Screen) => (a: Poll, b: Poll) => rank(shown, b) - rank(shown, a) || later(a, b);

function rank(shown: Screen, { id, state }: Poll): number {
  const isShown = (shown.kind === 'poll' || shown.kind === 'result') && shown.pollId === id;
  return (isShown ? 2 : 0) + (state === 'open' ? 1 : 0);
}

const later = (a: Poll, b: Poll) => (b.openedAt ?? '').localeCompare(a.openedAt ?? '');
