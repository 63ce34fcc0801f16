import { rankQuestions } from '#libs/client/ranking';
import type { Question } from '#libs/contract/question';

/** More than this nobody on stage reads. */
const NEXT = 3;

/** The question on screen, and those that most people wait for. */
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
