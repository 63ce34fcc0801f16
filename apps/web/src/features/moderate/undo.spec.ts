import { MODERATIONS, type ModerationAction, type Question, type QuestionState } from '#libs/contract/question';
import { inverseOf } from './undo.js';

const question = (state: QuestionState, id = 'q'): Question => ({
  id,
  text: 'Who pays?',
  state,
  pinned: false,
  score: 1,
  author: null,
  anonymous: true,
  askedAt: '2026-03-17T09:00:00.000Z',
});
const steps = (action: ModerationAction, state: QuestionState, liveBefore: Question | null = null) =>
  inverseOf(action, question(state), liveBefore).map(({ questionId, action: next }) => `${next} ${questionId}`);

describe('taking a moderation back (WEB-32)', () => {
  it('knows an inverse for every act but the undoing of a merge', () => {
    const reopened: Partial<Record<ModerationAction, QuestionState>> = { reopen: 'rejected' };
    for (const action of MODERATIONS)
      expect([action, inverseOf(action, question(reopened[action] ?? 'approved'), null).length > 0]).toEqual([
        action,
        action !== 'unmerge',
      ]);
  });

  it('returns an approved question to those that wait', () => {
    expect(steps('approve', 'pending')).toEqual(['unapprove q']);
  });

  it('puts the earlier question back on screen', () => {
    expect(steps('live', 'approved', question('live', 'earlier'))).toEqual([
      'reopen q',
      'reopen earlier',
      'live earlier',
    ]);
  });

  it('brings an answered question back to where it was', () => {
    expect(steps('answer', 'live')).toEqual(['reopen q', 'live q']);
    expect(steps('answer', 'approved')).toEqual(['reopen q']);
  });
});
