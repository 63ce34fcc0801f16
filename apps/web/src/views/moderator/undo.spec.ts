import { type QuestionState } from '#libs/domain/question-states';
import { MODERATIONS, type ModerationAction } from '#libs/domain/question-transitions';
import { type Question } from '#libs/contract/question';
import type { Screen } from '#libs/contract/screen';
import { type Before, inverseOf, inverseOfShowing, type QuestionStep } from './undo.js';

const question = (state: QuestionState, id = 'q'): Question => ({
  id,
  n: 1,
  text: 'Who pays?',
  state,
  pinned: false,
  score: 1,
  author: null,
  anonymous: true,
  askedAt: '2026-03-17T09:00:00.000Z',
});
const on = (questionId: string): Screen => ({ kind: 'question', questionId });
const POLL: Screen = { kind: 'poll', pollId: 'p' };
const before = (screen: Screen = { kind: 'title' }, liveQuestionId: string | null = null): Before => ({
  sessionId: 's',
  screen,
  liveQuestionId,
});
const named = (taken: readonly QuestionStep[]) =>
  taken.map(({ request, payload }) =>
    request === 'screen:show'
      ? `show ${payload.screen.kind}`
      : `${payload.action} ${payload.questionId}${payload.keepScreen ? ' off the projector' : ''}`,
  );
const steps = (action: ModerationAction, state: QuestionState, was = before()) =>
  named(inverseOf(action, question(state), was));

describe('taking a moderation back (WEB-32)', () => {
  it('knows an inverse for every act but the undoing of a merge', () => {
    const reopened: Partial<Record<ModerationAction, QuestionState>> = { reopen: 'rejected' };
    for (const action of MODERATIONS)
      expect([action, inverseOf(action, question(reopened[action] ?? 'approved'), before()).length > 0]).toEqual([
        action,
        action !== 'unmerge',
      ]);
  });

  it('returns an approved question to those that wait', () => {
    expect(steps('approve', 'pending')).toEqual(['unapprove q']);
  });

  it('brings an answered question back to where it was', () => {
    expect(steps('answer', 'live', before(on('q')))).toEqual(['reopen q', 'live q']);
    expect(steps('answer', 'live', before(POLL))).toEqual(['reopen q', 'live q off the projector']);
    expect(steps('answer', 'approved')).toEqual(['reopen q']);
    expect(steps('hide', 'live', before(on('q')))).toEqual(['restore q', 'live q']);
  });
});

describe('giving the projector back what it showed (WEB-82)', () => {
  it('puts the earlier question back on it', () => {
    expect(steps('live', 'approved', before(on('earlier'), 'earlier'))).toEqual([
      'reopen q',
      'reopen earlier',
      'live earlier',
    ]);
  });

  it('puts a poll back on it, and the live question beside it', () => {
    expect(steps('live', 'approved', before(POLL, 'earlier'))).toEqual([
      'show poll',
      'reopen q',
      'reopen earlier',
      'live earlier off the projector',
    ]);
  });

  it('shows again what was there, where no question became live for it', () => {
    expect(named(inverseOfShowing(POLL, before(on('q'), 'q')))).toEqual(['show question']);
    expect(named(inverseOfShowing(on('q'), before({ kind: 'top' }, 'q')))).toEqual(['show top']);
    expect(named(inverseOfShowing({ kind: 'nothing' }, before()))).toEqual(['show title']);
  });
});
