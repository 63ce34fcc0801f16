import { randomUUID } from 'node:crypto';
import { type ActorContext } from '../../../apps/api/src/identity/actors/actor.js';
import { type EventEntity } from '../../../apps/api/src/programme/event.entity.js';
import { type RoomEntity } from '../../../apps/api/src/programme/room.entity.js';
import { type SessionRow } from '../../../apps/api/src/programme/session-rows.repository.js';
import { type SpeakerEntity } from '../../../apps/api/src/programme/speaker.entity.js';

/** Records of the programme for unit tests; everything can be overridden. */
export function eventRecord(overrides: Partial<EventEntity> = {}): EventEntity {
  return {
    id: randomUUID(),
    slug: 'test-week',
    title: 'Test week',
    description: null,
    translations: {},
    timeZone: 'Europe/Brussels',
    languages: ['en'],
    start: new Date('2026-03-16T00:00:00+01:00'),
    end: new Date('2026-03-20T23:00:00+01:00'),
    access: 'open',
    guests: 'open',
    blockedWords: [],
    guestDevices: false,
    guestProof: false,
    scheduleVersion: '1',
    ...overrides,
  };
}

export function roomRecord(overrides: Partial<RoomEntity> = {}): RoomEntity {
  const id = randomUUID();
  return {
    id,
    eventId: randomUUID(),
    guid: randomUUID(),
    slug: 'plenary',
    name: 'Plenary',
    kind: 'plenary',
    city: null,
    capacity: null,
    translations: {},
    position: 0,
    onAir: false,
    ...overrides,
  };
}

export function speakerRecord(overrides: Partial<SpeakerEntity> = {}): SpeakerEntity {
  return {
    id: randomUUID(),
    eventId: randomUUID(),
    guid: randomUUID(),
    name: 'Ada',
    affiliation: null,
    biography: null,
    ...overrides,
  };
}

export function sessionRow(overrides: Partial<SessionRow> = {}): SessionRow {
  return {
    id: randomUUID(),
    eventId: randomUUID(),
    roomId: randomUUID(),
    guid: randomUUID(),
    slug: 'opening',
    title: 'Opening',
    kind: 'plenary',
    state: 'scheduled',
    start: new Date('2026-03-16T09:30:00+01:00'),
    end: new Date('2026-03-16T10:30:00+01:00'),
    language: null,
    track: null,
    abstract: null,
    translations: {},
    source: {},
    qa: 'open',
    premoderated: true,
    slowMode: 0,
    liveAt: null,
    endedAt: null,
    onAir: false,
    speakerIds: [],
    access: 'open',
    version: 0,
    sessionVersion: 0,
    ...overrides,
  };
}

/** An actor with a role in one event; `eventId: null` is an account of the whole hub. */
export function actorContext(overrides: Partial<ActorContext> = {}): ActorContext {
  return {
    id: randomUUID(),
    kind: 'account',
    name: null,
    eventId: null,
    role: 'attendee',
    grants: [],
    mutedIn: [],
    mustChangePassword: false,
    token: { id: randomUUID(), expiresAt: new Date(Date.now() + 3_600_000) },
    ...overrides,
  };
}
