import type { Poll } from '#libs/contract/poll';
import type { Question } from '#libs/contract/question';
import { screenChoices, screenOfPoll } from './screen-choices.js';

const TITLE = { kind: 'title' } as const;
const question = (id: string, state: Question['state']): Question => ({
  id,
  n: 1,
  text: id,
  state,
  pinned: false,
  score: 1,
  author: null,
  anonymous: true,
  askedAt: '2026-03-17T09:00:00.000Z',
});
const poll = (id: string, over: Partial<Poll> = {}): Poll => ({
  id,
  question: id,
  type: 'single',
  state: 'open',
  options: [],
  results: 'on_close',
  published: false,
  changeable: true,
  round: 1,
  openedAt: '2026-03-17T09:00:00.000Z',
  ...over,
});

describe('what can be put on the projector (WEB-83)', () => {
  it('is always the title, the top questions or nothing', () => {
    expect(
      screenChoices(TITLE, { questions: [question('a', 'approved')], polls: [poll('d', { state: 'draft' })] }),
    ).toEqual({
      question: null,
      poll: null,
      result: null,
      top: { kind: 'top' },
      title: TITLE,
      nothing: { kind: 'nothing' },
    });
  });

  it('is the live question, the open poll and the last result that the audience may see', () => {
    const polls = [
      poll('old', { state: 'closed', openedAt: '2026-03-17T08:00:00.000Z' }),
      poll('last', { state: 'closed', openedAt: '2026-03-17T08:30:00.000Z' }),
      poll('hidden', { state: 'closed', results: 'manual', openedAt: '2026-03-17T08:40:00.000Z' }),
      poll('open', { openedAt: '2026-03-17T07:00:00.000Z' }),
    ];
    expect(screenChoices(TITLE, { questions: [question('l', 'live')], polls })).toMatchObject({
      question: { questionId: 'l' },
      poll: { pollId: 'open' },
      result: { pollId: 'last' },
    });
  });

  it('stays with the poll that is shown', () => {
    const polls = [poll('shown', { state: 'closed' }), poll('open')];
    const choices = screenChoices({ kind: 'poll', pollId: 'shown' }, { questions: [], polls });
    expect(choices).toMatchObject({ poll: { pollId: 'shown' }, result: { pollId: 'shown' } });
  });

  it('is of one poll: its result once it is closed and may be seen, before that the poll', () => {
    expect(screenOfPoll(poll('p'))).toEqual({ kind: 'poll', pollId: 'p' });
    expect(screenOfPoll(poll('p', { state: 'closed' }))).toEqual({ kind: 'result', pollId: 'p' });
    expect(screenOfPoll(poll('p', { state: 'closed', results: 'manual' }))).toEqual({ kind: 'poll', pollId: 'p' });
    expect(screenOfPoll(poll('p', { state: 'draft' }))).toBeNull();
  });
});
