import type { QuestionState } from '#libs/domain/question-states';
import type { Question } from '#libs/contract/question';
import { questionsToTake } from './questions-to-take.js';

const question = (id: string, state: QuestionState, score: number, pinned = false): Question => ({
  id,
  n: 1,
  text: id,
  state,
  pinned,
  score,
  author: null,
  anonymous: false,
  askedAt: '2026-03-17T09:00:00.000Z',
});

describe('what a speaker sees (WEB-41)', () => {
  it('sets the question on screen apart from the next three, ranked', () => {
    const { now, next, more } = questionsToTake([
      question('a', 'approved', 1),
      question('b', 'live', 50),
      question('c', 'approved', 9),
      question('d', 'answered', 90),
      question('e', 'approved', 2, true),
      question('f', 'pending', 70),
      question('g', 'approved', 4),
    ]);
    expect(now?.id).toBe('b');
    expect(next.map(({ id }) => id)).toEqual(['e', 'c', 'g']);
    expect(more).toBe(1);
  });

  it('has nothing to show before anybody asked', () => {
    expect(questionsToTake([])).toEqual({ now: null, next: [], more: 0 });
  });
});
