import { createHash } from 'node:crypto';
import { foldText } from '#libs/contract/fold';

const WORDS = /[\p{L}\p{M}\p{N}]+/gu;
/** Words with the symbols that distinguish C++ from C#. */
const WORDS_AND_SYMBOLS = /[\p{L}\p{M}\p{N}\p{S}#@%&*]+/gu;
/** Scripts without spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
/** A btree entry must stay far below 2,704 bytes, and one character can fold to 18. */
const KEY_LENGTH = 600;

/** Superscript digits are another number: 10² is not 102. */
const RAISED = /(?<=\p{N})[²³¹⁰⁴-⁹]/gu;
/** A hyphen or dash before a digit that follows no word is a minus sign, in any spelling. */
const MINUS = /(?<![\p{L}\p{M}\p{N}])[-\u2010-\u2013\u2212](?=[.,]?\p{N})/gu;
/** Punctuation with a meaning: not equal, per mille, a paragraph. */
const MEANING = /!(?==)|[‰‱§]/gu;

/** The signs of a text as symbols, which are part of its key. */
function withSigns(text: string): string {
  return text
    .replace(RAISED, (digit) => `^${digit}`)
    .replace(MINUS, '−')
    .replace(MEANING, (sign) => SIGNS[sign] ?? sign);
}
const SIGNS: Readonly<Record<string, string>> = { '!': '≠', '‰': '%0', '‱': '%00', '§': '&§' };

/** The key that is equal when one text repeats the other: `Who  pays?` and `who pays`. */
export function textKey(text: string): string {
  const folded = foldText(withSigns(text));
  const key = folded.match(WORDS_AND_SYMBOLS)?.join(' ') ?? folded.trim();
  return key.length <= KEY_LENGTH ? key : createHash('sha256').update(key).digest('base64url');
}

/** Whether a text contains one of the blocked words: whole words, regardless of case and accents; phrases too. */
export function hasBlockedWord(text: string, blockedWords: readonly string[]): boolean {
  const folded = foldText(text);
  const words = inSpaces(folded);
  return blockedWords.some((blocked) => {
    const wanted = foldText(blocked).trim();
    if (wanted === '') return false;
    const isWhole = !UNSPACED.test(wanted) && wanted.match(WORDS) !== null;
    return isWhole ? words.includes(inSpaces(wanted)) : folded.includes(wanted);
  });
}

function inSpaces(folded: string): string {
  return ` ${(folded.match(WORDS) ?? []).join(' ')} `;
}
