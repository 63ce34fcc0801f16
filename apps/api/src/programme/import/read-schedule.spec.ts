import { randomUUID } from 'node:crypto';
import { fileRoom, item, scheduleFile } from '../../../../../test/support/records/schedule-files.js';
import { Problems } from './problems.js';
import { readSchedule } from './read-schedule.js';
import { roomKindOf } from './room-kind.js';

function read(body: unknown) {
  const problems = new Problems();
  const file = readSchedule(body, problems);
  return {
    file,
    problems: problems.toList(),
    errors: problems.toList().filter(({ severity }) => severity === 'error'),
  };
}

const AT = 'schedule.conference.days[0].rooms["Plenary"]';
const day = (rooms: Record<string, unknown[]>) => [{ index: 1, date: '2026-03-16', rooms }];

describe('reading a schedule.json', () => {
  it('reads a session with its room, time, texts and speakers', () => {
    const person = { guid: randomUUID(), name: 'Ada', affiliation: 'Lab' };
    const session = item({ type: 'Panel discussion', abstract: 'Short.', description: 'Long.', persons: [person] });
    const { file, problems } = read(scheduleFile({ Plenary: [session] }));
    expect(problems).toEqual([]);
    expect(file.sessions).toMatchObject([
      {
        guid: session.guid,
        slug: 'opening',
        kind: 'panel',
        abstract: 'Short.\n\nLong.',
        start: new Date('2026-03-16T08:30:00Z'),
        end: new Date('2026-03-16T09:30:00Z'),
        speakerGuids: [person.guid],
      },
    ]);
    expect(file.speakers).toEqual([{ guid: person.guid, name: 'Ada', affiliation: 'Lab', biography: null }]);
  });

  it.each([
    undefined,
    null,
    'x',
    {},
    { schedule: {} },
    { schedule: { conference: {} } },
    { schedule: { conference: { days: 'none' } } },
    [],
  ])('refuses what is no schedule: %j (IMP-9)', (body) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ code: 'schedule.unusable' }));
  });

  it.each([
    ['stage', 'plenary'],
    ['lecturehall', 'plenary'],
    ['hangar', 'plenary'],
    ['online', 'plenary'],
    [undefined, 'plenary'],
    [null, 'plenary'],
    ['workshop', 'workshop'],
    ['project', 'workshop'],
    ['bbb', 'workshop'],
    ['outside', 'hub'],
    ['other', 'hub'],
  ])('maps the room type %s to %s (IMP-5)', (type, kind) => {
    expect(roomKindOf(type)).toBe(kind);
  });

  it('reads an unknown room type as plenary and says so', () => {
    const { file, problems } = read(scheduleFile({ Plenary: [] }, { rooms: [fileRoom('Plenary', { type: 'boat' })] }));
    expect(file.rooms).toMatchObject([{ kind: 'plenary' }]);
    expect(problems).toMatchObject([{ at: 'schedule.conference.rooms[0].type', severity: 'warning' }]);
  });

  it('takes a short description of a room for its city, and prose for prose', () => {
    const rooms = [
      fileRoom('A', { description: 'Liège' }),
      fileRoom('B', { description: 'Bring your own chair!\nReally.' }),
      fileRoom('C', { description: { en: 'Ghent' } }),
    ];
    expect(read(scheduleFile({}, { rooms })).file.rooms.map(({ city }) => city)).toEqual(['Liège', null, 'Ghent']);
  });

  it('makes rooms of the names in the days when a file lists none', () => {
    const { file, problems } = read(scheduleFile({ Plenary: [item()], Annex: [] }, { rooms: undefined }));
    expect(file.rooms.map(({ name }) => name)).toEqual(['Plenary', 'Annex']);
    expect(problems).toEqual([]);
  });
});

describe('a room that only a day names', () => {
  it('is made, with a warning where the file lists others (IMP-19)', () => {
    const rooms = [fileRoom('Plenary')];
    const body = scheduleFile({}, { rooms, days: day({ Plenary: [], Cellar: [item({ room: 'Cellar' })] }) });
    const { file, problems } = read(body);
    expect(problems).toMatchObject([
      {
        at: 'schedule.conference.days[0].rooms["Cellar"]',
        severity: 'warning',
        message: expect.stringContaining('Cellar'),
      },
    ]);
    expect(file.rooms).toMatchObject([{ name: 'Plenary' }, { name: 'Cellar', kind: 'plenary', slug: 'cellar' }]);
    expect(file.sessions).toMatchObject([{ roomGuid: file.rooms[1]!.guid }]);
    expect(read(body).file.rooms).toEqual(file.rooms);
  });
});

describe('rooms that share a guid', () => {
  const guid = randomUUID();
  const rooms = [fileRoom('Gray', { guid }), fileRoom('Tan', { guid })];
  const items = { Gray: [item({ room: 'Gray' })], Tan: [item({ room: 'Tan' })] };

  it('are distinguished by their names, with a warning, in either order (IMP-6)', () => {
    const one = read(scheduleFile(items, { rooms }));
    const other = read(scheduleFile(items, { rooms: [...rooms].reverse() }));
    expect(one.problems.map(({ at, severity }) => [at, severity])).toEqual([
      ['schedule.conference.rooms[0].guid', 'warning'],
      ['schedule.conference.rooms[1].guid', 'warning'],
    ]);
    const guids = (file: typeof one.file) => Object.fromEntries(file.rooms.map((room) => [room.name, room.guid]));
    expect(guids(one.file)).toEqual(guids(other.file));
    expect(new Set(Object.values(guids(one.file))).size).toBe(2);
    expect(one.file.sessions).toHaveLength(2);
  });

  it('and those without a usable one are known by their names (IMP-6)', () => {
    const { file, problems } = read(scheduleFile({ Gray: [] }, { rooms: [fileRoom('Gray', { guid: 'gray' })] }));
    expect(file.rooms).toHaveLength(1);
    expect(problems).toMatchObject([{ at: 'schedule.conference.rooms[0].guid', severity: 'warning' }]);
  });
});

describe('what cannot be used', () => {
  it.each([
    ['a missing guid', { guid: undefined }, 'guid'],
    ['a guid that is no UUID', { guid: 'talk-1' }, 'guid'],
    ['a missing title', { title: '  ' }, 'title'],
    ['a date without an offset', { date: '2026-03-16T09:30:00' }, 'date'],
    ['a date that is none', { date: '2026-13-45T09:30:00+01:00' }, 'date'],
    ['a date that is missing', { date: undefined }, 'date'],
    ['a duration of nothing', { duration: '00:00' }, 'duration'],
    ['a duration that is none', { duration: 'an hour' }, 'duration'],
    ['an end before the start', { end: '2026-03-16T09:00:00+01:00' }, 'end'],
    ['a duration of a month', { duration: '720:00' }, 'duration'],
  ])('is %s, told with its place (IMP-4)', (_, overrides, field) => {
    const { file, errors } = read(scheduleFile({ Plenary: [item(overrides)] }));
    expect(errors).toMatchObject([{ at: `${AT}[0].${field}` }]);
    expect(file.sessions).toEqual([]);
  });

  it('is the second session with a guid, told with the place of the first (IMP-4)', () => {
    const first = item();
    const { file, errors } = read(
      scheduleFile({ Plenary: [first, item({ guid: first.guid, date: '2026-03-16T12:00:00+01:00' })] }),
    );
    expect(errors).toEqual([{ at: `${AT}[1].guid`, severity: 'error', message: `repeats the guid of ${AT}[0]` }]);
    expect(file.sessions).toHaveLength(1);
  });

  it('is the later of two sessions at one time in one room, but not one that follows at once (IMP-4)', () => {
    const sessions = [
      item(),
      item({ date: '2026-03-16T10:00:00+01:00', title: 'Clash' }),
      item({ date: '2026-03-16T10:30:00+01:00' }),
    ];
    const { file, errors } = read(scheduleFile({ Plenary: sessions }));
    expect(errors).toMatchObject([{ at: `${AT}[1].date`, message: expect.stringContaining(`${AT}[0]`) }]);
    expect(file.sessions.map(({ guid }) => guid)).toEqual([sessions[0]!.guid, sessions[2]!.guid]);
    expect(file.unusableGuids).toEqual(new Set([sessions[1]!.guid]));
  });

  it('is anything of another form, and none of it throws', () => {
    const strange = [
      null,
      7,
      'x',
      [],
      { guid: {} },
      JSON.parse('{"__proto__":{"guid":1}}'),
      { ...item(), persons: 'many', links: 3, track: {}, language: '??' },
    ];
    const { file, errors } = read(scheduleFile({ Plenary: strange }));
    expect(errors.length).toBeGreaterThanOrEqual(6);
    expect(file.sessions).toHaveLength(1);
    expect(
      read(scheduleFile({}, { days: [null, 3, { rooms: { Plenary: 'all day' } }], rooms: 'many' })).errors.length,
    ).toBeGreaterThan(0);
  });
});

describe('a duration of three parts', () => {
  it.each(['1:30:00', '00:45:00', '0:01:30'])('of %s is refused with a question (IMP-22)', (duration) => {
    const { file, errors } = read(scheduleFile({ Plenary: [item({ duration })] }));
    expect(errors).toMatchObject([
      {
        at: `${AT}[0].duration`,
        message: expect.stringContaining(`${duration}: hours:minutes:seconds or days:hours:minutes?`),
      },
    ]);
    expect(file.sessions).toEqual([]);
  });

  it('does not matter where there is an end (IMP-22)', () => {
    const { errors } = read(
      scheduleFile({ Plenary: [item({ duration: '1:30:00', end: '2026-03-16T11:00:00+01:00' })] }),
    );
    expect(errors).toEqual([]);
  });
});

describe('what is read all the same', () => {
  it.each([
    ['de, en', 'de', 1],
    ['pt_BR', 'pt-BR', 0],
    ['en/fr', 'en', 1],
    ['English; de', 'de', 1],
    ['fr', 'fr', 0],
    ['??', null, 1],
  ])('is the language %s, of which the first tag is kept (IMP-17)', (language, kept, warnings) => {
    const { file, problems } = read(scheduleFile({ Plenary: [item({ language })] }));
    expect([file.sessions[0]!.language, problems.length]).toEqual([kept, warnings]);
  });

  it.each([
    ['Same.', 'Same.', 'Same.'],
    ['Begins', 'Begins and goes on.', 'Begins and goes on.'],
    ['Long text', 'Long', 'Long text'],
    [' One ', null, 'One'],
    ['', 'Other', 'Other'],
    ['One', 'Other', 'One\n\nOther'],
  ])('is %j and %j, which stand once where they are one text (IMP-18)', (abstract, description, shown) => {
    const { file } = read(scheduleFile({ Plenary: [item({ abstract, description })] }));
    expect(file.sessions[0]!.abstract).toBe(shown);
  });

  it('is an address without a scheme: it gets https; relative ones begin with the base_url of the file (IMP-20)', () => {
    const links = [
      'example.org/talk',
      '//example.org:81/x',
      'example.org:8080',
      '/media/a.pdf',
      'mailto:a@example.org',
      'http://plain.example.org/',
    ];
    const body = scheduleFile({
      Plenary: [item({ url: 'example.org/1', logo: 'media/l.png', links: links.map((url) => ({ url })) })],
    });
    const { source } = read({ schedule: { ...body.schedule, base_url: 'https://base.example.org/x/' } }).file
      .sessions[0]!;
    expect(source).toMatchObject({ url: 'https://example.org/1', logo: 'https://base.example.org/x/media/l.png' });
    expect(source.links).toEqual(
      [
        'https://example.org/talk',
        'https://example.org:81/x',
        'https://example.org:8080',
        'https://base.example.org/media/a.pdf',
        'http://plain.example.org/',
      ].map((url) => ({ url })),
    );
  });

  it('is a person with an empty name: the public name counts, else the full one (IMP-21)', () => {
    const persons = [
      { id: 1, name: ' ', public_name: 'Ada' },
      { id: 2, name: '', public_name: '', full_public_name: 'Grace Hopper' },
      { id: 3, name: '', public_name: null },
    ];
    const { file, problems } = read(scheduleFile({ Plenary: [item({ persons })] }));
    expect(file.speakers.map(({ name }) => name)).toEqual(['Ada', 'Grace Hopper']);
    expect(problems).toMatchObject([{ at: `${AT}[0].persons[2]`, severity: 'warning' }]);
  });

  it('is a session with more people than the API takes: the first hundred (IMP-26)', () => {
    const persons = Array.from({ length: 130 }, (_, id) => ({ id, name: `Person ${id}` }));
    const { file, problems } = read(scheduleFile({ Plenary: [item({ persons })] }));
    expect([file.sessions[0]!.speakerGuids.length, file.speakers.length, problems.length]).toEqual([100, 100, 1]);
  });

  it('is a time with fractions of a second, without them (IMP-24)', () => {
    const times = { date: '2026-03-16T09:30:00.987654+01:00', end: '2026-03-16T10:30:00.5+01:00' };
    const { file } = read(scheduleFile({ Plenary: [item(times)] }));
    expect(file.sessions).toMatchObject([
      { start: new Date('2026-03-16T08:30:00Z'), end: new Date('2026-03-16T09:30:00Z') },
    ]);
  });

  it('is text with characters that nobody can show: they are left out, with a warning', () => {
    const { file, problems } = read(
      scheduleFile({ Plenary: [item({ title: 'A\u0000B\ud800', abstract: 'x\u000by' })] }),
    );
    expect(file.sessions).toMatchObject([{ title: 'AB\ufffd', abstract: 'xy' }]);
    expect(problems.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
  });

  it('is text that is too long: it is cut, with a warning', () => {
    const { file, problems } = read(scheduleFile({ Plenary: [item({ title: '🙂'.repeat(300) })] }));
    expect([...file.sessions[0]!.title]).toHaveLength(200);
    expect(problems).toMatchObject([{ at: `${AT}[0].title`, severity: 'warning' }]);
  });

  it('keeps fields that the hub has no word for, but no address that could run something', () => {
    const links = [{ url: 'https://example.org/slides', type: 'slides' }, { url: 'javascript:alert(1)' }];
    const { file } = read(
      scheduleFile({ Plenary: [item({ subtitle: 'Sub', do_not_record: true, links, url: 'javascript:alert(1)' })] }),
    );
    expect(file.sessions[0]!.source).toEqual({
      id: 1,
      type: 'plenary',
      subtitle: 'Sub',
      do_not_record: true,
      links: links.slice(0, 1),
    });
  });

  it('lists at most some hundreds of problems', () => {
    const broken = Array.from({ length: 2000 }, () => item({ guid: undefined }));
    expect(read(scheduleFile({ Plenary: broken })).problems).toHaveLength(501);
  });
});
