import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, NAMESPACES } from '../testing/texts.js';
import { LANGUAGES } from './languages.js';

interface Avoided {
  readonly language: string;
  readonly word: string;
}

const page = readFileSync(join(process.cwd(), 'docs/GLOSSARY.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => /^\| (?!term)[a-z]/.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

/** The last column: `de: Session, Sitzung; nl: uitslag`. A note in brackets is for the reader. */
const avoided: readonly Avoided[] = rows.flatMap((cells) =>
  (cells[5] ?? '')
    .split(';')
    .filter((part) => part.includes(':'))
    .flatMap((part) => {
      const [language, words] = part.split(':').map((piece) => piece.trim()) as [string, string];
      return words
        .split(',')
        .filter((word) => !word.includes('('))
        .map((word) => ({ language, word: word.trim() }));
    }),
);

function textsOf(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  return Object.values(node as Record<string, unknown>).flatMap(textsOf);
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Whole words, in any case: “stream” is not in “streaming”. */
const has = (text: string, word: string) => new RegExp(`(?<!\\p{L})${escaped(word)}(?!\\p{L})`, 'iu').test(text);

describe('the glossary', () => {
  it('has about forty terms, each in every language (WEB-140)', () => {
    expect(rows.length).toBeGreaterThanOrEqual(40);
    expect(rows.filter((cells) => cells.slice(0, 5).some((cell) => cell === ''))).toEqual([]);
    expect(avoided.filter(({ language }) => !LANGUAGES.some((known) => known === language))).toEqual([]);
  });

  it.each(LANGUAGES)('is followed by the catalogues in %s (WEB-140)', (language) => {
    const texts = NAMESPACES.flatMap((namespace) => textsOf(catalogue(language, namespace)));
    const misused = avoided
      .filter((entry) => entry.language === language)
      .flatMap(({ word }) => texts.filter((text) => has(text, word)).map((text) => `${word}: ${text}`));
    expect(misused).toEqual([]);
  });
});
