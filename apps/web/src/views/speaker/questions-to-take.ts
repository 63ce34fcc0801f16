import { rankQuestions } from '#libs/client/ranking';
import type { Question } from '#libs/contract/question';

/** More than this are not readable on stage. */
const NEXT = 3;

/** The live question, and the most supported ones. */
export function questionsToTake(questions: readonly Question[]): {
  now: Question | null;
  next: Question[];
  more: number;
} {
  const open = rankQuestions(questions.filter(({ state }) => state === 'approved'));
  return {
    now: questions.find(({ state }) => state === 'live') ?? null,
    next: open.slice(0, NEXT),
    more: Math.max(0, open.length - NEXT),
  };
}
