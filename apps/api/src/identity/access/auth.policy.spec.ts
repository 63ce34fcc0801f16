import { describe, expect, it } from '@jest/globals';
import { type Role, ROLES } from '#libs/domain/roles';
import { type ActorContext, isAtLeast, roleIn, strongestRoleIn } from '../actors/actor.js';
import { can } from './auth.policy.js';

const EVENT = 'event-1';
const someone = (role: Role, more: Partial<ActorContext> = {}): ActorContext => ({
  id: 'actor-1',
  kind: 'demo',
  name: null,
  eventId: EVENT,
  role,
  grants: [],
  mutedIn: [],
  bannedIn: [],
  mustChangePassword: false,
  token: { id: 'token-1', expiresAt: new Date() },
  ...more,
});
const account = (grants: ActorContext['grants']) => someone('guest', { kind: 'account', eventId: 'another', grants });

describe('roles', () => {
  it('hold in one event only (AUTH-12)', () => {
    expect(roleIn(someone('moderator'), { eventId: EVENT })).toBe('moderator');
    expect(roleIn(someone('moderator'), { eventId: 'another' })).toBeNull();
    expect(roleIn(null, { eventId: EVENT })).toBeNull();
  });

  it('hold in one session where they are granted for it, and never weaken another (AUTH-12)', () => {
    const speaker = someone('attendee', { grants: [{ eventId: EVENT, sessionId: 'keynote', role: 'speaker' }] });
    expect(roleIn(speaker, { eventId: EVENT, sessionId: 'keynote' })).toBe('speaker');
    expect(roleIn(speaker, { eventId: EVENT, sessionId: 'debate' })).toBe('attendee');
    expect(isAtLeast(speaker, 'speaker', { eventId: EVENT })).toBe(false);
    const organiser = someone('organiser', { grants: [{ eventId: EVENT, sessionId: null, role: 'attendee' }] });
    expect(roleIn(organiser, { eventId: EVENT })).toBe('organiser');
  });

  it('end with a ban, in that event only (AUTH-8)', () => {
    const banned = someone('attendee', { eventId: null, bannedIn: [EVENT] });
    expect(roleIn(banned, { eventId: EVENT })).toBeNull();
    expect(roleIn(banned, { eventId: 'another' })).toBe('attendee');
    expect(strongestRoleIn(banned, EVENT)).toBe('attendee');
  });
});

describe('guests', () => {
  it('come to open events only (AUTH-1)', () => {
    expect(can(null, 'guest.enter', { access: 'open' })).toBeNull();
    expect(can(null, 'guest.enter', { access: 'registered' })).toBe('auth.guests_refused');
    expect(can(null, 'guest.enter', { access: 'private' })).toBe('not_found');
    expect(can(null, 'guest.enter', undefined)).toBe('not_found');
  });
});

describe('mute and ban', () => {
  it('require a moderator, and a target of a lower role (AUTH-9)', () => {
    for (const by of ROLES)
      for (const target of ROLES) {
        const isAllowed = ROLES.indexOf(by) >= ROLES.indexOf('moderator') && ROLES.indexOf(target) < ROLES.indexOf(by);
        expect([by, target, can(someone(by), 'actor.restrict', { target: someone(target), eventId: EVENT })]).toEqual([
          by,
          target,
          isAllowed ? null : 'forbidden',
        ]);
      }
  });

  it('need a moderator of the whole event, not of one session (AUTH-9)', () => {
    const ofSession = account([{ eventId: EVENT, sessionId: 'debate', role: 'moderator' }]);
    expect(can(ofSession, 'actor.restrict', { target: someone('guest'), eventId: EVENT })).toBe('forbidden');
    const ofEvent = account([{ eventId: EVENT, sessionId: null, role: 'moderator' }]);
    expect(can(ofEvent, 'actor.restrict', { target: someone('guest'), eventId: EVENT })).toBeNull();
    expect(can(ofEvent, 'actor.restrict', { target: ofSession, eventId: EVENT })).toBe('forbidden');
  });

  it('do not find people of other events (AUTH-9)', () => {
    expect(can(someone('moderator'), 'actor.restrict', { target: undefined, eventId: EVENT })).toBe('not_found');
    expect(can(someone('moderator'), 'actor.restrict', { target: account([]), eventId: EVENT })).toBe('not_found');
    expect(
      can(someone('moderator', { eventId: 'another' }), 'actor.restrict', { target: someone('guest'), eventId: EVENT }),
    ).toBe('not_found');
  });

  it('can be lifted from a banned person (AUTH-9)', () => {
    const banned = someone('guest', { bannedIn: [EVENT] });
    expect(can(someone('moderator'), 'actor.restrict', { target: banned, eventId: EVENT })).toBeNull();
  });
});
