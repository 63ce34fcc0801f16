import { describe, expect, it } from '@jest/globals';
import { QUESTION_STATES } from '#libs/domain/question-states';
import { MODERATIONS } from '#libs/domain/question-transitions';
import { anActor, aRecord, EVENT, SESSION } from '../../../../test/support/records/question-records.js';
import { can, isReadAgain, type QuestionsSession, stateOfNew } from './question.policy.js';

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
    expect(can(guest, 'question.ask', { session: watching })).toBe('guests.watch_only');
    expect(can(guest, 'question.vote', { session: watching, question: aRecord() })).toBe('guests.watch_only');
    expect(can(guest, 'question.edit', { session: watching, question: own(guest) })).toBe('guests.watch_only');
    expect(can(guest, 'question.withdraw', { session: watching, question: own(guest) })).toBeNull();
  });

  it('hear no more of what they may not see than before (AUTH-25, QUE-13)', () => {
    expect(can(guest, 'question.vote', { session: watching, question: aRecord({ state: 'pending' }) })).toBe(
      'not_found',
    );
    expect(can(stranger, 'question.ask', { session: watching })).toBe('not_found');
  });

  it.each(['open', 'moderated'] as const)('ask, edit and vote as before where they are %s (AUTH-25)', (guests) => {
    expect(can(guest, 'question.ask', { session: session({ guests }) })).toBeNull();
    expect(can(guest, 'question.vote', { session: session({ guests }), question: aRecord() })).toBeNull();
    expect(can(guest, 'question.edit', { session: session({ guests }), question: own(guest) })).toBeNull();
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

describe('question.ask', () => {
  it.each(['guest', 'attendee', 'interpreter', 'speaker', 'moderator', 'organiser'] as const)(
    'lets a %s of the event ask (QUE-1)',
    (role) => expect(can(anActor({ role }), 'question.ask', { session: session() })).toBeNull(),
  );
  it('knows no session for people of another event (QUE-1)', () =>
    expect(can(stranger, 'question.ask', { session: session() })).toBe('not_found'));
  it('refuses the muted (QUE-4)', () => expect(can(muted, 'question.ask', { session: session() })).toBe('actor.muted'));
  it.each([{ qa: 'paused' }, { qa: 'closed' }, { state: 'ended' }, { state: 'cancelled' }] as const)(
    'refuses when the session is %o (QUE-3)',
    (state) => expect(can(attendee, 'question.ask', { session: session(state) })).toBe('question.closed'),
  );
  it('lets people ask before the session starts (QUE-3)', () =>
    expect(can(attendee, 'question.ask', { session: session({ state: 'scheduled' }) })).toBeNull());
});

describe('question.vote', () => {
  it.each(QUESTION_STATES)('decides on a question that is %s (QUE-13)', (state) => {
    const byAttendee = { approved: null, live: null, answered: 'question.not_votable' }[state as string];
    expect(can(attendee, 'question.vote', { session: session(), question: aRecord({ state }) })).toBe(
      byAttendee === undefined ? 'not_found' : byAttendee,
    );
    const isVotable = state === 'approved' || state === 'live';
    for (const seer of [moderator, attendee])
      expect(can(seer, 'question.vote', { session: session(), question: own(seer, { state }) })).toBe(
        isVotable ? null : 'question.not_votable',
      );
  });
  it('goes on while asking is paused (QUE-3)', () =>
    expect(can(attendee, 'question.vote', { session: session({ qa: 'paused' }), question: aRecord() })).toBeNull());
  it.each([{ qa: 'closed' }, { state: 'ended' }, { state: 'cancelled' }] as const)('ends with %o (QUE-3)', (state) =>
    expect(can(attendee, 'question.vote', { session: session(state), question: aRecord() })).toBe('question.closed'),
  );
  it('refuses the muted (QUE-4)', () =>
    expect(can(muted, 'question.vote', { session: session(), question: aRecord() })).toBe('actor.muted'));
  it('knows no question of another event, in whatever state (QUE-13)', () => {
    expect(can(stranger, 'question.vote', { session: session({ qa: 'closed' }), question: aRecord() })).toBe(
      'not_found',
    );
    expect(can(muted, 'question.vote', { session: session(), question: aRecord({ state: 'pending' }) })).toBe(
      'not_found',
    );
  });
});

describe('question.edit', () => {
  it.each(QUESTION_STATES)('decides on the own question that is %s (QUE-16)', (state) => {
    const isEditable = state === 'pending' || state === 'approved';
    expect(can(attendee, 'question.edit', { session: session(), question: own(attendee, { state }) })).toBe(
      isEditable ? null : 'question.not_editable',
    );
  });
  it('is for the author only (QUE-16)', () => {
    expect(can(moderator, 'question.edit', { session: session(), question: aRecord() })).toBe('forbidden');
    expect(can(attendee, 'question.edit', { session: session(), question: aRecord() })).toBe('forbidden');
    expect(can(attendee, 'question.edit', { session: session(), question: aRecord({ state: 'pending' }) })).toBe(
      'not_found',
    );
  });
  it('refuses the muted and a closed Q&A (QUE-3, QUE-4)', () => {
    expect(can(muted, 'question.edit', { session: session(), question: own(muted) })).toBe('actor.muted');
    expect(can(attendee, 'question.edit', { session: session({ qa: 'closed' }), question: own(attendee) })).toBe(
      'question.closed',
    );
    expect(can(attendee, 'question.edit', { session: session({ qa: 'paused' }), question: own(attendee) })).toBeNull();
  });
});

describe('question.withdraw', () => {
  it.each(QUESTION_STATES)('decides on the own question that is %s (QUE-17)', (state) => {
    const isWithdrawable = ['pending', 'approved', 'hidden', 'withdrawn'].includes(state);
    const refusal = can(muted, 'question.withdraw', {
      session: session({ qa: 'closed' }),
      question: own(muted, { state }),
    });
    expect(refusal).toBe(isWithdrawable ? null : 'question.not_editable');
  });
  it('is for the author only (QUE-17)', () => {
    expect(can(moderator, 'question.withdraw', { session: session(), question: aRecord() })).toBe('forbidden');
    expect(can(attendee, 'question.withdraw', { session: session(), question: aRecord({ state: 'hidden' }) })).toBe(
      'not_found',
    );
  });
});

describe('question.reply', () => {
  const ofAnotherSession = anActor({ grants: [{ eventId: EVENT, sessionId: 'another session', role: 'speaker' }] });

  it.each(QUESTION_STATES)('decides on a question that is %s (QUE-18)', (state) => {
    const isShown = ['approved', 'live', 'answered'].includes(state);
    expect(can(speaker, 'question.reply', { session: session(), question: aRecord({ state }) })).toBe(
      isShown ? null : 'not_found',
    );
    expect(can(moderator, 'question.reply', { session: session(), question: aRecord({ state }) })).toBe(
      isShown ? null : 'question.state',
    );
  });
  it('is for speakers and moderators of the session (QUE-18)', () => {
    expect(can(attendee, 'question.reply', { session: session(), question: aRecord() })).toBe('forbidden');
    expect(can(ofAnotherSession, 'question.reply', { session: session(), question: aRecord() })).toBe('forbidden');
    expect(can(stranger, 'question.reply', { session: session(), question: aRecord() })).toBe('not_found');
  });
  it('refuses the muted (QUE-4)', () =>
    expect(can({ ...speaker, mutedIn: [EVENT] }, 'question.reply', { session: session(), question: aRecord() })).toBe(
      'actor.muted',
    ));
});

describe('question.moderate', () => {
  const here = anActor({ grants: [{ eventId: EVENT, sessionId: SESSION, role: 'moderator' }] });
  const elsewhere = anActor({ grants: [{ eventId: EVENT, sessionId: 'another session', role: 'moderator' }] });

  it('is for moderators of the session and organisers (MOD-1)', () => {
    for (const actor of [
      moderator,
      here,
      anActor({ role: 'organiser' }),
      anActor({ role: 'organiser', eventId: null }),
    ])
      for (const state of QUESTION_STATES)
        expect(can(actor, 'question.moderate', { session: session(), question: aRecord({ state }) })).toBeNull();
  });
  it('is forbidden to those who see the question, and no question exists for the others (MOD-1)', () => {
    for (const actor of [attendee, speaker, elsewhere]) {
      expect(can(actor, 'question.moderate', { session: session(), question: aRecord() })).toBe('forbidden');
      expect(can(actor, 'question.moderate', { session: session(), question: aRecord({ state: 'pending' }) })).toBe(
        'not_found',
      );
      expect(can(actor, 'question.moderate', { session: session(), question: own(actor, { state: 'pending' }) })).toBe(
        'forbidden',
      );
    }
    expect(can(stranger, 'question.moderate', { session: session(), question: aRecord() })).toBe('not_found');
    expect(
      can(anActor({ role: 'moderator', bannedIn: [EVENT] }), 'question.moderate', {
        session: session(),
        question: aRecord(),
      }),
    ).toBe('not_found');
  });
});

describe('question.moderate with an act', () => {
  it('pins only what can be supported, and lets every question be unpinned (MOD-5)', () => {
    for (const state of QUESTION_STATES) {
      const isVotable = state === 'approved' || state === 'live';
      expect(
        can(moderator, 'question.moderate', { session: session(), question: aRecord({ state }), act: 'pin' }),
      ).toBe(isVotable ? null : 'question.state');
      expect(
        can(moderator, 'question.moderate', { session: session(), question: aRecord({ state }), act: 'unpin' }),
      ).toBeNull();
    }
  });
  it('allows no act on a withdrawn question that would change it (MOD-2)', () => {
    const allowed = MODERATIONS.filter(
      (action) =>
        can(moderator, 'question.moderate', {
          session: session(),
          question: aRecord({ state: 'withdrawn' }),
          act: action,
        }) === null,
    );
    expect(allowed).toEqual(['unpin', 'unmerge']);
  });
});

describe('question.merge', () => {
  const approved = aRecord();
  it('keeps a question that is as visible as the one that goes (MOD-8)', () => {
    expect(
      can(moderator, 'question.merge', { session: session(), question: aRecord({ state: 'pending' }), into: approved }),
    ).toBeNull();
    expect(
      can(moderator, 'question.merge', { session: session(), question: approved, into: aRecord({ state: 'live' }) }),
    ).toBeNull();
    expect(
      can(moderator, 'question.merge', {
        session: session(),
        question: aRecord({ state: 'pending' }),
        into: aRecord({ state: 'pending' }),
      }),
    ).toBeNull();
    for (const state of ['pending', 'rejected', 'hidden', 'answered', 'archived', 'withdrawn', 'merged'] as const)
      expect(
        can(moderator, 'question.merge', { session: session(), question: approved, into: aRecord({ state }) }),
      ).toBe('question.state');
  });
  it('stays in one session and is never into itself (MOD-8)', () => {
    expect(can(moderator, 'question.merge', { session: session(), question: approved, into: undefined })).toBe(
      'not_found',
    );
    expect(
      can(moderator, 'question.merge', {
        session: session(),
        question: approved,
        into: aRecord({ sessionId: 'another session' }),
      }),
    ).toBe('not_found');
    expect(can(moderator, 'question.merge', { session: session(), question: approved, into: approved })).toBe(
      'request.invalid',
    );
  });
  it('holds already when it is the same, and is refused when it is another (MOD-3, MOD-8)', () => {
    const merged = aRecord({ state: 'merged', mergedInto: approved.id });
    expect(can(moderator, 'question.merge', { session: session(), question: merged, into: approved })).toBeNull();
    expect(can(moderator, 'question.merge', { session: session(), question: merged, into: aRecord() })).toBe(
      'question.state',
    );
  });
});

describe('question.see', () => {
  it('is never true for the banned, not even of their own (G7)', () => {
    const banned = anActor({ bannedIn: [EVENT] });
    expect(can(banned, 'question.see', { session: session(), question: own(banned) })).toBe('not_found');
  });
});
