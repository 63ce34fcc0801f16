import { describe, expect, it } from '@jest/globals';
import { actorContext } from '../../../../../test/support/records/programme-records.js';
import { type LockedSession } from '../../feed/write/locked-session.js';
import { QUESTIONS_AT_MOST } from '#libs/domain/question-limits';
import { AskBatch, type AskContext } from './ask-batch.js';

const SESSION: LockedSession = {
  screen: { kind: 'title' },
  id: 's',
  eventId: 'e',
  roomId: 'r',
  state: 'live',
  qa: 'open',
  premoderated: false,
  slowMode: 0,
  speakersAdvance: false,
  guests: 'open',
  version: 6,
};
const FREE = { isHere: false, isTaken: false, sameId: null, secondsSince: null };

const box = ({
  session = {},
  ...context
}: Partial<Omit<AskContext, 'session'>> & { session?: Partial<LockedSession> } = {}) =>
  new AskBatch(
    new Map([
      ['s', { session: { ...SESSION, ...session }, version: 7, blockedWords: [], questions: 0, ...context }],
      ['other', { session: { ...SESSION, id: 'other' }, version: 3, blockedWords: [], questions: 0 }],
    ]),
  );
const actor = (id: string) => actorContext({ id, eventId: 'e', role: 'attendee' });
const asks = (author: string, id: string, text = `What is ${id}?`, sessionId = 's') => ({
  actor: actor(author),
  ask: { id, sessionId, text, anonymous: false },
});
const refused = (code: string, questionId?: string) => expect.objectContaining({ code, questionId });

describe('the box of questions', () => {
  it('takes them in the order in which they came, stamped with the version of their session', () => {
    const questions = box();
    expect([questions.put(asks('ann', 'a'), FREE), questions.put(asks('bob', 'b', 'Why?', 'other'), FREE)]).toEqual([
      null,
      null,
    ]);
    expect(questions.questions).toMatchObject([
      { id: 'a', authorId: 'ann', state: 'approved', version: 7 },
      { id: 'b', authorId: 'bob', sessionId: 'other', version: 3 },
    ]);
  });

  it('takes an id once, for any author', () => {
    const questions = box();
    questions.put(asks('ann', 'a'), FREE);
    expect([
      questions.put(asks('ann', 'a'), FREE),
      questions.put(asks('bob', 'a', 'Mine?'), FREE),
      questions.put(asks('bob', 'b'), { ...FREE, isHere: true, isTaken: true }),
    ]).toEqual([null, null, null]);
    expect(questions.questions).toMatchObject([{ id: 'a', authorId: 'ann' }]);
  });

  it('reveals that an id is taken elsewhere only to those who may ask here', () => {
    const elsewhere = { ...FREE, isTaken: true };
    expect(box().put(asks('ann', 'a'), elsewhere)).toMatchObject({ code: 'conflict', field: 'id' });
    expect(box({ session: { qa: 'closed' } }).put(asks('ann', 'a'), elsewhere)).toEqual(refused('question.closed'));
  });

  it('refuses what stands there already, or came just before, where its author may know of it (G7)', () => {
    const open = box();
    expect(open.put(asks('ann', 'a', 'Who pays?'), { ...FREE, sameId: 'first' })).toEqual(
      refused('question.duplicate', 'first'),
    );
    expect(open.put(asks('ann', 'b', 'Who pays?'), FREE)).toBeNull();
    expect(open.put(asks('bob', 'c', 'who PAYS'), FREE)).toEqual(refused('question.duplicate', 'b'));
    expect(open.put(asks('bob', 'd', 'Who pays?', 'other'), FREE)).toBeNull();
    const premoderated = box({ session: { premoderated: true } });
    expect(premoderated.put(asks('ann', 'a', 'Who pays?'), FREE)).toBeNull();
    expect(premoderated.put(asks('bob', 'b', 'Who pays?'), FREE)).toBeNull();
    expect(premoderated.put(asks('ann', 'c', 'Who pays?'), FREE)).toEqual(refused('question.duplicate', 'a'));
  });

  it('holds people to slow mode, also within one transaction', () => {
    const slow = box({ session: { slowMode: 60 } });
    expect(slow.put(asks('ann', 'a'), { ...FREE, secondsSince: 12.5 })).toMatchObject({
      code: 'rate.limited',
      retryAfter: 48,
    });
    expect(slow.put(asks('ann', 'b'), { ...FREE, secondsSince: 60 })).toBeNull();
    expect(slow.put(asks('ann', 'c'), { ...FREE, secondsSince: 60 })).toMatchObject({
      code: 'rate.limited',
      retryAfter: 60,
    });
    expect(slow.put(asks('bob', 'd'), FREE)).toBeNull();
  });

  it('counts what it took towards the most of a session, and towards no other', () => {
    const full = box({ questions: QUESTIONS_AT_MOST - 1 });
    expect(full.put(asks('ann', 'a'), FREE)).toBeNull();
    expect(full.put(asks('bob', 'b'), FREE)).toEqual(refused('conflict'));
    expect(full.put(asks('bob', 'c', 'Why?', 'other'), FREE)).toBeNull();
  });

  it('refuses one and takes its neighbours', () => {
    const questions = box({ blockedWords: ['rude'] });
    expect(questions.put(asks('ann', 'a', 'A rude one?'), FREE)).toEqual(refused('question.blocked'));
    expect(questions.put(asks('ann', 'b', 'Where?', 'nowhere'), FREE)).toEqual(refused('not_found'));
    expect(questions.put(asks('ann', 'c'), FREE)).toBeNull();
    expect(box({ session: { qa: 'closed' } }).put(asks('ann', 'd'), FREE)).toEqual(refused('question.closed'));
    expect(questions.questions.map(({ id }) => id)).toEqual(['c']);
  });
});
