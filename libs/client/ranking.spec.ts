import fc from 'fast-check';
import { aQuestion } from '../../test/support/records/feed-shapes.js';
import { rankQuestions } from './ranking.js';

describe('ranking questions', () => {
  it('puts pinned first, then the higher score, then the older, then the lower id', () => {
    const [early, late] = ['2026-11-23T10:00:00.000Z', '2026-11-23T10:05:00.000Z'];
    const ranked = [
      aQuestion({ id: 'pinned', pinned: true, score: 1 }),
      aQuestion({ id: 'loved', score: 9, askedAt: late }),
      aQuestion({ id: 'a', score: 2, askedAt: early }),
      aQuestion({ id: 'b', score: 2, askedAt: early }),
      aQuestion({ id: 'recent', score: 2, askedAt: late }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(ranked, { minLength: 5 }), (shuffled) => {
        expect(rankQuestions(shuffled)).toEqual(ranked);
      }),
    );
  });

  it('leaves the given list alone', () => {
    const questions = Object.freeze([aQuestion({ score: 1 }), aQuestion({ score: 2 })]);
    expect(rankQuestions(questions)).not.toBe(questions);
  });
});
