import { describe, expect, it } from '@jest/globals';
import { type Role } from '#libs/domain/roles';
import { type Standing } from '../identity/actors/actor.js';
import { can, roleInRoom, type StreamScope } from './streams.policy.js';

const NOW = new Date('2026-11-23T10:00:00Z');
const inMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

const somebody = (role: Role, overrides: Partial<Standing> = {}): Standing => ({
  id: 'a',
  kind: 'demo',
  name: null,
  eventId: 'week',
  role,
  grants: [],
  mutedIn: [],
  mustChangePassword: false,
  ...overrides,
});
const scope = (overrides: Partial<StreamScope> = {}): StreamScope => ({
  eventId: 'week',
  kind: 'plenary',
  access: 'open',
  guests: 'open',
  sessions: [],
  ...overrides,
});
const canWatch = (actor: Standing, room: StreamScope, now: Date) => can(actor, 'stream.watch', { room, now }) === null;
const canPublish = (actor: Standing, room: StreamScope, now: Date) =>
  can(actor, 'stream.publish', { room, now }) === null;
const speakerOf = (sessionId: string) =>
  somebody('attendee', { grants: [{ eventId: 'week', sessionId, role: 'speaker' }] });

describe('who may do what in a stream', () => {
  it('lets everybody of the event watch, and nobody of another one (STR-16)', () => {
    expect(canWatch(somebody('guest'), scope(), NOW)).toBe(true);
    expect(canWatch(somebody('organiser', { eventId: 'other' }), scope(), NOW)).toBe(false);
    expect(canWatch(somebody('attendee', { bannedIn: ['week'] }), scope(), NOW)).toBe(false);
  });

  it('lets no guest watch where the event takes none any more, and says so (STR-16)', () => {
    const guest = somebody('guest', { kind: 'guest' });
    const closed = { room: scope({ access: 'registered' }), now: NOW };
    expect(can(guest, 'stream.watch', closed)).toBe('auth.guests_refused');
    expect(can(somebody('attendee'), 'stream.watch', closed)).toBeNull();
  });

  it('puts the stage on air in a plenary, and everybody in a workshop (STR-1, STR-2)', () => {
    expect(canPublish(somebody('speaker'), scope(), NOW)).toBe(true);
    expect(canPublish(somebody('interpreter'), scope({ kind: 'hub' }), NOW)).toBe(false);
    expect(canPublish(somebody('guest'), scope({ kind: 'workshop' }), NOW)).toBe(true);
  });

  it('lets guests who only watch do so in a workshop too, and publish nowhere (STR-2, AUTH-25)', () => {
    const workshop = scope({ kind: 'workshop', guests: 'watch_only' });
    expect(canWatch(somebody('guest'), workshop, NOW)).toBe(true);
    expect(canPublish(somebody('guest'), workshop, NOW)).toBe(false);
    expect(canPublish(somebody('attendee'), workshop, NOW)).toBe(true);
  });

  it('keeps the muted off the air, whatever their role (STR-2)', () => {
    expect(canPublish(somebody('speaker', { mutedIn: ['week'] }), scope(), NOW)).toBe(false);
    expect(canPublish(somebody('guest', { mutedIn: ['week'] }), scope({ kind: 'workshop' }), NOW)).toBe(false);
  });

  it('opens the room to the speakers of a session an hour before it, until it has ended (STR-6)', () => {
    const during = (state: 'scheduled' | 'live' | 'ended', minutes: number) =>
      canPublish(speakerOf('talk'), scope({ sessions: [{ id: 'talk', state, start: inMinutes(minutes) }] }), NOW);
    expect(during('scheduled', 61)).toBe(false);
    expect(during('scheduled', 60)).toBe(true);
    expect(during('scheduled', -10)).toBe(true);
    expect(during('live', -30)).toBe(true);
    expect(during('ended', -30)).toBe(false);
    expect(
      canPublish(
        speakerOf('another'),
        scope({ sessions: [{ id: 'talk', state: 'live', start: inMinutes(-30) }] }),
        NOW,
      ),
    ).toBe(false);
  });

  it('takes the strongest role', () => {
    const sessions = [{ id: 'talk', state: 'live', start: NOW }] as const;
    expect(roleInRoom(speakerOf('talk'), scope({ sessions }), NOW)).toBe('speaker');
    expect(roleInRoom(somebody('organiser'), scope({ sessions }), NOW)).toBe('organiser');
  });

  it('shows who may publish to moderators only (STR-7)', () => {
    const allowed = (['guest', 'attendee', 'interpreter', 'speaker', 'moderator', 'organiser'] as const).filter(
      (role) => can(somebody(role), 'stream.list', { room: scope(), now: NOW }) === null,
    );
    expect(allowed).toEqual(['moderator', 'organiser']);
  });
});
