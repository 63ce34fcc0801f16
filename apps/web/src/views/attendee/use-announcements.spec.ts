import type { Poll } from '#libs/contract/poll';
import type { Question } from '#libs/contract/question';
import { happenings } from './use-announcements.js';

const question = (id: string, state: Question['state'], score = 0) => ({ id, state, score, text: id }) as Question;
const poll = (state: Poll['state'], round = 1) => ({ id: 'p', state, round, question: 'Which?' }) as Poll;
const moment = (questions: Question[], polls: Poll[] = [], own: Question[] = []) => ({
  questions,
  polls,
  me: { votes: [], ballots: {}, own: [], questions: own },
});
const kinds = (before: ReturnType<typeof moment>, after: ReturnType<typeof moment>) =>
  happenings(before, after).map(({ kind }) => kind);

describe('what is told aloud', () => {
  it('is a poll that opens, opens again, or closes (WEB-12)', () => {
    expect(kinds(moment([], [poll('draft')]), moment([], [poll('open')]))).toEqual(['poll-opened']);
    expect(kinds(moment([], [poll('open', 1)]), moment([], [poll('open', 2)]))).toEqual(['poll-opened']);
    expect(kinds(moment([], [poll('open')]), moment([], [poll('closed')]))).toEqual(['poll-closed']);
  });

  it('is the question that is being answered now (WEB-12)', () => {
    expect(kinds(moment([question('a', 'approved')]), moment([question('a', 'live')]))).toEqual(['now']);
  });

  it('is what became of an own question (WEB-12)', () => {
    const waiting = moment([], [], [question('mine', 'pending')]);
    expect(kinds(waiting, moment([question('mine', 'approved')]))).toEqual(['approved']);
    expect(kinds(waiting, moment([], [], [question('mine', 'rejected')]))).toEqual(['rejected']);
  });

  it('is an approval once, also when the notice comes before the list (WEB-12)', () => {
    const [waiting, noticed] = [question('mine', 'pending'), question('mine', 'approved')];
    expect(kinds(moment([], [], [waiting]), moment([], [], [noticed]))).toEqual(['approved']);
    expect(kinds(moment([], [], [noticed]), moment([noticed]))).toEqual([]);
  });

  it('is never a score, nor anything that stayed (WEB-12)', () => {
    const before = moment([question('a', 'live', 4), question('b', 'approved', 1)], [poll('open')]);
    const after = moment(
      [question('a', 'live', 5), question('b', 'approved', 9), question('c', 'approved')],
      [poll('open')],
    );
    expect(kinds(before, after)).toEqual([]);
  });
});
