import { rankQuestions } from '#libs/client/ranking';
import type { Poll } from '#libs/contract/poll';
import { isResultPublic } from '#libs/domain/poll-result';
import type { Session } from '#libs/contract/programme';
import type { Question } from '#libs/contract/question';
import type { Screen } from '#libs/contract/screen';
import { isListed } from '#libs/domain/question-states';
import { isPollShown } from '#libs/domain/poll-states';

/** The content of a projector: the chosen screen with its question or poll. */
export type Projection =
  | { readonly kind: 'title' | 'nothing' }
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'poll' | 'result'; readonly poll: Poll }
  | { readonly kind: 'top'; readonly questions: readonly Question[] };

interface Seen {
  readonly questions: readonly Question[];
  readonly polls: readonly Poll[];
}

/** As many as are readable from the last row. */
const TOP = 5;

/** The audience's part of what a moderator sees: the projector must never show more, also on the desk. */
export function asAudience({ questions, polls }: Seen): Seen {
  return {
    questions: questions
      .filter(({ state }) => isListed(state))
      .map((question) => (question.anonymous ? { ...question, author: null } : question)),
    polls: polls
      .filter(({ state }) => isPollShown(state))
      .map((poll) => (isResultPublic(poll) ? poll : withoutTally(poll))),
  };
}

/** The content of the session's screen; the title where its question or poll is not visible. */
export function project(session: Pick<Session, 'screen'>, { questions, polls }: Seen): Projection {
  const screen: Screen = session.screen ?? { kind: 'title' };
  switch (screen.kind) {
    case 'question': {
      const question = questions.find(({ id }) => id === screen.questionId);
      return question ? { kind: 'question', question } : { kind: 'title' };
    }
    case 'poll':
    case 'result': {
      const poll = polls.find(({ id }) => id === screen.pollId);
      return poll ? { kind: screen.kind, poll: screen.kind === 'result' ? poll : asAsked(poll) } : { kind: 'title' };
    }
    case 'top':
      return { kind: 'top', questions: mostSupported(questions) };
    case 'title':
    case 'nothing':
      return { kind: screen.kind };
  }
}

/** A poll that closes does not show its result on the projector; live and published results were chosen to be shown. */
function asAsked(poll: Poll): Poll {
  return poll.results === 'live' || poll.published ? poll : withoutTally(poll);
}

function withoutTally({ tally: _, ...poll }: Poll): Poll {
  return poll;
}

function mostSupported(questions: readonly Question[]): Question[] {
  const open = questions.filter(({ state }) => state === 'approved').map((one) => ({ ...one, pinned: false }));
  return rankQuestions(open).slice(0, TOP);
}
