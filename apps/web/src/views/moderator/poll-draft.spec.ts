import { draftOf, isComplete, payloadOf } from './poll-draft.js';

const options = (...texts: string[]) => texts.map((text, key) => ({ key: String(key), text }));

describe('writing a poll (WEB-34)', () => {
  it('is complete with a question and two answers', () => {
    const draft = { ...draftOf(null), question: 'Where first?' };
    expect(isComplete(draft)).toBe(false);
    expect(isComplete({ ...draft, options: options('Health', 'Education') })).toBe(true);
    expect(isComplete({ ...draft, options: options('Health', ' ') })).toBe(false);
  });

  it('needs no answers for a rating, only steps in their order', () => {
    const draft = { ...draftOf(null), question: 'How was it?', type: 'rating' as const };
    expect(isComplete(draft)).toBe(true);
    expect(isComplete({ ...draft, min: '5', max: '1' })).toBe(false);
    expect(payloadOf({ ...draft, min: '1', max: '5' })).toMatchObject({ options: [], min: 1, max: 5 });
  });

  it('sends no bounds with a single choice', () => {
    const draft = { ...draftOf(null), question: ' Q ', options: options('a', 'b'), min: '1', max: '2' };
    expect(payloadOf(draft)).toEqual({
      question: 'Q',
      type: 'single',
      options: ['a', 'b'],
      results: 'live',
      changeable: true,
    });
  });
});
