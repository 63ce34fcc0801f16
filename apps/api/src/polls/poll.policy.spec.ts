import { POLL_STATES } from '#libs/contract/poll';
import { pollRecord } from '../../../../test/support/records/poll-records.js';
import { type ActorContext } from '../identity/actors/actor.js';
import { belongsTo, canModerate, isOverdue, outcomeOf, type PollAct, refuseAnswering } from './poll.policy.js';

/** In the order of the states: draft, open, closed, archived. */
const OUTCOMES: Record<PollAct, readonly ReturnType<typeof outcomeOf>[]> = {
  open: ['changes', 'holds already', 'refused', 'refused'],
  close: ['refused', 'changes', 'holds already', 'refused'],
  publish: ['refused', 'changes', 'changes', 'refused'],
  unpublish: ['holds already', 'holds already', 'holds already', 'holds already'],
  reset: ['holds already', 'changes', 'changes', 'refused'],
  archive: ['changes', 'refused', 'changes', 'holds already'],
};

describe('the life of a poll', () => {
  for (const act of Object.keys(OUTCOMES) as PollAct[])
    it(`knows from where one may ${act} (POLL-4, POLL-5)`, () => {
      expect(POLL_STATES.map((state) => outcomeOf(act, pollRecord({ state }).poll))).toEqual(OUTCOMES[act]);
    });

  it('is published once (POLL-5)', () => {
    expect(outcomeOf('publish', pollRecord({ published: true }).poll)).toBe('holds already');
  });

  it('takes a publishing back while the poll is not archived (POLL-36)', () => {
    const outcomes = POLL_STATES.map((state) => outcomeOf('unpublish', pollRecord({ state, published: true }).poll));
    expect(outcomes).toEqual(['refused', 'changes', 'changes', 'refused']);
  });

  it('is over at its end, not a moment later (POLL-12)', () => {
    const endsAt = '2026-11-24T10:00:00.000Z';
    const at = (now: string, state: 'open' | 'closed' = 'open') =>
      isOverdue(pollRecord({ endsAt, state }).poll, new Date(now));
    expect(at('2026-11-24T09:59:59.999Z')).toBe(false);
    expect(at(endsAt)).toBe(true);
    expect(at(endsAt, 'closed')).toBe(false);
    expect(isOverdue(pollRecord().poll, new Date(endsAt))).toBe(false);
  });
});

describe('who runs polls', () => {
  const place = { eventId: 'event', sessionId: 'session' };
  const actor = (more: Partial<ActorContext>) =>
    ({ eventId: 'event', role: 'attendee', grants: [], ...more }) as unknown as ActorContext;

  it('is a moderator of the event or of the session (POLL-1)', () => {
    expect(canModerate(actor({ role: 'moderator' }), place)).toBe(true);
    expect(canModerate(actor({ grants: [{ ...place, role: 'moderator' }] }), place)).toBe(true);
    expect(canModerate(actor({ grants: [{ ...place, sessionId: 'another', role: 'moderator' }] }), place)).toBe(false);
    expect(canModerate(actor({ role: 'speaker' }), place)).toBe(false);
  });

  it('is nobody from another event (POLL-1)', () => {
    expect(belongsTo(actor({ eventId: 'another', role: 'organiser' }), place)).toBe(false);
    expect(belongsTo(actor({}), place)).toBe(true);
  });
});

describe('who answers', () => {
  const place = { eventId: 'e', sessionId: 's' };
  const somebody = (role: ActorContext['role'], mutedIn: string[] = []) =>
    ({ role, eventId: 'e', grants: [], mutedIn }) as unknown as ActorContext;

  it('is everybody but the muted, and guests where they only watch (POLL-17, AUTH-25)', () => {
    expect(refuseAnswering(somebody('guest'), place, 'open')).toBeNull();
    expect(refuseAnswering(somebody('guest'), place, 'moderated')).toBeNull();
    expect(refuseAnswering(somebody('guest'), place, 'watch_only')).toBe('guests.watch_only');
    expect(refuseAnswering(somebody('attendee'), place, 'watch_only')).toBeNull();
    expect(refuseAnswering(somebody('attendee', ['e']), place, 'open')).toBe('actor.muted');
  });
});
