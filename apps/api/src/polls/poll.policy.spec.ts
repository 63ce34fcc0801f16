import { type ActorContext } from '../identity/actors/actor.js';
import { can } from './poll.policy.js';

describe('who runs polls', () => {
  const scope = { eventId: 'event', sessionId: 'session' };
  const actor = (more: Partial<ActorContext>) =>
    ({ eventId: 'event', role: 'attendee', grants: [], ...more }) as unknown as ActorContext;

  it('is a moderator of the event or of the session (POLL-1)', () => {
    expect(can(actor({ role: 'moderator' }), 'poll.moderate', { scope })).toBeNull();
    expect(can(actor({ grants: [{ ...scope, role: 'moderator' }] }), 'poll.moderate', { scope })).toBeNull();
    expect(
      can(actor({ grants: [{ ...scope, sessionId: 'another', role: 'moderator' }] }), 'poll.moderate', { scope }),
    ).toBe('forbidden');
    expect(can(actor({ role: 'speaker' }), 'poll.moderate', { scope })).toBe('forbidden');
  });

  it('is nobody from another event (POLL-1)', () => {
    expect(can(actor({ eventId: 'another', role: 'organiser' }), 'poll.moderate', { scope })).toBe('not_found');
    expect(can(actor({}), 'poll.moderate', { scope })).toBe('forbidden');
  });
});

describe('who answers', () => {
  const scope = { eventId: 'e', sessionId: 's' };
  const somebody = (role: ActorContext['role'], mutedIn: string[] = []) =>
    ({ role, eventId: 'e', grants: [], mutedIn }) as unknown as ActorContext;

  it('is everybody but the muted, and guests where they only watch (POLL-17, AUTH-25)', () => {
    expect(can(somebody('guest'), 'poll.answer', { scope, guests: 'open' })).toBeNull();
    expect(can(somebody('guest'), 'poll.answer', { scope, guests: 'moderated' })).toBeNull();
    expect(can(somebody('guest'), 'poll.answer', { scope, guests: 'watch_only' })).toBe('guests.watch_only');
    expect(can(somebody('attendee'), 'poll.answer', { scope, guests: 'watch_only' })).toBeNull();
    expect(can(somebody('attendee', ['e']), 'poll.answer', { scope, guests: 'open' })).toBe('actor.muted');
  });
});
