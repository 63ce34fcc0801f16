import { expect, it } from '@jest/globals';
import { faultTable } from './fault-table.js';

const outcome = (seed: number, overrides: object = {}) => ({
  fault: 'F5',
  title: 'Redis killed',
  seed,
  sent: 10,
  acknowledged: 8,
  refused: 1,
  unknown: 1,
  lost: 0,
  doubled: 0,
  converged: 100 * seed,
  took: 4_000,
  problems: [] as string[],
  ...overrides,
});
const cells = (table: string, row: number) =>
  table
    .split('\n')
    [row + 2]!.split('|')
    .map((cell) => cell.trim())
    .filter(Boolean);

it('adds up the seeds of a fault and says how long converging took, at most too', () => {
  const table = faultTable([outcome(1), outcome(2), outcome(3)]);
  expect(cells(table, 0)).toEqual([
    'F5',
    'Redis killed',
    '3',
    '30',
    '24',
    '3',
    '3',
    '0',
    '0',
    '0.20 s, at most 0.30 s',
    '4.00 s',
    'passed',
  ]);
});

it('names the seeds that failed and tells a hub that never converged', () => {
  const failed = outcome(2, { lost: 1, converged: null, problems: ['lost: a vote'] });
  expect(cells(faultTable([outcome(1), failed]), 0).slice(-3)).toEqual([
    'never, at most never',
    '4.00 s',
    'failed with 2',
  ]);
});

it('orders faults by number', () => {
  const table = faultTable([outcome(1, { fault: 'F10' }), outcome(1, { fault: 'F9' })]);
  expect([cells(table, 0)[0], cells(table, 1)[0]]).toEqual(['F9', 'F10']);
});
