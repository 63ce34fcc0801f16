import { describe, expect, it } from '@jest/globals';
import { QUESTION_STATES } from '#libs/domain/question-states';
import { MODERATIONS } from '#libs/domain/question-transitions';
import { anActor, aRecord, EVENT, SESSION } from '../../../../test/support/records/question-records.js';
import {
  allow,
  canSee,
  isReadAgain,
  type QuestionsSession,
  refuseAct,
  refuseAsking,
  refuseEditing,
  refuseMerging,
  refuseModerating,
  refuseReplying,
  refuseVoting,
  refuseWithdrawing,
  stateOfNew,
} from './question.policy.js';

const session = (overrides: Partial<QuestionsSession> = {}): QuestionsSession => ({
  id: SESSION,
  eventId: EVENT,
  state: 'live',
  qa: 'open',
  guests: 'open',
  ...overrides,
});
const attendee = anActor();
const moderator = anActor({ role: 'moderator' });
const speaker = anActor({ role: 'speaker' });
const stranger = anActor({ eventId: 'another event' });
const muted = anActor({ mutedIn: [EVENT] });
const guest = anActor({ role: 'guest' });
const own = (actor: { id: string }, overrides = {}) => aRecord({ authorId: actor.id, ...overrides });

describe('guests of an event that holds them to something', () => {
  const watching = session({ guests: 'watch_only' });

  it('neither ask, edit nor vote where they only watch; they withdraw (AUTH-25)', () => {
    expect(refuseAsking(guest, watching)).toBe('guests.watch_only');
    expect(refuseVoting(guest, watching, aRecord())).toBe('guests.watch_only');
    expect(refuseEditing(guest, watching, own(guest))).toBe('guests.watch_only');
    expect(refuseWithdrawing(guest, watching, own(guest))).toBeNull();
  });

  it('hear no more of what they may not see than before (AUTH-25, QUE-13)', () => {
    expect(refuseVoting(guest, watching, aRecord({ state: 'pending' }))).toBe('not_found');
    expect(refuseAsking(stranger, watching)).toBe('not_found');
  });

  it.each(['open', 'moderated'] as const)('ask, edit and vote as before where they are %s (AUTH-25)', (guests) => {
    expect(refuseAsking(guest, session({ guests }))).toBeNull();
    expect(refuseVoting(guest, session({ guests }), aRecord())).toBeNull();
    expect(refuseEditing(guest, session({ guests }), own(guest))).toBeNull();
  });

  it('are read before the others see them, and again after every edit, where they are moderated (QUE-30)', () => {
    for (const guests of ['open', 'moderated', 'watch_only'] as const) {
      const here = { ...session({ guests }), premoderated: false };
      const isModerated = guests === 'moderated';
      expect(stateOfNew(guest, here)).toBe(isModerated ? 'pending' : 'approved');
      expect(isReadAgain(guest, here, false)).toBe(isModerated);
      expect(isReadAgain(guest, here, true)).toBe(true);
      expect(stateOfNew(attendee, here)).toBe('approved');
      expect(isReadAgain(attendee, here, false)).toBe(false);
      expect(isReadAgain(attendee, { ...here, premoderated: true }, false)).toBe(true);
      expect(stateOfNew(attendee, { ...here, premoderated: true })).toBe('pending');
    }
  });
});

describe('refuseAsking', () => {
  it.each(['guest', 'attendee', 'interpreter', 'speaker', 'moderator', 'organiser'] as const)(
    'lets a %s of the event ask (QUE-1)',
    (role) => expect(refuseAsking(anActor({ role }), session())).toBeNull(),
  );
  it('knows no session for people of another event (QUE-1)', () =>
    expect(refuseAsking(stranger, session())).toBe('not_found'));
  it('refuses the muted (QUE-4)', () => expect(refuseAsking(muted, session())).toBe('actor.muted'));
  it.each([{ qa: 'paused' }, { qa: 'closed' }, { state: 'ended' }, { state: 'cancelled' }] as const)(
    'refuses when the session is %o (QUE-3)',
    (state) => expect(refuseAsking(attendee, session(state))).toBe('question.closed'),
  );
  it('lets people ask before the session starts (QUE-3)', () =>
    expect(refuseAsking(attendee, session({ state: 'scheduled' }))).toBeNull());
});

describe('refuseVoting', () => {
  it.each(QUESTION_STATES)('decides on a question that is %s (QUE-13)', (state) => {
    const byAttendee = { approved: null, live: null, answered: 'question.not_votable' }[state as string];
    expect(refuseVoting(attendee, session(), aRecord({ state }))).toBe(
      byAttendee === undefined ? 'not_found' : byAttendee,
    );
    const isVotable = state === 'approved' || state === 'live';
    for (const seer of [moderator, attendee])
      expect(refuseVoting(seer, session(), own(seer, { state }))).toBe(isVotable ? null : 'question.not_votable');
  });
  it('goes on while asking is paused (QUE-3)', () =>
    expect(refuseVoting(attendee, session({ qa: 'paused' }), aRecord())).toBeNull());
  it.each([{ qa: 'closed' }, { state: 'ended' }, { state: 'cancelled' }] as const)('ends with %o (QUE-3)', (state) =>
    expect(refuseVoting(attendee, session(state), aRecord())).toBe('question.closed'),
  );
  it('refuses the muted (QUE-4)', () => expect(refuseVoting(muted, session(), aRecord())).toBe('actor.muted'));
  it('knows no question of another event, in whatever state (QUE-13)', () => {
    expect(refuseVoting(stranger, session({ qa: 'closed' }), aRecord())).toBe('not_found');
    expect(refuseVoting(muted, session(), aRecord({ state: 'pending' }))).toBe('not_found');
  });
});

describe('refuseEditing', () => {
  it.each(QUESTION_STATES)('decides on the own question that is %s (QUE-16)', (state) => {
    const isEditable = state === 'pending' || state === 'approved';
    expect(refuseEditing(attendee, session(), own(attendee, { state }))).toBe(
      isEditable ? null : 'question.not_editable',
    );
  });
  it('is for the author only (QUE-16)', () => {
    expect(refuseEditing(moderator, session(), aRecord())).toBe('forbidden');
    expect(refuseEditing(attendee, session(), aRecord())).toBe('forbidden');
    expect(refuseEditing(attendee, session(), aRecord({ state: 'pending' }))).toBe('not_found');
  });
  it('refuses the muted and a closed Q&A (QUE-3, QUE-4)', () => {
    expect(refuseEditing(muted, session(), own(muted))).toBe('actor.muted');
    expect(refuseEditing(attendee, session({ qa: 'closed' }), own(attendee))).toBe('question.closed');
    expect(refuseEditing(attendee, session({ qa: 'paused' }), own(attendee))).toBeNull();
  });
});

describe('refuseWithdrawing', () => {
  it.each(QUESTION_STATES)('decides on the own question that is %s (QUE-17)', (state) => {
    const isWithdrawable = ['pending', 'approved', 'hidden'].includes(state);
    const refusal = refuseWithdrawing(muted, session({ qa: 'closed' }), own(muted, { state }));
    expect(refusal).toBe(isWithdrawable ? null : 'question.not_editable');
  });
  it('is for the author only (QUE-17)', () => {
    expect(refuseWithdrawing(moderator, session(), aRecord())).toBe('forbidden');
    expect(refuseWithdrawing(attendee, session(), aRecord({ state: 'hidden' }))).toBe('not_found');
  });
});

describe('refuseReplying', () => {
  const ofAnotherSession = anActor({ grants: [{ eventId: EVENT, sessionId: 'another session', role: 'speaker' }] });

  it.each(QUESTION_STATES)('decides on a question that is %s (QUE-18)', (state) => {
    const isShown = ['approved', 'live', 'answered'].includes(state);
    expect(refuseReplying(speaker, session(), aRecord({ state }))).toBe(isShown ? null : 'not_found');
    expect(refuseReplying(moderator, session(), aRecord({ state }))).toBe(isShown ? null : 'question.state');
  });
  it('is for speakers and moderators of the session (QUE-18)', () => {
    expect(refuseReplying(attendee, session(), aRecord())).toBe('forbidden');
    expect(refuseReplying(ofAnotherSession, session(), aRecord())).toBe('forbidden');
    expect(refuseReplying(stranger, session(), aRecord())).toBe('not_found');
  });
  it('refuses the muted (QUE-4)', () =>
    expect(refuseReplying({ ...speaker, mutedIn: [EVENT] }, session(), aRecord())).toBe('actor.muted'));
});

describe('refuseModerating', () => {
  const here = anActor({ grants: [{ eventId: EVENT, sessionId: SESSION, role: 'moderator' }] });
  const elsewhere = anActor({ grants: [{ eventId: EVENT, sessionId: 'another session', role: 'moderator' }] });

  it('is for moderators of the session and organisers (MOD-1)', () => {
    for (const actor of [
      moderator,
      here,
      anActor({ role: 'organiser' }),
      anActor({ role: 'organiser', eventId: null }),
    ])
      for (const state of QUESTION_STATES) expect(refuseModerating(actor, session(), aRecord({ state }))).toBeNull();
  });
  it('is forbidden to those who see the question, and no question exists for the others (MOD-1)', () => {
    for (const actor of [attendee, speaker, elsewhere]) {
      expect(refuseModerating(actor, session(), aRecord())).toBe('forbidden');
      expect(refuseModerating(actor, session(), aRecord({ state: 'pending' }))).toBe('not_found');
      expect(refuseModerating(actor, session(), own(actor, { state: 'pending' }))).toBe('forbidden');
    }
    expect(refuseModerating(stranger, session(), aRecord())).toBe('not_found');
    expect(refuseModerating(anActor({ role: 'moderator', bannedIn: [EVENT] }), session(), aRecord())).toBe('not_found');
  });
});

describe('refuseAct', () => {
  it('pins only what can be supported, and lets every question be unpinned (MOD-5)', () => {
    for (const state of QUESTION_STATES) {
      const isVotable = state === 'approved' || state === 'live';
      expect(refuseAct('pin', aRecord({ state }))).toBe(isVotable ? null : 'question.state');
      expect(refuseAct('unpin', aRecord({ state }))).toBeNull();
    }
  });
  it('allows no act on a withdrawn question that would change it (MOD-2)', () => {
    const allowed = MODERATIONS.filter((action) => refuseAct(action, aRecord({ state: 'withdrawn' })) === null);
    expect(allowed).toEqual(['unpin', 'unmerge']);
  });
});

describe('refuseMerging', () => {
  const approved = aRecord();
  it('keeps a question that is as visible as the one that goes (MOD-8)', () => {
    expect(refuseMerging(aRecord({ state: 'pending' }), approved)).toBeNull();
    expect(refuseMerging(approved, aRecord({ state: 'live' }))).toBeNull();
    expect(refuseMerging(aRecord({ state: 'pending' }), aRecord({ state: 'pending' }))).toBeNull();
    for (const state of ['pending', 'rejected', 'hidden', 'answered', 'archived', 'withdrawn', 'merged'] as const)
      expect(refuseMerging(approved, aRecord({ state }))).toBe('question.state');
  });
  it('stays in one session and is never into itself (MOD-8)', () => {
    expect(refuseMerging(approved, undefined)).toBe('not_found');
    expect(refuseMerging(approved, aRecord({ sessionId: 'another session' }))).toBe('not_found');
    expect(refuseMerging(approved, approved)).toBe('request.invalid');
  });
  it('holds already when it is the same, and is refused when it is another (MOD-3, MOD-8)', () => {
    const merged = aRecord({ state: 'merged', mergedInto: approved.id });
    expect(refuseMerging(merged, approved)).toBeNull();
    expect(refuseMerging(merged, aRecord())).toBe('question.state');
  });
});

describe('canSee', () => {
  it('is never true for the banned, not even of their own (G7)', () => {
    const banned = anActor({ bannedIn: [EVENT] });
    expect(canSee(banned, session(), own(banned))).toBe(false);
  });
});

describe('allow', () => {
  it('throws a refusal and lets the rest pass', () => {
    expect(() => allow('forbidden')).toThrow(expect.objectContaining({ code: 'forbidden', status: 403 }));
    expect(() => allow(null)).not.toThrow();
  });
});
