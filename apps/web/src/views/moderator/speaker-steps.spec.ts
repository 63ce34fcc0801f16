import type { QuestionState } from '#libs/domain/question-states';
import type { Question } from '#libs/contract/question';
import type { Screen } from '#libs/contract/screen';
import { type Seen, speakerStep } from './speaker-steps.js';

const question = (id: string, state: QuestionState, advancedBy?: string): Question => ({
  id,
  n: 1,
  text: id,
  state,
  pinned: false,
  score: 1,
  author: null,
  anonymous: false,
  askedAt: '2026-03-17T09:00:00.000Z',
  ...(advancedBy && { advancedBy: { name: advancedBy } }),
});
const on = (questionId: string): Screen => ({ kind: 'question', questionId });
const seen = (screen: Screen, ...questions: Question[]): Seen => ({ sessionId: 's', questions, screen });
const moderate = (questionId: string, action: string, more = {}) => ({
  request: 'question:moderate',
  payload: { questionId, action, ...more },
});

describe('what a speaker did (WEB-175)', () => {
  it('is named with the speaker, and undone to what was on screen before', () => {
    const before = seen(on('a'), question('a', 'live'), question('b', 'approved'));
    const after = seen(on('b'), question('a', 'answered', 'Ines'), question('b', 'live', 'Ines'));
    expect(speakerStep(before, after)).toMatchObject({
      kind: 'live',
      name: 'Ines',
      question: { id: 'b' },
      steps: [moderate('b', 'reopen'), moderate('a', 'reopen'), moderate('a', 'live')],
    });
  });

  it('is undone to a live question when it was only marked as answered', () => {
    const before = seen(on('a'), question('a', 'live'));
    const after = seen({ kind: 'title' }, question('a', 'answered', 'Ines'));
    expect(speakerStep(before, after)).toMatchObject({
      kind: 'answer',
      question: { id: 'a' },
      steps: [moderate('a', 'reopen'), moderate('a', 'live')],
    });
  });

  it('leaves a poll on the projector', () => {
    const poll: Screen = { kind: 'poll', pollId: 'p' };
    const before = seen(poll, question('a', 'approved'));
    const step = speakerStep(before, seen(poll, question('a', 'live', 'Ines')));
    expect(step?.steps).toEqual([
      { request: 'screen:show', payload: { sessionId: 's', screen: poll } },
      moderate('a', 'reopen'),
    ]);
  });

  it('is no act of a moderator, and nothing that was there before', () => {
    const before = seen(on('a'), question('a', 'live', 'Ines'), question('b', 'approved'));
    expect(speakerStep(before, before)).toBeNull();
    const moderators = seen(on('b'), question('a', 'answered'), question('b', 'live'));
    expect(speakerStep(before, moderators)).toBeNull();
  });
});
