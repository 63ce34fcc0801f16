import { foldText } from '#libs/contract/fold';
import type { Question } from '#libs/contract/question';
import { isVotable } from '#libs/domain/question-states';

/** Two questions with at least this share of common words may ask the same. */
const ALIKE = 0.4;
/** An unfinished question is incomplete: less may be in common, but no single word makes it similar. */
const ALIKE_SO_FAR = 0.25;
const COMMON_SO_FAR = 2;

/** The public questions that may ask the same as a pending one, the most similar first. */
export function similarTo(question: Question, questions: readonly Question[]): readonly Question[] {
  const words = wordsOf(question.text);
  const others = visible(questions).filter(({ id }) => id !== question.id);
  return mostAlike(others, (other) => likenessOf(words, wordsOf(other.text)), ALIKE).slice(0, 2);
}

/** Possible duplicates of a text that is being written: the same text, then the most similar; three at most. */
export function alreadyAsked(text: string, questions: readonly Question[]): readonly Question[] {
  const words = wordsOf(text);
  const key = allWordsOf(text).join(' ');
  if (key === '') return [];
  const likeness = (other: Question) => {
    if (allWordsOf(other.text).join(' ') === key) return 1;
    const otherWords = wordsOf(other.text);
    return countCommon(words, otherWords) < COMMON_SO_FAR ? 0 : likenessOf(words, otherWords);
  };
  return mostAlike(visible(questions), likeness, ALIKE_SO_FAR).slice(0, 3);
}

const visible = (questions: readonly Question[]) => questions.filter(({ state }) => isVotable(state));

function mostAlike(
  others: readonly Question[],
  likeness: (other: Question) => number,
  atLeast: number,
): readonly Question[] {
  return others
    .map((other) => ({ other, alike: likeness(other) }))
    .filter(({ alike }) => alike >= atLeast)
    .sort((a, b) => b.alike - a.alike)
    .map(({ other }) => other);
}

const allWordsOf = (text: string) => foldText(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Short words carry little meaning. */
const wordsOf = (text: string): ReadonlySet<string> => new Set(allWordsOf(text).filter((word) => word.length > 3));

const countCommon = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...one].filter((word) => other.has(word)).length;

/** The Jaccard index: common words as a share of all. */
function likenessOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = countCommon(one, other);
  return common === 0 ? 0 : common / (one.size + other.size - common);
}
