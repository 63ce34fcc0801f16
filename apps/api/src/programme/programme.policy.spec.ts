import { actorContext } from '../../../../test/support/records/programme-records.js';
import { type SessionPatch } from '#libs/contract/programme';
import { ROLES } from '#libs/domain/roles';
import { can } from './programme.policy.js';

const scope = { eventId: 'e', sessionId: 's' };

describe('who organises', () => {
  it.each(ROLES)('an organiser of the event, so not as %s unless that is it (PROG-4)', (role) => {
    const refusal = role === 'organiser' ? null : 'forbidden';
    expect(can(actorContext({ eventId: 'e', role }), 'event.organise', { eventId: 'e' })).toBe(refusal);
    expect(can(actorContext({ eventId: 'other', role }), 'event.organise', { eventId: 'e' })).toBe('forbidden');
  });

  it('events are created by organisers of the whole hub (PROG-4)', () => {
    expect(can(actorContext({ role: 'organiser' }), 'event.create', null)).toBeNull();
    expect(can(actorContext({ role: 'organiser', eventId: 'e' }), 'event.create', null)).toBe('forbidden');
    expect(can(actorContext({ role: 'moderator' }), 'event.create', null)).toBe('forbidden');
    expect(can(null, 'event.create', null)).toBe('forbidden');
  });
});

describe('who changes a session', () => {
  const moderator = actorContext({
    eventId: 'e',
    role: 'attendee',
    grants: [{ eventId: 'e', sessionId: 's', role: 'moderator' }],
  });
  const change = (patch: SessionPatch) => can(moderator, 'session.change', { scope, patch, from: 'scheduled' });

  it('its moderator, for what runs it (PROG-5)', () => {
    expect(change({ state: 'live', qa: 'paused', premoderated: false, slowMode: 30 })).toBeNull();
  });

  it.each<SessionPatch>([
    { title: 'x' },
    { start: '2026-03-16T09:30:00.000Z' },
    { speakerIds: [] },
    { state: 'cancelled' },
    { qa: 'open', roomId: 'r' },
  ])('but its moderator not for %j (PROG-5)', (patch) => {
    expect(change(patch)).toBe('forbidden');
  });

  it('not the moderator of another session, nor a speaker (PROG-5)', () => {
    const goingLive = { patch: { state: 'live' }, from: 'scheduled' } as const;
    const other = { eventId: 'e', sessionId: 'other' };
    expect(can(moderator, 'session.change', { scope: other, ...goingLive })).toBe('forbidden');
    const speaker = actorContext({ eventId: 'e', role: 'speaker' });
    expect(can(speaker, 'session.change', { scope, ...goingLive })).toBe('forbidden');
  });

  it('only an organiser calls a cancelled one back (PROG-5)', () => {
    const callingBack = { scope, patch: { state: 'scheduled' }, from: 'cancelled' } as const;
    expect(can(moderator, 'session.change', callingBack)).toBe('forbidden');
    const organiser = actorContext({ eventId: 'e', role: 'organiser' });
    expect(can(organiser, 'session.change', callingBack)).toBeNull();
  });
});
