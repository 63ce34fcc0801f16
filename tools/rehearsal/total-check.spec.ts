import { checkTotals } from './total-check.js';

describe('final totals', () => {
  const questionIds = ['one', 'two'];
  const state = (...scores: number[]) => ({ questions: scores.map((score, at) => ({ id: questionIds[at]!, score })) });
  /** Two people × two questions: 1 set, 2 taken back, 3 unknown. */
  const reports = (finals: number[], duplicates = 0) => [{ finals: Uint8Array.from(finals), duplicates }];
  const check = (before: number[], after: number[], finals: number[], duplicates = 0) =>
    checkTotals({
      before: state(...before),
      after: state(...after),
      questionIds,
      reports: reports(finals, duplicates),
    });

  it('tell what is lost and what is doubled (LOAD-5)', () => {
    expect(check([5, 0], [7, 1], [1, 0, 1, 1])).toEqual({ lost: 0, doubled: 0 });
    expect(check([5, 0], [6, 1], [1, 0, 1, 1])).toEqual({ lost: 1, doubled: 0 });
    expect(check([5, 0], [8, 1], [1, 0, 1, 1])).toEqual({ lost: 0, doubled: 1 });
  });

  it('leave room for what is unknown, and for votes that were there before', () => {
    expect(check([0, 0], [1, 0], [1, 0, 3, 0])).toEqual({ lost: 0, doubled: 0 });
    expect(check([2, 0], [2, 0], [1, 0, 1, 0], 2)).toEqual({ lost: 0, doubled: 0 });
  });
});
