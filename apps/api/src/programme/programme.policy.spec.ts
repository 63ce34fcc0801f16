import { actorContext } from '../../../../test/support/records/programme-records.js';
import { SESSION_STATES, type SessionPatch } from '#libs/contract/programme';
import { ROLES } from '#libs/contract/roles';
import {
  canChangeSession,
  canCreateEvents,
  canOrganise,
  canRead,
  isTakingBack,
  isTransition,
} from './programme.policy.js';

const event = { id: 'e', access: 'private' } as const;
const place = { eventId: 'e', sessionId: 's' };

describe('who sees an event', () => {
  it.each(['open', 'registered'] as const)('everybody, when it is %s', (access) => {
    expect(canRead(null, { id: 'e', access })).toBe(true);
  });

  it('only people with a role in it, when it is private (PROG-9)', () => {
    expect(canRead(null, event)).toBe(false);
    expect(canRead(actorContext({ eventId: 'other' }), event)).toBe(false);
    expect(canRead(actorContext({ eventId: 'e', role: 'guest' }), event)).toBe(false);
    expect(canRead(actorContext({ eventId: 'e' }), event)).toBe(true);
    expect(
      canRead(actorContext({ eventId: 'other', grants: [{ eventId: 'e', sessionId: 's', role: 'speaker' }] }), event),
    ).toBe(true);
  });

  it('nobody who is banned from it, when it is private', () => {
    const banned = {
      eventId: 'other',
      bannedIn: ['e'],
      grants: [{ eventId: 'e', sessionId: null, role: 'speaker' as const }],
    };
    expect(canRead(actorContext(banned), event)).toBe(false);
  });
});

describe('who organises', () => {
  it.each(ROLES)('an organiser of the event, so not as %s unless that is it (PROG-4)', (role) => {
    expect(canOrganise(actorContext({ eventId: 'e', role }), 'e')).toBe(role === 'organiser');
    expect(canOrganise(actorContext({ eventId: 'other', role }), 'e')).toBe(false);
  });

  it('events are created by organisers of the whole hub (PROG-4)', () => {
    expect(canCreateEvents(actorContext({ role: 'organiser' }))).toBe(true);
    expect(canCreateEvents(actorContext({ role: 'organiser', eventId: 'e' }))).toBe(false);
    expect(canCreateEvents(actorContext({ role: 'moderator' }))).toBe(false);
    expect(canCreateEvents(null)).toBe(false);
  });
});

describe('who changes a session', () => {
  const moderator = actorContext({
    eventId: 'e',
    role: 'attendee',
    grants: [{ eventId: 'e', sessionId: 's', role: 'moderator' }],
  });
  const can = (patch: SessionPatch) => canChangeSession(moderator, place, patch, 'scheduled');

  it('its moderator, for what runs it (PROG-5)', () => {
    expect(can({ state: 'live', qa: 'paused', premoderated: false, slowMode: 30 })).toBe(true);
  });

  it.each<SessionPatch>([
    { title: 'x' },
    { start: '2026-03-16T09:30:00.000Z' },
    { speakerIds: [] },
    { state: 'cancelled' },
    { qa: 'open', roomId: 'r' },
  ])('but its moderator not for %j (PROG-5)', (patch) => {
    expect(can(patch)).toBe(false);
  });

  it('not the moderator of another session, nor a speaker (PROG-5)', () => {
    expect(canChangeSession(moderator, { eventId: 'e', sessionId: 'other' }, { state: 'live' }, 'scheduled')).toBe(
      false,
    );
    expect(
      canChangeSession(actorContext({ eventId: 'e', role: 'speaker' }), place, { state: 'live' }, 'scheduled'),
    ).toBe(false);
  });

  it('only an organiser calls a cancelled one back (PROG-5)', () => {
    expect(canChangeSession(moderator, place, { state: 'scheduled' }, 'cancelled')).toBe(false);
    expect(
      canChangeSession(actorContext({ eventId: 'e', role: 'organiser' }), place, { state: 'scheduled' }, 'cancelled'),
    ).toBe(true);
  });
});

it('takes going live back within a minute, by the clock of the node (PROG-27)', () => {
  const live = { state: 'live', liveAt: new Date('2026-03-16T09:00:00Z') } as const;
  expect(isTakingBack(live, 'scheduled', new Date('2026-03-16T09:01:00Z'))).toBe(true);
  expect(isTakingBack(live, 'scheduled', new Date('2026-03-16T09:01:01Z'))).toBe(false);
  expect(isTakingBack(live, 'ended', new Date('2026-03-16T09:00:01Z'))).toBe(false);
  expect(isTakingBack({ state: 'ended', liveAt: live.liveAt }, 'scheduled', new Date('2026-03-16T09:00:01Z'))).toBe(
    false,
  );
});

it('knows every step from state to state (PROG-6)', () => {
  const steps = SESSION_STATES.flatMap((from) =>
    SESSION_STATES.filter((to) => from !== to && isTransition(from, to)).map((to) => `${from} ${to}`),
  );
  expect(steps).toEqual([
    'scheduled live',
    'scheduled cancelled',
    'live ended',
    'live cancelled',
    'cancelled scheduled',
  ]);
  for (const state of SESSION_STATES) expect(isTransition(state, state)).toBe(true);
});
