import { describe, expect, it } from '@jest/globals';
import { QUESTION_STATES, type QuestionState } from '#libs/domain/question-states';
import { question } from '#libs/contract/question';
import { anActor, aRecord, EVENT, SESSION } from '../../../../test/support/records/question-records.js';
import { presentModeration, presentOwn, presentQuestion, presentTo } from './question.presenter.js';

const AUDIENCES = ['audience', 'speaker'] as const;
const SHOWN: readonly QuestionState[] = ['approved', 'live', 'answered'];
const everything = (state: QuestionState, anonymous: boolean) =>
  aRecord({
    state,
    anonymous,
    authorName: 'The Author',
    language: 'fr',
    reason: 'the reason',
    mergedInto: '0191a1b2-0000-4000-8000-00000000beef',
    stateBeforeMerge: 'approved',
    reply: { text: 'Soon.', author: 'A Speaker', at: '2026-11-23T10:05:00.000Z' },
    editedAt: '2026-11-23T10:01:00.000Z',
    liveAt: '2026-11-23T10:02:00.000Z',
    answeredAt: '2026-11-23T10:03:00.000Z',
  });

describe('presentQuestion', () => {
  const cases = QUESTION_STATES.flatMap((state) =>
    AUDIENCES.flatMap((audience) => [false, true].map((anonymous) => [state, audience, anonymous] as const)),
  );

  it.each(cases)(
    'shows a question that is %s to the %s (anonymous: %s) as far as it may be seen (G7, QUE-10, QUE-21)',
    (state, audience, anonymous) => {
      const record = everything(state, anonymous);
      const shown = presentQuestion(record, { audience });
      if (!SHOWN.includes(state)) return expect(shown).toBeNull();
      const wire = JSON.stringify(shown);
      expect(wire).not.toContain(record.authorId);
      expect(wire).not.toContain('the reason');
      expect(wire).not.toContain('beef');
      expect(wire.includes('The Author')).toBe(!anonymous);
      expect(shown?.author).toEqual(anonymous ? null : { name: 'The Author' });
    },
  );

  it.each(QUESTION_STATES)(
    'shows a moderator all of a question that is %s, also who asked anonymously (QUE-10, QUE-21)',
    (state) => {
      const record = everything(state, true);
      expect(presentQuestion(record, { audience: 'moderator' })).toMatchObject({
        state,
        anonymous: true,
        author: { name: 'The Author', id: record.authorId },
        reason: 'the reason',
        mergedInto: record.mergedInto,
      });
    },
  );

  it('keeps to the contract for every view and state', () => {
    for (const state of QUESTION_STATES)
      for (const shown of [
        presentQuestion(everything(state, false), { audience: 'moderator' }),
        presentOwn(everything(state, true)),
        presentOwn(aRecord({ state, authorName: null })),
      ])
        expect(question.strict().parse(shown)).toEqual(shown);
  });
});

describe('presentOwn', () => {
  it.each(QUESTION_STATES)('shows the author their question that is %s, with its reason (QUE-11)', (state) => {
    const record = everything(state, true);
    const own = presentOwn(record);
    expect(own).toMatchObject({ state, reason: 'the reason', mergedInto: record.mergedInto, author: null });
    expect(JSON.stringify(own)).not.toContain(record.authorId);
  });
});

describe('presentTo', () => {
  const scope = { eventId: EVENT, sessionId: SESSION };

  it('answers each actor with what they may see (G7)', () => {
    const author = anActor();
    const record = aRecord({ authorId: author.id, anonymous: true, reason: 'the reason' });
    expect(presentTo(anActor({ role: 'moderator' }), scope, record).author).toMatchObject({ id: author.id });
    expect(presentTo(author, scope, record)).toMatchObject({ author: null, reason: 'the reason' });
    const speakers = presentTo(anActor({ role: 'speaker' }), scope, record);
    expect(speakers.author).toBeNull();
    expect(speakers.reason).toBeUndefined();
  });
});

describe('presentModeration', () => {
  it('leaves out what was not given (MOD-10)', () => {
    const at = new Date('2026-11-23T10:00:00.000Z');
    expect(presentModeration({ action: 'approve', actor: 'Mo', reason: null, at })).toEqual({
      action: 'approve',
      actor: 'Mo',
      at: at.toISOString(),
    });
  });
});
