import { randomUUID } from 'node:crypto';
import { item, scheduleFile } from '../../../../../test/support/records/schedule-files.js';
import { Problems } from './problems.js';
import { readSchedule } from './read-schedule.js';

function read(body: unknown) {
  const problems = new Problems();
  const file = readSchedule(body, problems);
  return { file, problems: problems.toList() };
}

const room = { guid: randomUUID(), name: 'Saal 1', slug: 'saal-1', type: 'stage' };
const ada = { guid: randomUUID(), name: 'Ada', role: 'speaker' };

/** A session as newer files list it: times in full, and references where older files have names. */
function flatItem(overrides: Record<string, unknown> = {}) {
  return {
    guid: randomUUID(),
    type: 'talk',
    title: 'Opening',
    subtitle: null,
    slug: 'opening',
    start: '2026-03-16T09:30:00+01:00',
    end: '2026-03-16T10:30:00+01:00',
    room: { guid: room.guid, name: room.name },
    track: { slug: 'ethics' },
    language: 'en',
    abstract: { de: 'Kurz.', en: 'Short.' },
    description: 'Long.',
    logo: { url: 'https://example.org/logo.png' },
    participants: [ada],
    links: [],
    url: 'https://example.org/opening',
    ...overrides,
  };
}

function flatFile(events: unknown[], schedule: Record<string, unknown> = {}) {
  return {
    schedule: {
      version: '2.0',
      conference: {
        acronym: 'test_week',
        title: 'Test week',
        start: '2026-03-16T09:00:00+01:00',
        end: '2026-03-16T18:00:00+01:00',
        tracks: [{ name: 'Ethics & Society', slug: 'ethics' }],
        rooms: [room],
        days: [{ index: 1, date: '2026-03-16', start: '2026-03-16T09:00:00+01:00', end: '2026-03-16T18:00:00+01:00' }],
      },
      events,
      persons: [{ guid: ada.guid, name: 'Ada', biography: 'Writes programmes.' }],
      ...schedule,
    },
  };
}

describe('a schedule with one list of sessions', () => {
  it('is read like one with days and rooms (IMP-14)', () => {
    const session = flatItem();
    const { file, problems } = read(flatFile([session]));
    expect(problems).toEqual([]);
    expect(file.rooms).toMatchObject([{ guid: room.guid, name: 'Saal 1', kind: 'plenary' }]);
    expect(file.sessions).toMatchObject([
      {
        at: 'schedule.events[0]',
        guid: session.guid,
        roomGuid: room.guid,
        start: new Date('2026-03-16T08:30:00Z'),
        end: new Date('2026-03-16T09:30:00Z'),
        track: 'Ethics & Society',
        abstract: 'Short.\n\nLong.',
        speakerGuids: [ada.guid],
        source: { logo: 'https://example.org/logo.png', url: 'https://example.org/opening', type: 'talk' },
      },
    ]);
    expect(file.speakers).toMatchObject([{ name: 'Ada', biography: 'Writes programmes.' }]);
  });

  it.each([
    ['a name', 'Saal 1'],
    ['a slug', { slug: 'saal-1' }],
    ['a guid', { guid: room.guid }],
  ])('knows rooms by %s (IMP-14)', (_, reference) => {
    const { file, problems } = read(flatFile([flatItem({ room: reference })]));
    expect(file.sessions).toMatchObject([{ roomGuid: room.guid }]);
    expect(problems).toEqual([]);
  });

  it('may be called sessions, and stand in the conference; rooms may stand beside it (IMP-14)', () => {
    const body = flatFile([], { events: undefined, rooms: [room] });
    const { rooms: _, ...conference } = body.schedule.conference;
    const { file } = read({ schedule: { ...body.schedule, conference: { ...conference, sessions: [flatItem()] } } });
    expect(file.sessions).toMatchObject([{ at: 'schedule.conference.sessions[0]', roomGuid: room.guid }]);
  });

  it('may have lists of rooms with lists of sessions in its days (IMP-14)', () => {
    const rooms = [{ name: 'Plenary', events: [item()] }];
    const { file, problems } = read(scheduleFile({}, { rooms: undefined, days: [{ index: 1, rooms }] }));
    expect(file.sessions).toMatchObject([{ at: 'schedule.conference.days[0].rooms[0][0]' }]);
    expect(problems).toEqual([]);
  });

  it('makes a room that is not listed, and says what has none (IMP-19)', () => {
    const { file, problems } = read(flatFile([flatItem({ room: { name: 'Cellar' } }), flatItem({ room: null })]));
    expect(file.rooms.map(({ name }) => name)).toEqual(['Saal 1', 'Cellar']);
    expect(problems).toMatchObject([
      { at: 'schedule.events[0].room', severity: 'warning' },
      { at: 'schedule.events[1].room', severity: 'error' },
    ]);
  });

  it('leaves out breaks for everybody, and knows those without a guid again (IMP-14)', () => {
    const guid = randomUUID();
    const lunch = {
      type: 'break',
      title: 'Lunch',
      start: '2026-03-16T12:00:00+01:00',
      end: '2026-03-16T13:00:00+01:00',
    };
    const body = flatFile([
      { ...lunch, guid },
      { ...lunch, room: { name: 'Saal 1' } },
    ]);
    const { file, problems } = read(body);
    expect(file.sessions).toMatchObject([{ title: 'Lunch', kind: 'break' }]);
    expect(file.unusableGuids).toEqual(new Set([guid]));
    expect(problems.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
    expect(read(body).file.sessions).toEqual(file.sessions);
  });
});

describe('a form that is not known', () => {
  const { days: _, ...conference } = scheduleFile({}).schedule.conference;
  it.each([
    ['days without rooms', { ...conference, days: [{ index: 1, date: '2026-03-16' }] }, {}],
    ['no days', { ...conference, days: [] }, {}],
    ['another list', { ...conference, days: [] }, { talks: [item()] }],
    ['days whose rooms are names', { ...conference, days: [{ rooms: ['Plenary'] }] }, {}],
    ['sessions in two lists', conference, { events: [], sessions: [] }],
    ['sessions in a list and in days', scheduleFile({ Plenary: [] }).schedule.conference, { events: [] }],
  ])('with %s is refused and never read as empty (IMP-15)', (_name, given, schedule) => {
    expect(() => read({ schedule: { version: '1', conference: given, ...schedule } })).toThrow(
      expect.objectContaining({ code: 'schedule.unusable' }),
    );
  });
});
