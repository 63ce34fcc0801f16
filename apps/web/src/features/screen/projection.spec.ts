import type { Poll } from '#libs/contract/poll';
import type { Question } from '#libs/contract/question';
import { asAudience, project } from './projection.js';

const question = (over: Partial<Question> = {}): Question => ({
  id: 'q',
  n: 1,
  text: 'Who pays?',
  state: 'approved',
  pinned: false,
  score: 1,
  author: { name: 'Ada' },
  anonymous: false,
  askedAt: '2026-03-17T09:00:00.000Z',
  ...over,
});
const tally = { ballots: 1, counts: [] };
const poll = (over: Partial<Poll> = {}): Poll => ({
  id: 'p',
  question: 'Where first?',
  type: 'single',
  state: 'open',
  options: [],
  results: 'on_close',
  published: false,
  changeable: true,
  round: 1,
  tally,
  ...over,
});

describe('what the projector draws (WEB-40)', () => {
  const live = question({ state: 'live' });
  const seen = { questions: [live], polls: [poll({ state: 'closed', openedAt: '2026-03-17T09:30:00.000Z' })] };

  it('is what was chosen, whatever is live or was opened last', () => {
    expect(project({ screen: { kind: 'question', questionId: 'q' } }, seen)).toEqual({
      kind: 'question',
      question: live,
    });
    expect(project({ screen: { kind: 'result', pollId: 'p' } }, seen)).toMatchObject({
      kind: 'result',
      poll: { tally },
    });
    expect(project({ screen: { kind: 'nothing' } }, seen)).toEqual({ kind: 'nothing' });
    expect(project({}, seen)).toEqual({ kind: 'title' });
  });

  it('is the title where the chosen question or poll cannot be seen', () => {
    expect(project({ screen: { kind: 'question', questionId: 'gone' } }, seen)).toEqual({ kind: 'title' });
    expect(project({ screen: { kind: 'poll', pollId: 'gone' } }, seen)).toEqual({ kind: 'title' });
  });

  it('shows no result of a poll that was chosen without it, unless it is live or published', () => {
    const tallyOf = (over: Partial<Poll>) => {
      const projection = project({ screen: { kind: 'poll', pollId: 'p' } }, { questions: [], polls: [poll(over)] });
      return projection.kind === 'poll' && projection.poll.tally;
    };
    expect(tallyOf({ state: 'closed' })).toBeUndefined();
    expect(tallyOf({ state: 'open', results: 'live' })).toEqual(tally);
    expect(tallyOf({ state: 'closed', results: 'live' })).toEqual(tally);
    expect(tallyOf({ state: 'closed', results: 'manual', published: true })).toEqual(tally);
  });

  it('has the five most supported open questions, pinned ones in their place', () => {
    const questions = Array.from({ length: 7 }, (_, n) => question({ id: `q${n}`, score: n, pinned: n === 0 }));
    const projection = project(
      { screen: { kind: 'top' } },
      { questions: [...questions, question({ id: 'done', state: 'answered', score: 99 })], polls: [] },
    );
    expect(projection.kind === 'top' && projection.questions.map(({ id }) => id)).toEqual([
      'q6',
      'q5',
      'q4',
      'q3',
      'q2',
    ]);
  });
});

describe('what the desk’s picture of the projector may show (WEB-80)', () => {
  it('leaves out what the audience may not see: hidden results, authors, questions and drafts', () => {
    const { questions, polls } = asAudience({
      questions: [question({ anonymous: true }), question({ state: 'pending' }), question({ state: 'hidden' })],
      polls: [poll(), poll({ state: 'draft' }), poll({ id: 'live', results: 'live' })],
    });
    expect(questions).toEqual([question({ anonymous: true, author: null })]);
    expect(polls.map(({ id, tally: shown }) => [id, shown])).toEqual([
      ['p', undefined],
      ['live', tally],
    ]);
  });
});
