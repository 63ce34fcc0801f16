import { describe, expect, it } from '@jest/globals';
import { accessScopeOf, canKnowEvent, privateScopeOf } from './event-access.js';

const event = { id: 'e', access: 'private' } as const;
const grant = { eventId: 'e', sessionId: 's', role: 'speaker' } as const;
const someone = (more: Partial<Parameters<typeof privateScopeOf>[0] & object> = {}) => ({
  eventId: 'other' as string | null,
  role: 'attendee' as const,
  grants: [],
  ...more,
});

describe('an event', () => {
  it.each(['open', 'registered'] as const)('exists for everyone when it is %s (PROG-9)', (access) => {
    expect(canKnowEvent(null, { id: 'e', access })).toBe(true);
  });

  it('exists only for people with a role in it when it is private (PROG-9)', () => {
    expect(canKnowEvent(null, event)).toBe(false);
    expect(canKnowEvent(someone(), event)).toBe(false);
    expect(canKnowEvent(someone({ eventId: 'e' }), event)).toBe(true);
    expect(canKnowEvent(someone({ eventId: null }), event)).toBe(true);
    expect(canKnowEvent(someone({ grants: [grant] }), event)).toBe(true);
  });

  it('does not exist for guests when it is private, unless they have another role in it (PROG-9)', () => {
    expect(canKnowEvent(someone({ eventId: 'e', role: 'guest' }), event)).toBe(false);
    expect(canKnowEvent(someone({ eventId: null, role: 'guest' }), event)).toBe(false);
    expect(canKnowEvent(someone({ eventId: 'e', role: 'guest', grants: [grant] }), event)).toBe(true);
  });

  it('does not exist for the banned when it is private (PROG-9)', () => {
    expect(canKnowEvent(someone({ eventId: null, bannedIn: ['e'] }), event)).toBe(false);
    expect(canKnowEvent(someone({ grants: [grant], bannedIn: ['e'] }), event)).toBe(false);
  });
});

describe('a scope', () => {
  it('names the events of a query, all of them as null (AUTH-21)', () => {
    expect(accessScopeOf(null)).toEqual({ events: [], except: [] });
    expect(accessScopeOf(someone({ role: 'guest', grants: [grant] }))).toEqual({ events: ['other', 'e'], except: [] });
    expect(accessScopeOf(someone({ eventId: null, bannedIn: ['b'] }))).toEqual({ events: null, except: ['b'] });
    expect(privateScopeOf(someone({ role: 'guest', grants: [grant] }))).toEqual({ events: ['e'], except: [] });
  });
});
