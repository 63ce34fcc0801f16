import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DOORS, SEATS } from './who.js';

/** The one table of expected answers: people read it as it is, the test reads it from there. */
const PAGE = fileURLToPath(new URL('../../../../docs/AUTHORISATION.md', import.meta.url));
const HEADS = {
  calls: ['call', 'on what', 'door', ...SEATS],
  doors: ['door', ...DOORS],
  signs: ['sign', 'answer', 'which says'],
};
/** Abbreviations of codes in the table, so that a row fits a screen. */
const CODES = new Map(readTable(HEADS.signs).map(([sign = '', code = '']) => [sign, code]));
const SIGNS = new Map([...CODES].map(([sign, code]) => [code, sign]));

/** Answers by column: `ok`, or the code of the refusal. */
export type Answers = Readonly<Record<string, string>>;

/** One line of the table. */
export interface Row {
  readonly call: string;
  readonly on: string;
  readonly door: string;
  readonly answers: Answers;
}

export const keyOf = ({ call, on }: Pick<Row, 'call' | 'on'>) => `${call} | ${on}`;

/** The expected responses of every call. */
export function readRows(): Row[] {
  return readTable(HEADS.calls).map(([call = '', on = '', door = '', ...answers]) => {
    return { call, on, door, answers: named(SEATS, answers) };
  });
}

/** The refusal of each kind of access for the others. */
export function readDoors(): Map<string, Answers> {
  return new Map(readTable(HEADS.doors).map(([door = '', ...answers]) => [door, named(DOORS, answers)]));
}

/** A row as the page has it, for a failing test to show. */
export function lineOf({ call, on, door, answers }: Row): string {
  return `| ${[call, on, door, ...SEATS.map((seat) => shortOf(answers[seat]))].join(' | ')} |`;
}

/** Replaces the existing rows with these, in aligned columns. */
export function writeRows(rows: readonly Row[]): void {
  const cells = [HEADS.calls, ...rows.map((row) => cellsOf(lineOf(row)))];
  const widths = HEADS.calls.map((_, place) => Math.max(...cells.map((line) => line[place]!.length)));
  const lines = cells.map((line) => `| ${line.map((cell, place) => cell.padEnd(widths[place]!)).join(' | ')} |`);
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  const { text, start, end } = find(HEADS.calls);
  writeFileSync(PAGE, [...text.slice(0, start), ...lines, ...text.slice(end)].join('\n'));
}

function readTable(heads: readonly string[]): string[][] {
  const { text, start, end } = find(heads);
  return text.slice(start + 2, end).map(cellsOf);
}

/** Where the table with these heads stands among the lines of the page. */
function find(heads: readonly string[]) {
  const text = readFileSync(PAGE, 'utf8').split('\n');
  const start = text.findIndex((line) => line.startsWith('|') && cellsOf(line).join() === heads.join());
  if (start < 0) throw new Error(`docs/AUTHORISATION.md has no table with the heads ${heads.join(', ')}`);
  const length = text.slice(start).findIndex((line) => !line.startsWith('|'));
  return { text, start, end: start + length };
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

const named = (columns: readonly string[], cells: readonly string[]): Answers =>
  Object.fromEntries(columns.map((column, place) => [column, CODES.get(cells[place] ?? '') ?? cells[place] ?? '']));
const shortOf = (code = '') => SIGNS.get(code) ?? code;
