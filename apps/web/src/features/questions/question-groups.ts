import { rankQuestions } from '#libs/client/ranking';
import type { Question } from '#libs/contract/question';

export interface QuestionGroups {
  /** The one being answered. */
  readonly now: Question | undefined;
  readonly ranked: readonly Question[];
  /** The newest answer first. */
  readonly answered: readonly Question[];
}

const ANSWERED = new Set<Question['state']>(['answered', 'archived']);

/** What the audience sees of the questions, each in its place. */
export function groupQuestions(questions: readonly Question[]): QuestionGroups {
  return {
    now: questions.find(({ state }) => state === 'live'),
    ranked: rankQuestions(questions.filter(({ state }) => state === 'approved')),
    answered: questions
      .filter(({ state }) => ANSWERED.has(state))
      .sort((a, b) => (b.answeredAt ?? b.askedAt).localeCompare(a.answeredAt ?? a.askedAt)),
  };
}

/** Own questions that are not in the list; what was withdrawn is gone for its author too. */
export function ownUnlisted(own: readonly Question[]): Question[] {
  return own.filter(({ state }) => state !== 'withdrawn').sort((a, b) => b.askedAt.localeCompare(a.askedAt));
}
