/** Needs no zod: the web's first load imports it. */

/**
 * Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic. Not the marks of Indic scripts: those are vowels. Not the stroke
 * through a symbol (U+0338): `≠` differs from `=`.
 */
const ACCENTS =
  /[\u0300-\u0337\u0339-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]|\u0640/g;
/** Soft hyphens, zero-width, bidi and variation characters: they are invisible, so they must not distinguish words. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** Letters with another spelling that have no accent to remove. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ĸ: 'k',
  ı: 'i',
  ȷ: 'j',
  ə: 'e',
  ς: 'σ',
};
const PLAIN_LETTERS = /[ßæœøłđðþħŧŋĸıȷəς]/g;

/**
 * A text without the differences that people do not mean: case, accents, letters that only some keyboards have, width, invisible
 * characters. `Łódź` becomes `lodz`. The only function for search, repeated questions and blocked words, on both sides.
 */
export function foldText(text: string): string {
  const bare = text.normalize('NFKD').replace(INVISIBLE, '').replace(ACCENTS, '').toLowerCase();
  return bare
    .replace(ACCENTS, '')
    .replace(PLAIN_LETTERS, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFC');
}
