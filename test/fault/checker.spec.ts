import { describe, expect, it } from '@jest/globals';
import { fallingVersions, judge } from './checker.js';
import { keyOf, type Outcome, type Write } from './ledger.js';

const KEY = keyOf('vote', 'ada', 'why');
const wrote = (wish: string | null, outcome: Outcome): Write => ({ key: KEY, wish, outcome });
const yes = [{ key: KEY, value: 'yes' }];
const NOTHING = { lost: [], doubled: [], invented: [] };

describe('judge', () => {
  it('is content when the last acknowledged wish is stored (G1)', () => {
    expect(judge([wrote('yes', 'acknowledged')], yes)).toEqual(NOTHING);
    expect(judge([wrote('yes', 'acknowledged'), wrote(null, 'acknowledged')], [])).toEqual(NOTHING);
    expect(judge([wrote(null, 'acknowledged'), wrote('yes', 'refused')], [])).toEqual(NOTHING);
  });

  it('finds an acknowledged write that is gone, and one that was taken back and is still there (G1)', () => {
    expect(judge([wrote('yes', 'acknowledged')], []).lost).toEqual([KEY]);
    expect(judge([wrote('yes', 'acknowledged'), wrote(null, 'acknowledged')], yes).lost).toEqual([KEY]);
  });

  it('finds an acknowledged change in whose place the older ballot stands (G1)', () => {
    expect(judge([wrote('a', 'acknowledged'), wrote('b', 'acknowledged')], [{ key: KEY, value: 'a' }]).lost).toEqual([
      KEY,
    ]);
  });

  it.each(['unknown', 'pending'] as const)('takes either for what stayed %s (G6)', (outcome) => {
    for (const rows of [yes, []]) expect(judge([wrote('yes', outcome)], rows)).toEqual(NOTHING);
    for (const rows of [yes, []])
      expect(judge([wrote('yes', 'acknowledged'), wrote(null, outcome)], rows)).toEqual(NOTHING);
  });

  it('lets no unknown wish excuse what was acknowledged after it (G1)', () => {
    expect(judge([wrote('yes', 'unknown'), wrote(null, 'acknowledged')], yes).lost).toEqual([KEY]);
  });

  it('finds what nobody sent, and what was refused and counted nevertheless (G6)', () => {
    expect(judge([], yes).invented).toEqual([KEY]);
    expect(judge([wrote('yes', 'refused')], yes).invented).toEqual([KEY]);
    expect(judge([wrote('a', 'acknowledged')], [{ key: KEY, value: 'z' }]).invented).toEqual([KEY]);
  });

  it('finds what is stored twice (G2)', () => {
    expect(judge([wrote('yes', 'acknowledged')], [...yes, ...yes, ...yes]).doubled).toEqual([KEY]);
  });
});

describe('fallingVersions', () => {
  it('is content with versions that rise, also over a replica that was thrown away (G4)', () => {
    expect(fallingVersions([0, 1, 2, 5, 0, 5, 6])).toEqual([]);
  });

  it('finds a version that goes back or stands still (G4)', () => {
    expect(fallingVersions([3, 2, 4])).toEqual([[3, 2]]);
    expect(fallingVersions([3, 0, 2, 2])).toEqual([
      [3, 2],
      [2, 2],
    ]);
  });
});
