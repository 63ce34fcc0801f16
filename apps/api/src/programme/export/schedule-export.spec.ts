import {
  eventRecord,
  roomRecord,
  sessionRow,
  speakerRecord,
} from '../../../../../test/support/records/programme-records.js';
import { parseCalendar } from '../../../../../test/support/documents/icalendar.js';
import { exportCalendar } from './schedule-ics.js';
import { exportSchedule, schedulePieces } from './schedule-json.js';
import { xmlPieces } from './schedule-xml.js';

const URL = 'https://plenum.example.org';
const event = eventRecord({ start: new Date('2026-03-28T08:00:00+01:00'), end: new Date('2026-03-30T22:00:00+02:00') });
const room = roomRecord({ kind: 'hub', city: 'Liège' });
const ada = speakerRecord({ name: 'Ada', affiliation: 'Lab' });
const winter = sessionRow({
  roomId: room.id,
  start: new Date('2026-03-28T08:30:00Z'),
  end: new Date('2026-03-28T10:00:00Z'),
  speakerIds: [ada.id],
  kind: 'debate',
  track: 'Health & care',
});
const summer = sessionRow({
  roomId: room.id,
  slug: 'x',
  title: `<b>"Tom" & 'Jerry'</b>\u0007`,
  start: new Date('2026-03-29T08:30:00Z'),
  end: new Date('2026-03-29T09:00:00Z'),
});
const cancelled = sessionRow({
  roomId: room.id,
  slug: 'cancelled',
  state: 'cancelled',
  start: new Date('2026-03-29T12:00:00Z'),
  end: new Date('2026-03-29T13:00:00Z'),
});
const programme = { event, rooms: [room], sessions: [winter, summer, cancelled], speakers: [ada] };
const { schedule } = exportSchedule(programme, URL);
const items = schedule.conference.days.flatMap((day) => Object.values(day.rooms).flat());

describe('schedule.json', () => {
  it('ends, regardless of the length of the event (IMP-10, SEC-61)', () => {
    const daysOf = (start: string, end: string) => {
      const endless = { ...event, start: new Date(start), end: new Date(end) };
      return exportSchedule({ ...programme, event: endless }, URL).schedule.conference.days;
    };
    expect(daysOf('1000-01-01T00:00:00Z', '9000-01-01T00:00:00Z')).toHaveLength(402);
    expect(daysOf('9999-12-30T12:00:00Z', '9999-12-31T20:00:00Z').map(({ date }) => date)).toEqual([
      '2026-03-28',
      '2026-03-29',
      '9999-12-30',
      '9999-12-31',
    ]);
  });

  it('has every required field in the form of the format (IMP-10)', () => {
    const { conference } = schedule;
    expect(conference.acronym).toMatch(/^[a-z0-9_-][a-z0-9_]{3,}$/);
    expect(conference).toMatchObject({
      title: 'Test week',
      start: '2026-03-28',
      end: '2026-03-30',
      daysCount: 3,
      time_zone_name: 'Europe/Brussels',
    });
    expect(conference.rooms).toEqual([
      { name: 'Plenary', guid: room.guid, slug: 'plenary', type: 'other', description: 'Liège', capacity: null },
    ]);
    for (const day of conference.days)
      for (const field of ['index', 'date', 'day_start', 'day_end', 'rooms']) expect(day).toHaveProperty(field);
    const required = [
      'abstract',
      'date',
      'duration',
      'guid',
      'id',
      'language',
      'links',
      'persons',
      'room',
      'slug',
      'start',
      'subtitle',
      'title',
      'track',
      'type',
      'url',
    ];
    for (const item of items) {
      for (const field of required) expect(item[field as keyof typeof item]).toBeDefined();
      expect(item.slug).toMatch(/^[a-z0-9_-]+[a-z0-9]$/);
      expect(item.duration).toMatch(/^[0-9]+:[0-9]{2}$/);
      expect(item.start).toMatch(/^(0[0-9]|1[0-9]|2[0-3]):[0-5][0-9]$/);
      expect(item.id).toBeGreaterThan(0);
      expect(item.url).toMatch(/^https:/);
    }
  });

  it('gives times on the clocks of the event, on both sides of the change to summer time (IMP-11)', () => {
    expect(items.map(({ date, start, duration }) => [date, start, duration])).toEqual([
      ['2026-03-28T09:30:00+01:00', '09:30', '01:30'],
      ['2026-03-29T10:30:00+02:00', '10:30', '00:30'],
    ]);
    expect(schedule.conference.days.map((day) => [day.day_start, day.day_end])[1]).toEqual([
      '2026-03-29T00:00:00+01:00',
      '2026-03-29T23:59:59+02:00',
    ]);
  });

  it('names persons in one of the two forms of the format, not in both', () => {
    const imported = ['NQTF8Y', 'person-26'].map((guid) => speakerRecord({ guid, name: guid }));
    const session = { ...winter, speakerIds: imported.map(({ id }) => id) };
    const exported = exportSchedule({ ...programme, sessions: [session], speakers: imported }, URL);
    const [item] = exported.schedule.conference.days.flatMap((day) => Object.values(day.rooms).flat());
    expect(item!.persons).toEqual([
      { code: 'NQTF8Y', name: 'NQTF8Y' },
      { id: 26, name: 'person-26' },
    ]);
    expect(items[0]!.persons).toEqual([{ guid: ada.guid, name: 'Ada', affiliation: 'Lab' }]);
  });

  it('tells rooms of one name apart', () => {
    const twin = roomRecord({ slug: 'twin', city: null });
    const inTwin = { ...winter, roomId: twin.id };
    const exported = exportSchedule({ ...programme, sessions: [inTwin, winter], rooms: [room, twin] }, URL);
    expect(Object.keys(exported.schedule.conference.days[0]!.rooms)).toEqual(['Plenary (plenary)', 'Plenary (twin)']);
  });

  it('names in a day only the rooms in which something happens (IMP-35)', () => {
    const empty = roomRecord({ slug: 'empty', name: 'Empty' });
    const { conference } = exportSchedule({ ...programme, rooms: [empty, room] }, URL).schedule;
    expect(conference.rooms.map(({ name }) => name)).toEqual(['Empty', 'Plenary']);
    expect(conference.days.map(({ rooms }) => Object.keys(rooms))).toEqual([['Plenary'], ['Plenary'], []]);
  });

  it('is the same in pieces, of which each is small (IMP-36)', () => {
    for (const one of [
      programme,
      { ...programme, sessions: [] },
      { ...programme, sessions: [winter, summer, winter] },
    ]) {
      const pieces = [...schedulePieces(one, URL)];
      expect(JSON.parse(pieces.join(''))).toEqual(JSON.parse(JSON.stringify(exportSchedule(one, URL))));
    }
    const many = { ...programme, sessions: Array<typeof winter>(1_000).fill(winter) };
    const pieces = [...schedulePieces(many, URL)];
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(5_000);
  });
});

describe('schedule.xml', () => {
  const xml = [...xmlPieces(programme, URL)].join('');

  it('escapes what people wrote and leaves out what XML cannot hold (IMP-11, SEC-46)', () => {
    expect(xml).toContain('<title>&lt;b&gt;&quot;Tom&quot; &amp; &apos;Jerry&apos;&lt;/b&gt;</title>');
    expect(xml).toContain('<track name="Health &amp; care" slug="health-care"/>');
    expect(xml).not.toContain('\u0007');
  });

  it('has frab’s form', () => {
    expect(xml).toMatch(
      /^<\?xml version="1.0" encoding="utf-8"\?>\n<schedule><generator name="Plenum"\/><version>1<\/version><conference>/,
    );
    expect(xml).toContain(`<event guid="${winter.guid}" id="`);
    expect(xml).toContain(`<person guid="${ada.guid}">Ada</person>`);
    expect(xml).toContain(
      '<date>2026-03-28T09:30:00+01:00</date><start>09:30</start><duration>01:30</duration><room>Plenary</room>',
    );
  });
});

describe('schedule.ics', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const calendar = (sessions = programme.sessions) => exportCalendar(programme, sessions, { publicUrl: URL, now });

  it('holds every session in UTC, and says which are cancelled (IMP-12)', () => {
    expect(
      calendar()
        .match(/DTSTART:.*/g)
        ?.map((line) => line.trim()),
    ).toEqual(['DTSTART:20260328T083000Z', 'DTSTART:20260329T083000Z', 'DTSTART:20260329T120000Z']);
    expect(calendar().match(/STATUS:\w+/g)).toEqual(['STATUS:CONFIRMED', 'STATUS:CONFIRMED', 'STATUS:CANCELLED']);
  });

  it('holds one session alone (IMP-12)', () => {
    expect(calendar([winter]).match(/BEGIN:VEVENT/g)).toHaveLength(1);
    expect(calendar([winter])).toContain('LOCATION:Plenary\\, Liège');
  });

  it('asks calendars to come back every quarter of an hour (IMP-13)', () => {
    const lines = calendar().split('\r\n');
    expect(lines.filter((line) => /^(REFRESH-INTERVAL|X-PUBLISHED-TTL)/.test(line))).toEqual([
      'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
      'X-PUBLISHED-TTL:PT15M',
    ]);
  });

  it('lets no text become a line of its own (IMP-11)', () => {
    const evil = sessionRow({ roomId: room.id, title: 'A\r\nBEGIN:VALARM', abstract: 'x;y,z\nATTACH:http://evil' });
    expect(calendar([evil])).not.toMatch(/^(BEGIN:VALARM|ATTACH)/m);
  });

  it('wakes people ten minutes before a session that they chose and that has not begun (WEB-184)', () => {
    const alarmsOf = (session: typeof winter, hasAlarms = true) => {
      const text = exportCalendar(programme, [session], { publicUrl: URL, now, hasAlarms });
      const [entry, ...more] = parseCalendar(text).components;
      expect([entry?.name, more]).toEqual(['VEVENT', []]);
      return entry!.components;
    };
    const title = 'Ä'.repeat(80) + '; a, b';
    // RFC 5545, 3.6.6: a display alarm has an action, a description and a trigger, each once, and no other component inside.
    expect(alarmsOf({ ...winter, title })).toEqual([
      {
        name: 'VALARM',
        properties: {
          ACTION: ['DISPLAY'],
          TRIGGER: ['-PT10M'],
          DESCRIPTION: [title.replace(/[;,]/g, (sign) => `\\${sign}`)],
        },
        components: [],
      },
    ]);
    for (const state of ['live', 'ended', 'cancelled'] as const) expect(alarmsOf({ ...winter, state })).toEqual([]);
    expect(alarmsOf(winter, false)).toEqual([]);
  });

  it('is a calendar by the letter of RFC 5545 (IMP-12)', () => {
    expect(parseCalendar(calendar()).components.map(({ name }) => name)).toEqual(['VEVENT', 'VEVENT', 'VEVENT']);
  });

  it('stays the same for a day, so that its ETag does', () => {
    const later = exportCalendar(programme, programme.sessions, {
      publicUrl: URL,
      now: new Date('2026-03-01T23:00:00Z'),
    });
    expect(later).toBe(calendar());
  });
});
