import type { Question } from '#libs/contract/question';

/** The order of questions everywhere: pinned, then score, then the oldest, then id. Returns a new list. */
export function rankQuestions<Q extends Pick<Question, 'id' | 'pinned' | 'score' | 'askedAt'>>(
  questions: readonly Q[],
): Q[] {
  return [...questions].sort(
    (a, b) =>
      Number(b.pinned) - Number(a.pinned) || b.score - a.score || compare(a.askedAt, b.askedAt) || compare(a.id, b.id),
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
