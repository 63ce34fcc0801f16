import { randomUUID } from 'node:crypto';

type Overrides = Record<string, unknown>;

/** A session of a schedule.json: an hour of talk on the first day of March 2026. */
export function item(overrides: Overrides = {}) {
  return {
    id: 1,
    guid: randomUUID(),
    date: '2026-03-16T09:30:00+01:00',
    start: '09:30',
    duration: '01:00',
    room: 'Plenary',
    slug: 'opening',
    url: 'https://example.org/opening',
    title: 'Opening',
    subtitle: '',
    track: null,
    type: 'plenary',
    language: 'en',
    abstract: '',
    persons: [] as unknown[],
    links: [] as unknown[],
    ...overrides,
  };
}

export type Item = ReturnType<typeof item>;

const ROOM_GUIDS = new Map<string, string>();

/** A room with a guid that is the same in every file of a test. */
export function fileRoom(name: string, overrides: Overrides = {}) {
  const guid = ROOM_GUIDS.get(name) ?? randomUUID();
  ROOM_GUIDS.set(name, guid);
  return { name, guid, type: 'stage', description: null, capacity: null, ...overrides };
}

/** A schedule.json of one day; rooms are listed for every name that has items, unless given. */
export function scheduleFile(rooms: Record<string, unknown[]>, conference: Overrides = {}) {
  return {
    schedule: {
      version: '1.0',
      conference: {
        acronym: 'test_week',
        title: 'Test week',
        start: '2026-03-16',
        end: '2026-03-20',
        daysCount: 5,
        timeslot_duration: '00:05',
        rooms: Object.keys(rooms).map((name) => fileRoom(name)),
        days: [
          {
            index: 1,
            date: '2026-03-16',
            day_start: '2026-03-16T00:00:00+01:00',
            day_end: '2026-03-16T23:59:00+01:00',
            rooms,
          },
        ],
        ...conference,
      },
    },
  };
}
