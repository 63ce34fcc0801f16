import type { QuestionState } from '#libs/domain/question-states';
import type { Question } from '#libs/contract/question';
import { countTabs, found, neighbour, ranked, selectionAfter, waiting } from './queues.js';

const question = (id: string, state: QuestionState, minute: number, over: Partial<Question> = {}): Question => ({
  id,
  n: 1,
  text: id,
  state,
  pinned: false,
  score: 1,
  author: null,
  anonymous: false,
  askedAt: `2026-03-17T09:0${minute}:00.000Z`,
  ...over,
});
const ids = (questions: readonly Question[]) => questions.map(({ id }) => id);

describe("the moderator's lists (WEB-30)", () => {
  const all = [
    question('new', 'pending', 3),
    question('old', 'pending', 1),
    question('low', 'approved', 1, { score: 2 }),
    question('high', 'approved', 2, { score: 9 }),
    question('pinned', 'approved', 5, { pinned: true }),
    question('live', 'live', 2),
    question('done', 'answered', 1, { answeredAt: '2026-03-17T09:09:00.000Z' }),
    question('bad', 'rejected', 4),
  ];

  it('put the oldest waiting question first', () => {
    expect(ids(waiting(all))).toEqual(['old', 'new']);
  });

  it('rank the open ones as the audience sees them, without the one on screen', () => {
    expect(ids(ranked(all, 'open'))).toEqual(['pinned', 'high', 'low']);
    expect(ids(ranked(all, 'answered'))).toEqual(['done']);
    expect(ids(ranked(all, 'hidden'))).toEqual(['bad']);
  });
});

describe('the selection (WEB-31)', () => {
  it('stays where it is while its question is there', () => {
    expect(selectionAfter(['a', 'b'], ['x', 'a', 'b'], 'b')).toBe('b');
  });

  it('moves to the next question when its own has gone, to the last at the end', () => {
    expect(selectionAfter(['a', 'b', 'c'], ['a', 'c'], 'b')).toBe('c');
    expect(selectionAfter(['a', 'b', 'c'], ['a', 'b'], 'c')).toBe('b');
    expect(selectionAfter(['a'], [], 'a')).toBeNull();
  });

  it('begins with the first', () => {
    expect(selectionAfter([], ['a', 'b'], null)).toBe('a');
  });

  it('moves by one and stays at the ends', () => {
    expect(neighbour(['a', 'b'], 'a', 1)).toBe('b');
    expect(neighbour(['a', 'b'], 'b', 1)).toBe('b');
    expect(neighbour(['a', 'b'], null, 1)).toBe('a');
    expect(neighbour([], 'a', -1)).toBeNull();
  });
});

describe('searching the desk (WEB-152)', () => {
  const make = (id: string, text: string, state: Question['state'], name?: string) =>
    ({ id, text, state, author: name ? { name } : null }) as unknown as Question;
  const all = [
    make('a', 'Où est Łódź ?', 'approved', 'Zoë'),
    make('b', 'Who pays?', 'answered'),
    make('c', 'Who decides?', 'hidden'),
  ];

  it('finds every word in texts and names, whatever accents and capitals', () => {
    expect(found(all, 'lodz ZOE').map(({ id }) => id)).toEqual(['a']);
    expect(found(all, 'who')).toHaveLength(2);
    expect(found(all, '  ')).toHaveLength(3);
  });

  it('counts what each tab has', () => {
    expect(countTabs(all)).toEqual({ open: 1, answered: 1, hidden: 1 });
  });
});
