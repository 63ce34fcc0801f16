import type { Poll } from '#libs/contract/poll';
import type { Question } from '#libs/contract/question';
import { whatToPresent } from './what-to-present.js';

const at = (minute: number) => `2026-03-17T09:${String(minute).padStart(2, '0')}:00.000Z`;
const question = (over: Partial<Question>): Question => ({
  id: 'q',
  text: 'Who pays?',
  state: 'approved',
  pinned: false,
  score: 1,
  author: null,
  anonymous: true,
  askedAt: at(0),
  ...over,
});
const tally = { ballots: 1, counts: [] };
const poll = (over: Partial<Poll>): Poll => ({
  id: 'p',
  question: 'Where first?',
  type: 'single',
  state: 'open',
  options: [],
  results: 'on_close',
  published: false,
  changeable: true,
  round: 1,
  ...over,
});

describe('what the wall shows (WEB-40)', () => {
  it('waits while nothing is on screen', () => {
    expect(whatToPresent({ questions: [question({})], polls: [poll({ state: 'draft' })] }).kind).toBe('waiting');
  });

  it('shows what was put on screen last', () => {
    const live = question({ state: 'live', liveAt: at(5) });
    expect(whatToPresent({ questions: [live], polls: [poll({ openedAt: at(3) })] }).kind).toBe('question');
    expect(whatToPresent({ questions: [live], polls: [poll({ openedAt: at(7) })] }).kind).toBe('poll');
  });

  it('does not fall back to an older poll when the question was answered', () => {
    const answered = question({ state: 'answered', liveAt: at(5), answeredAt: at(8) });
    const older = poll({ state: 'closed', openedAt: at(1), closedAt: at(2), tally });
    expect(whatToPresent({ questions: [answered], polls: [older] }).kind).toBe('waiting');
  });

  it('goes back to the question on screen while results are hidden, and shows them once they are published', () => {
    const closed = poll({ state: 'closed', openedAt: at(6), closedAt: at(9) });
    const live = question({ state: 'live', liveAt: at(5) });
    expect(whatToPresent({ questions: [live], polls: [closed] }).kind).toBe('question');
    expect(whatToPresent({ questions: [], polls: [closed] }).kind).toBe('waiting');
    const published = { ...closed, tally, published: true, publishedAt: at(10) };
    expect(whatToPresent({ questions: [live], polls: [published] })).toMatchObject({ kind: 'poll', poll: { id: 'p' } });
  });
});
