import type { Actor } from '#libs/contract/roles';
import { belongsTo, hasRole } from './actor.js';
import { demoStart } from './demo-start.js';
import { isOwnPath } from './own-path.js';

const actor = (more: Partial<Actor>): Actor => ({
  id: 'a',
  name: null,
  eventId: 'e',
  role: 'guest',
  sessions: [],
  ...more,
});

describe('the signed-in actor', () => {
  it('belongs to one event, or to the whole hub (WEB-14)', () => {
    expect(belongsTo(actor({}), 'e')).toBe(true);
    expect(belongsTo(actor({}), 'other')).toBe(false);
    expect(belongsTo(actor({ eventId: null, role: 'organiser' }), 'other')).toBe(true);
  });

  it('sees the doors of their role in the session where they have it (WEB-14)', () => {
    const speaker = actor({ sessions: [{ sessionId: 's', role: 'speaker' }] });
    expect(hasRole(speaker, 'speaker', 's')).toBe(true);
    expect(hasRole(speaker, 'speaker', 'other')).toBe(false);
    expect(hasRole(null, 'guest')).toBe(false);
  });

  it('is sent back to a page of this hub only (WEB-14)', () => {
    expect(isOwnPath('/ai-week/s/plenary')).toBe(true);
    for (const path of ['//evil.example', '/\\evil.example', 'https://evil.example', undefined])
      expect(isOwnPath(path)).toBe(false);
  });
});

describe('the demo', () => {
  const event = {
    slug: 'week',
    rooms: [{ id: 'hall', kind: 'plenary' }],
    sessions: [
      { slug: 'later', state: 'scheduled', roomId: 'hall' },
      { slug: 'debate', state: 'live', roomId: 'hub' },
      { slug: 'plenary', state: 'live', roomId: 'hall' },
    ],
  } as unknown as Parameters<typeof demoStart>[0];

  it('begins for each role where it works', () => {
    expect(
      ['attendee', 'moderator', 'speaker', 'organiser', 'projector'].map((role) => demoStart(event, role)),
    ).toEqual([
      '/week/s/plenary',
      '/week/s/plenary/moderate',
      '/week/s/plenary/speak',
      '/week',
      '/present/week/plenary',
    ]);
  });
});
