import type { Question } from '#libs/contract/question';
import { rankQuestions } from '#libs/client/ranking';

export const QUESTION_ORDERS = ['supported', 'newest'] as const;
export type QuestionOrder = (typeof QUESTION_ORDERS)[number];

/** Most supported first, as everywhere, or the newest first, so that late questions are seen too; pinned ones lead both. */
export function orderQuestions(questions: readonly Question[], order: QuestionOrder): Question[] {
  const ranked = rankQuestions(questions);
  if (order === 'supported') return ranked;
  return ranked.sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.askedAt.localeCompare(a.askedAt));
}
