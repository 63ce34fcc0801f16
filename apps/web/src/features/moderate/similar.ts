import { foldText } from '#libs/contract/fold';
import type { Question } from '#libs/contract/question';

/** Two questions with at least this share of common words may ask the same. */
const ALIKE = 0.4;
const MOST = 2;

/** The questions that everybody sees and that may ask the same as one that waits, the most alike first. */
export function similarTo(question: Question, questions: readonly Question[]): readonly Question[] {
  const words = wordsOf(question.text);
  return questions
    .filter(({ id, state }) => id !== question.id && (state === 'approved' || state === 'live'))
    .map((other) => ({ other, likeness: likenessOf(words, wordsOf(other.text)) }))
    .filter(({ likeness }) => likeness >= ALIKE)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, MOST)
    .map(({ other }) => other);
}

/** Short words say little of what is asked. */
function wordsOf(text: string): ReadonlySet<string> {
  return new Set(
    foldText(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 3),
  );
}

/** The Jaccard index: common words as a share of all. */
function likenessOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((word) => other.has(word)).length;
  return common === 0 ? 0 : common / (one.size + other.size - common);
}
