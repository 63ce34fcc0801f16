import type { Question } from '#libs/contract/question';
import { isAnswered, isVotable } from '#libs/domain/question-states';
import { orderQuestions, type QuestionOrder } from './question-order.js';

export interface QuestionGroups {
  /** Those that can be supported, the one that is being answered among them. */
  readonly ranked: readonly Question[];
  /** The newest answer first. */
  readonly answered: readonly Question[];
}

/** What the audience sees of the questions, each in its place. */
export function groupQuestions(questions: readonly Question[], order: QuestionOrder = 'supported'): QuestionGroups {
  return {
    ranked: orderQuestions(
      questions.filter(({ state }) => isVotable(state)),
      order,
    ),
    answered: questions
      .filter(({ state }) => isAnswered(state))
      .sort((a, b) => (b.answeredAt ?? b.askedAt).localeCompare(a.answeredAt ?? a.askedAt)),
  };
}

/** Own questions that are not in the list; what was withdrawn is gone for its author too. */
export function ownUnlisted(own: readonly Question[]): Question[] {
  return own.filter(({ state }) => state !== 'withdrawn').sort((a, b) => b.askedAt.localeCompare(a.askedAt));
}
