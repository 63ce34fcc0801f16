import type { Question } from '#libs/contract/question';
import { isAnswered, isVotable } from '#libs/domain/question-states';
import { orderQuestions, type QuestionOrder } from './question-order.js';

export interface QuestionGroups {
  /** Questions that can be supported, including the one that is being answered. */
  readonly ranked: readonly Question[];
  /** The newest answer first. */
  readonly answered: readonly Question[];
}

/** The questions that the audience sees, by group. */
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

/** Own questions that are not in the list; a withdrawn one is removed for its author too. */
export function ownUnlisted(own: readonly Question[]): Question[] {
  return own.filter(({ state }) => state !== 'withdrawn').sort((a, b) => b.askedAt.localeCompare(a.askedAt));
}
