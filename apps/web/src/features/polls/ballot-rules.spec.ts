import { ballotOf, ballotProblem, choiceBounds, chosenIn, isAnswerable } from './ballot-rules.js';
import { meanRating, orderPolls, resultRows } from './results.js';
import type { Poll } from '#libs/contract/poll';

const options = ['a', 'b', 'c'].map((id) => ({ id, text: id.toUpperCase() }));
const poll = (more: Partial<Poll>): Poll => ({
  id: 'p',
  question: 'Which?',
  type: 'single',
  state: 'open',
  options,
  results: 'live',
  published: false,
  changeable: true,
  round: 1,
  ...more,
});

describe('a ballot', () => {
  it('of a single choice has exactly one option (WEB-9)', () => {
    expect(ballotProblem(poll({}), [])).toBe('too-few');
    expect(ballotProblem(poll({}), ['a'])).toBeNull();
    expect(ballotProblem(poll({}), ['a', 'b'])).toBe('too-many');
  });

  it('of a multiple choice keeps to its bounds (WEB-9)', () => {
    const two = poll({ type: 'multiple', min: 2, max: 2 });
    expect([ballotProblem(two, ['a']), ballotProblem(two, ['a', 'b']), ballotProblem(two, ['a', 'b', 'c'])]).toEqual([
      'too-few',
      null,
      'too-many',
    ]);
  });

  it('of a multiple choice without bounds has one or more (WEB-9)', () => {
    expect(choiceBounds(poll({ type: 'multiple' }))).toEqual({ min: 1, max: 3 });
  });

  it('of a rating is the number of its step (WEB-9)', () => {
    const rating = poll({ type: 'rating', min: 0, max: 2 });
    expect(ballotOf(rating, ['c'])).toEqual({ rating: 2 });
    expect(chosenIn(rating, { rating: 2 })).toEqual(['c']);
  });

  it('of choices names the options (WEB-9)', () => {
    expect(ballotOf(poll({ type: 'multiple' }), ['a', 'c'])).toEqual({ choices: ['a', 'c'] });
    expect(chosenIn(poll({}), undefined)).toEqual([]);
  });

  it('cannot be given where this app has no form for it', () => {
    expect([isAnswerable(poll({})), isAnswerable(poll({ type: 'quiz' }))]).toEqual([true, false]);
  });
});

describe('results', () => {
  it('are shares of the people who answered, in the order of the options (WEB-10)', () => {
    const rows = resultRows(poll({ type: 'multiple' }), {
      ballots: 4,
      counts: [
        ['b', 4],
        ['a', 1],
      ],
    });
    expect(rows.map(({ id, share }) => [id, share])).toEqual([
      ['a', 0.25],
      ['b', 1],
      ['c', 0],
    ]);
  });

  it('divide nothing by nobody (WEB-10)', () => {
    expect(resultRows(poll({}), { ballots: 0, counts: [] }).every(({ share }) => share === 0)).toBe(true);
    expect(meanRating(poll({ type: 'rating', min: 1 }), { ballots: 0, counts: [] })).toBeUndefined();
  });

  it('of a rating have a mean (WEB-10)', () => {
    expect(
      meanRating(poll({ type: 'rating', min: 1 }), {
        ballots: 2,
        counts: [
          ['a', 1],
          ['c', 1],
        ],
      }),
    ).toBe(2);
  });

  it('come after the open polls, the last closed first; drafts and archived ones never (WEB-10)', () => {
    const polls = [
      poll({ id: 'draft', state: 'draft' }),
      poll({ id: 'first', state: 'closed', closedAt: '2026-03-17T10:00:00Z' }),
      poll({ id: 'second', state: 'closed', closedAt: '2026-03-17T11:00:00Z' }),
      poll({ id: 'open', openedAt: '2026-03-17T09:00:00Z' }),
      poll({ id: 'old', state: 'archived' }),
    ];
    expect(orderPolls(polls).map(({ id }) => id)).toEqual(['open', 'second', 'first']);
  });
});
