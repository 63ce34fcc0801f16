import { createHash } from 'node:crypto';

/** Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic. Not the marks of Indic scripts: those are vowels. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]|\u0640/g;
/** Soft hyphens, zero-width and bidi characters: nobody sees them, so they must not make a word another word. */
const INVISIBLE = /\p{Cf}/gu;
/** Letters that are written in another way but have no accent to take off. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
};
const WORDS = /[\p{L}\p{M}\p{N}]+/gu;
/** Words with the symbols that tell C++ from C#. */
const WORDS_AND_SYMBOLS = /[\p{L}\p{M}\p{N}\p{S}#@%&*]+/gu;
/** Scripts that put no spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
/** A btree entry must stay far below 2,704 bytes, and one character can fold to 18. */
const KEY_LENGTH = 600;

/** A text without the differences that people do not mean: case, accents, width, invisible characters. */
function fold(text: string): string {
  const bare = text.normalize('NFKD').replace(INVISIBLE, '').replace(ACCENTS, '').toLowerCase();
  return bare
    .replace(ACCENTS, '')
    .replace(/[ßæœøłđðþıς]/g, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFC');
}

/** What two texts have in common when one repeats the other: `Who  pays?` and `who pays`. */
export function textKey(text: string): string {
  const folded = fold(text);
  const key = folded.match(WORDS_AND_SYMBOLS)?.join(' ') ?? folded.trim();
  return key.length <= KEY_LENGTH ? key : createHash('sha256').update(key).digest('base64url');
}

/** Whether a text has one of the blocked words: whole words, whatever their case and accents; phrases too. */
export function hasBlockedWord(text: string, blockedWords: readonly string[]): boolean {
  const folded = fold(text);
  const words = inSpaces(folded);
  return blockedWords.some((blocked) => {
    const wanted = fold(blocked).trim();
    if (wanted === '') return false;
    const isWhole = !UNSPACED.test(wanted) && wanted.match(WORDS) !== null;
    return isWhole ? words.includes(inSpaces(wanted)) : folded.includes(wanted);
  });
}

function inSpaces(folded: string): string {
  return ` ${(folded.match(WORDS) ?? []).join(' ')} `;
}
