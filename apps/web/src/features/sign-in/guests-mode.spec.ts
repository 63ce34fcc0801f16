import type { Actor } from '#libs/contract/roles';
import { guestsModeFor } from './guests-mode.js';

const actor = (more: Partial<Actor>): Actor => ({
  id: 'a',
  name: null,
  eventId: 'e',
  role: 'guest',
  sessions: [],
  ...more,
});

describe('what an event holds its guests to', () => {
  const event = { guests: 'watch_only' } as const;

  it('holds for guests and for those who would become one (WEB-16)', () => {
    expect(guestsModeFor(event, actor({}), 's')).toBe('watch_only');
    expect(guestsModeFor(event, null, 's')).toBe('watch_only');
  });

  it('holds for nobody else, and not before it is known who is there (WEB-16)', () => {
    expect(guestsModeFor(event, actor({ role: 'attendee' }), 's')).toBe('open');
    expect(guestsModeFor(event, actor({ sessions: [{ sessionId: 's', role: 'speaker' }] }), 's')).toBe('open');
    expect(guestsModeFor(event, undefined, 's')).toBe('open');
  });
});
