import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { id, instant, languageTag, plainText, slug } from '#libs/contract/text';
import { hasBlockedWord, textKey } from '../../../apps/api/src/questions/asking/question-text.js';
import { toSlug } from '../../../apps/api/src/programme/import/values.js';

/** A text that is repeated to make a pattern backtrack. */
const PUMPS = [
  'a',
  'A',
  '0',
  '-',
  'a-',
  '-a',
  ' ',
  '\n',
  '\r',
  '\t',
  ',',
  ';',
  '/',
  ':',
  '.',
  '=',
  '"',
  '<',
  '&',
  '%',
  '_',
  'é',
  '\u0301',
  '\u200b',
  '👩‍🚀',
  '字',
  'q=',
  ', ',
];
const ENDS = ['!', '\u0000', ''];
const LENGTH = { short: 4_000, long: 32_000 };
/** Eight times the text may take a little more than eight times as long; a quadratic pattern takes 64 times, and more. */
const GROWTH = 24;
/** In ms; a quadratic pattern takes half a second for the long text. */
const QUICK = 100;

const FOLDERS = ['libs', 'apps/api/src', 'apps/web/src'];
const patterns = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((file) => /\.tsx?$/.test(file) && !/\.spec\.tsx?$/.test(file))
    .flatMap(patternsIn),
);

/** Every regular expression that is written in a file; `new RegExp` makes others, and is not used. */
function patternsIn(file: string): [place: string, pattern: RegExp][] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: [string, RegExp][] = [];
  const look = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push([file, toPattern(node.text)]);
    if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp')
      throw new Error(`${file} makes a pattern of text: test it here`);
    node.forEachChild(look);
  };
  look(source);
  return found;
}

function toPattern(literal: string): RegExp {
  const end = literal.lastIndexOf('/');
  return new RegExp(literal.slice(1, end), literal.slice(end + 1));
}

/** The best of three, in ms: whatever else runs on this machine only makes it longer. */
function time(work: () => unknown): number {
  const times = [0, 1, 2].map(() => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return Math.min(...times);
}

/** The texts for which this takes more than its share of time, of all that are tried. */
function slowTexts(use: (text: string) => unknown): string[] {
  return PUMPS.flatMap((pump) => ENDS.map((end) => [pump, end] as const))
    .filter(([pump, end]) => {
      const text = (length: number) => `${pump.repeat(Math.ceil(length / pump.length))}${end}`;
      const long = text(LENGTH.long);
      const began = performance.now();
      use(long);
      if (performance.now() - began < QUICK) return false;
      const short = text(LENGTH.short);
      return time(() => use(long)) > Math.max(QUICK, GROWTH * time(() => use(short)));
    })
    .map(([pump, end]) => JSON.stringify([pump, end]));
}

describe('no text makes slow', () => {
  it.each(patterns)('what is matched in %s with %s (SEC-45)', (_, pattern) => {
    expect(slowTexts((text) => text.replace(pattern, ''))).toEqual([]);
  });

  it.each<[string, (text: string) => unknown]>([
    ['the contract’s ids', (text) => id.safeParse(text)],
    ['its slugs', (text) => slug.safeParse(text)],
    ['its languages', (text) => languageTag.safeParse(text)],
    ['its instants', (text) => instant.safeParse(`2026-01-01T00:00:00.${text}`)],
    ['its texts', (text) => plainText(32_000).safeParse(text)],
    ['the search for repeated questions', textKey],
    ['the search for blocked words', (text) => hasBlockedWord(text, [text.slice(0, 60), 'b', '字'])],
    ['slugs of imported titles', toSlug],
  ])('%s (SEC-45)', (_, use) => {
    expect(slowTexts(use)).toEqual([]);
  });
});
