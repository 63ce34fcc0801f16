import { departures, withDeparted } from './departed.js';
import { holdOrder } from './hold-order.js';
import { groupQuestions, ownUnlisted } from './question-groups.js';
import { orderQuestions } from './question-order.js';
import { shownScore } from './shown-score.js';
import { type Question } from '#libs/contract/question';

const question = (id: string, more: Partial<Question> = {}): Question => ({
  id,
  n: 1,
  text: id,
  state: 'approved',
  pinned: false,
  score: 0,
  author: null,
  anonymous: true,
  askedAt: '2026-03-17T10:00:00.000Z',
  ...more,
});

describe('the order of questions', () => {
  it('follows the ranking while nobody reads (WEB-5)', () => {
    expect(holdOrder(['a', 'b'], ['c', 'b', 'a'], { isHeld: false })).toEqual({
      shown: ['c', 'b', 'a'],
      fresh: 0,
      isStale: false,
    });
  });

  it('is held while the person reads, and counts new questions (WEB-5)', () => {
    expect(holdOrder(['a', 'b'], ['c', 'a', 'd', 'b'], { isHeld: true })).toEqual({
      shown: ['a', 'b'],
      fresh: 2,
      isStale: false,
    });
  });

  it("adds the reader's own question at the end at once, so that it does not seem lost (WEB-5)", () => {
    const held = holdOrder(['a', 'b'], ['c', 'a', 'mine', 'b'], { isHeld: true, own: ['mine'] });
    expect(held).toEqual({ shown: ['a', 'b', 'mine'], fresh: 1, isStale: true });
  });

  it('has what is new of the reader first where the newest come first (WEB-5, WEB-110)', () => {
    const held = holdOrder(['a', 'b'], ['mine', 'c', 'a', 'b'], { isHeld: true, own: ['mine'], ownFirst: true });
    expect(held).toEqual({ shown: ['mine', 'a', 'b'], fresh: 1, isStale: false });
  });

  it('is that of their support, or the newest first, so that late questions have a chance (WEB-110)', () => {
    const questions = [
      question('early', { score: 9, askedAt: '2026-03-17T10:00:00.000Z' }),
      question('late', { score: 1, askedAt: '2026-03-17T10:50:00.000Z' }),
      question('pin', { pinned: true, askedAt: '2026-03-17T10:10:00.000Z' }),
      question('middle', { score: 3, askedAt: '2026-03-17T10:20:00.000Z' }),
    ];
    expect(orderQuestions(questions, 'supported').map(({ id }) => id)).toEqual(['pin', 'early', 'middle', 'late']);
    expect(orderQuestions(questions, 'newest').map(({ id }) => id)).toEqual(['pin', 'late', 'middle', 'early']);
  });

  it('says that it has changed (WEB-5)', () => {
    expect(holdOrder(['a', 'b', 'c'], ['c', 'a', 'b'], { isHeld: true })).toEqual({
      shown: ['a', 'b', 'c'],
      fresh: 0,
      isStale: true,
    });
  });

  it('takes out what is gone, without moving the rest (WEB-5)', () => {
    expect(holdOrder(['a', 'b', 'c'], ['c', 'a'], { isHeld: true })).toEqual({
      shown: ['a', 'c'],
      fresh: 0,
      isStale: true,
    });
  });
});

describe('the groups of questions', () => {
  it('are the ranked ones, with what is being answered in its place, and the answered ones with the newest first (WEB-6)', () => {
    const { ranked, answered } = groupQuestions([
      question('low', { score: 1 }),
      question('old', { state: 'answered', answeredAt: '2026-03-17T10:05:00.000Z' }),
      question('new', { state: 'archived', answeredAt: '2026-03-17T10:15:00.000Z' }),
      question('pin', { pinned: true }),
      question('now', { state: 'live' }),
      question('high', { score: 9 }),
    ]);
    expect(ranked.map(({ id }) => id)).toEqual(['pin', 'high', 'low', 'now']);
    expect(answered.map(({ id }) => id)).toEqual(['new', 'old']);
  });

  it('show an author what waits or was refused, not what they took back (WEB-7)', () => {
    const own = ownUnlisted([
      question('gone', { state: 'withdrawn' }),
      question('wait', { state: 'pending' }),
      question('no', { state: 'rejected' }),
    ]);
    expect(own.map(({ id }) => id).sort()).toEqual(['no', 'wait']);
  });
});

describe('a question that leaves the list', () => {
  it('says why for a moment, at its place (WEB-15)', () => {
    const gone = departures(
      ['a', 'b', 'c', 'd'],
      ['a'],
      [question('b', { state: 'answered' }), question('c', { state: 'archived' })],
    );
    expect(gone.map(({ id, why }) => [id, why])).toEqual([
      ['b', 'answered'],
      ['c', 'answered'],
      ['d', 'taken'],
    ]);
    expect(withDeparted(['a', 'e'], gone)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('is shown once when it is back (WEB-15)', () => {
    expect(withDeparted(['b', 'a'], [{ id: 'a', index: 0, why: 'taken' }])).toEqual(['b', 'a']);
  });
});

describe('a score', () => {
  it('shows a vote at once, and then always what the feed says (WEB-8)', () => {
    expect(shownScore(4, { from: 4, to: 5 })).toBe(5);
    expect(shownScore(7, { from: 4, to: 5 })).toBe(7);
    expect(shownScore(4, null)).toBe(4);
  });
});
