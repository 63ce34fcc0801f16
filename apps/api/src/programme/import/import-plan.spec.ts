import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { fileRoom, type Item, item, scheduleFile } from '../../../../../test/support/records/schedule-files.js';
import { exportSchedule } from '../export/schedule-json.js';
import { xmlPieces } from '../export/schedule-xml.js';
import { type Programme } from '../programme.js';
import { type SessionRow } from '../session-rows.repository.js';
import { exportedSources } from './exported-sources.js';
import { type ImportPlan, planImport } from './import-plan.js';
import { Problems } from './problems.js';
import { readSchedule } from './read-schedule.js';

const URL = 'https://plenum.example.org';

function emptyProgramme(): Programme {
  const event = {
    id: randomUUID(),
    slug: 'test-week',
    title: 'Test week',
    description: null,
    translations: {},
    timeZone: 'Europe/Brussels',
    languages: ['en'],
    start: new Date('2026-03-16T00:00:00+01:00'),
    end: new Date('2026-03-20T23:00:00+01:00'),
    access: 'open' as const,
    guests: 'open' as const,
    guestDevices: false,
    guestProof: false,
    blockedWords: [],
    scheduleVersion: '1',
  };
  return { event, rooms: [], sessions: [], speakers: [] };
}

function plan(existing: Programme, body: unknown) {
  const problems = new Problems();
  const planned = planImport(existing, exportedSources(existing, URL), readSchedule(body, problems), problems);
  return { plan: planned, report: planned.report, problems: problems.toList() };
}

/** The programme after a plan, as the database would have it. */
function apply(existing: Programme, { rooms, speakers, sessions }: ImportPlan): Programme {
  const change = <T extends { id: string }>(row: T, updates: readonly { id: string; change: Partial<T> }[]): T => ({
    ...row,
    ...updates.find(({ id }) => id === row.id)?.change,
  });
  const row = (session: Omit<SessionRow, 'onAir' | 'access' | 'version' | 'sessionVersion'>): SessionRow => ({
    onAir: false,
    access: 'open',
    version: 0,
    sessionVersion: 0,
    ...session,
  });
  const changed = existing.sessions.map((session) => {
    const speakerIds = sessions.update.find(({ id }) => id === session.id)?.speakerIds ?? session.speakerIds;
    return { ...change<SessionRow>(session, sessions.update), speakerIds };
  });
  return {
    event: existing.event,
    rooms: [...existing.rooms.map((room) => change(room, rooms.update)), ...rooms.insert],
    speakers: [...existing.speakers.map((speaker) => change(speaker, speakers.update)), ...speakers.insert],
    sessions: [...changed, ...sessions.insert.map(row)],
  };
}

function imported(body: unknown, existing = emptyProgramme()): Programme {
  return apply(existing, plan(existing, body).plan);
}

const with_ = (programme: Programme, guid: string, change: Partial<SessionRow>): Programme => ({
  ...programme,
  sessions: programme.sessions.map((session) => (session.guid === guid ? { ...session, ...change } : session)),
});

describe('planning an import', () => {
  it('creates what is new', () => {
    const session = item();
    const { plan: planned, report } = plan(emptyProgramme(), scheduleFile({ Plenary: [session] }));
    expect(report).toEqual({ created: [session.guid], changed: [], moved: [], cancelled: [], unchanged: 0 });
    expect(planned.sessions.insert).toMatchObject([
      { guid: session.guid, slug: 'opening', state: 'scheduled', premoderated: true, qa: 'open' },
    ]);
  });

  it('keeps what moved apart from what changed (IMP-7)', () => {
    const [stays, moves, changes] = [
      item(),
      item({ date: '2026-03-16T12:00:00+01:00' }),
      item({ date: '2026-03-16T14:00:00+01:00' }),
    ] as [Item, Item, Item];
    const programme = imported(scheduleFile({ Plenary: [stays, moves, changes], Annex: [] }));
    const next = { Plenary: [stays, { ...changes, title: 'Another title' }], Annex: [moves] };
    expect(plan(programme, scheduleFile(next)).report).toEqual({
      created: [],
      changed: [changes.guid],
      moved: [moves.guid],
      cancelled: [],
      unchanged: 1,
    });
  });

  it('cancels what disappeared and calls it back when it is named again (IMP-2)', () => {
    const session = item();
    const programme = imported(scheduleFile({ Plenary: [session] }));
    const without = plan(programme, scheduleFile({ Plenary: [] }));
    expect(without.report.cancelled).toEqual([session.guid]);
    expect(without.plan.sessions.update).toMatchObject([{ change: { state: 'cancelled' } }]);
    const cancelled = apply(programme, without.plan);
    expect(plan(cancelled, scheduleFile({ Plenary: [] })).report).toMatchObject({ cancelled: [], unchanged: 0 });
    const again = plan(cancelled, scheduleFile({ Plenary: [session] }));
    expect(again.plan.sessions.update).toMatchObject([{ change: { state: 'scheduled' } }]);
  });

  it.each(['live', 'ended'] as const)(
    'leaves a session that is %s and not in the file as it is, with a warning (IMP-2)',
    (state) => {
      const session = item();
      const programme = with_(imported(scheduleFile({ Plenary: [session] })), session.guid, { state });
      const { report, problems } = plan(programme, scheduleFile({ Plenary: [] }));
      expect(report.cancelled).toEqual([]);
      expect(problems).toMatchObject([{ severity: 'warning', message: expect.stringContaining(session.guid) }]);
    },
  );

  it('does not put a session where one that has begun stays (IMP-4)', () => {
    const [running, comes] = [item(), item()] as [Item, Item];
    const programme = with_(imported(scheduleFile({ Plenary: [running] })), running.guid, { state: 'live' });
    const { report, problems } = plan(programme, scheduleFile({ Plenary: [comes] }));
    expect(report.created).toEqual([]);
    expect(problems).toMatchObject([
      { severity: 'error', at: expect.stringContaining('[0].date') },
      { severity: 'warning' },
    ]);
  });

  it('leaves a session whose part of the file is unusable where it is (IMP-3)', () => {
    const session = item();
    const programme = imported(scheduleFile({ Plenary: [session] }));
    const { report, plan: planned } = plan(programme, scheduleFile({ Plenary: [{ ...session, date: 'noon' }] }));
    expect(report).toEqual({ created: [], changed: [], moved: [], cancelled: [], unchanged: 0 });
    expect(planned.sessions).toEqual({ insert: [], update: [] });
  });

  it('keeps slugs, settings and translations that organisers gave (IMP-8)', () => {
    const session = item();
    const mine = {
      slug: 'my-slug',
      qa: 'paused',
      premoderated: false,
      slowMode: 30,
      translations: { fr: { title: 'Ouverture' } },
      state: 'live',
    } as const;
    const programme = with_(imported(scheduleFile({ Plenary: [session] })), session.guid, mine);
    const after = imported(scheduleFile({ Plenary: [{ ...session, slug: 'other', title: 'New' }] }), programme);
    expect(after.sessions).toMatchObject([{ ...mine, title: 'New' }]);
  });

  it('numbers slugs that two sessions want', () => {
    const sessions = [item(), item({ date: '2026-03-16T12:00:00+01:00' })];
    expect(imported(scheduleFile({ Plenary: sessions })).sessions.map(({ slug }) => slug)).toEqual([
      'opening',
      'opening-2',
    ]);
  });

  it('takes a room that an organiser made by hand for the one of the same slug', () => {
    const body = scheduleFile({ Plenary: [] });
    const programme = imported(body);
    const handmade = { ...programme, rooms: programme.rooms.map((room) => ({ ...room, guid: randomUUID() })) };
    expect(plan(handmade, body).plan.rooms).toEqual({ insert: [], update: [] });
  });

  it('does not forget what an organiser wrote about a speaker', () => {
    const body = scheduleFile({ Plenary: [item({ persons: [{ name: 'Ada', id: 3 }] })] });
    const programme = imported(body);
    const described = {
      ...programme,
      speakers: programme.speakers.map((speaker) => ({ ...speaker, biography: 'Writes programmes.' })),
    };
    expect(plan(described, body).plan.speakers.update).toEqual([]);
  });

  it('warns of sessions outside the days of the event', () => {
    const { problems } = plan(
      emptyProgramme(),
      scheduleFile({ Plenary: [item({ date: '2027-03-16T09:30:00+01:00' })] }),
    );
    expect(problems).toMatchObject([{ severity: 'warning', message: expect.stringContaining('outside') }]);
  });
});

describe('what an event may hold', () => {
  const many = (count: number, overrides: Record<string, unknown> = {}) =>
    Array.from({ length: count }, (_, at) =>
      item({ date: new Date(Date.UTC(2026, 2, 16) + at * 60_000).toISOString(), duration: '00:01', ...overrides }),
    );

  it('is counted after the import, with what disappeared from the file (IMP-25)', () => {
    const programme = imported(scheduleFile({ Plenary: many(3_000) }));
    expect(() => plan(programme, scheduleFile({ Plenary: many(2_001) }))).toThrow(
      expect.objectContaining({ code: 'schedule.unusable', message: expect.stringContaining('it has 3000') }),
    );
    expect(plan(programme, scheduleFile({ Plenary: many(2_000) })).report.created).toHaveLength(2_000);
  });

  it('counts speakers and rooms as well (IMP-25)', () => {
    const speakers = (count: number, from: number) =>
      scheduleFile({
        Plenary: many(count / 100).map((session, at) => ({
          ...session,
          persons: Array.from({ length: 100 }, (_, n) => ({ id: from + at * 100 + n, name: 'Somebody' })),
        })),
      });
    const programme = imported(speakers(9_000, 0));
    expect(() => plan(programme, speakers(1_100, 9_000))).toThrow(
      expect.objectContaining({ message: expect.stringContaining('10000 speakers') }),
    );
    const rooms = (from: number) =>
      scheduleFile(Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`Room ${from + at}`, []])));
    expect(() => plan(imported(rooms(0)), rooms(300))).toThrow(
      expect.objectContaining({ message: expect.stringContaining('500 rooms') }),
    );
  });

  it('may be changed when it is too much already, as long as nothing is added (IMP-25)', () => {
    const programme = imported(scheduleFile({ Plenary: many(10) }));
    const [one] = programme.sessions as [SessionRow];
    const stored = Array.from({ length: 5_100 }, () => ({
      ...one,
      id: randomUUID(),
      guid: randomUUID(),
      state: 'cancelled' as const,
    }));
    const tooMuch = { ...programme, sessions: [...programme.sessions, ...stored] };
    expect(plan(tooMuch, scheduleFile({ Plenary: [] })).report.created).toEqual([]);
  });
});

describe('times with fractions of a second', () => {
  it('do not look moved when an export comes back (IMP-24)', () => {
    const session = item({ date: '2026-03-16T09:30:00.75+01:00' });
    const programme = imported(scheduleFile({ Plenary: [session] }));
    expect(plan(programme, scheduleFile({ Plenary: [session] })).report).toMatchObject({ unchanged: 1, moved: [] });
    const [start, end] = [new Date('2026-03-16T08:30:00.250Z'), new Date('2026-03-16T09:30:00.999Z')];
    const byHand = with_(programme, session.guid, { start, end });
    const exported = JSON.parse(JSON.stringify(exportSchedule(byHand, URL))) as unknown;
    expect(plan(byHand, exported).report).toMatchObject({ unchanged: 1, moved: [] });
  });
});

describe('licence, logo and attachments', () => {
  it('come out of an export as they went in, and go in again unchanged (IMP-23)', () => {
    const kept = {
      recording_license: 'CC BY 4.0',
      do_not_record: true,
      do_not_stream: 'no consent',
      logo: 'https://example.org/logo.png',
      attachments: [{ type: 'slides', url: 'https://example.org/a.pdf', title: 'Slides' }],
      links: [{ url: 'https://example.org/' }],
    };
    const given = item({
      ...kept,
      logo: 'example.org/logo.png',
      attachments: [{ ...kept.attachments[0], url: '/a.pdf' }],
    });
    const body = scheduleFile({ Plenary: [given] });
    const programme = imported({ schedule: { ...body.schedule, base_url: 'https://example.org/x/' } });
    const exported = exportSchedule(programme, URL);
    const [first] = Object.values(exported.schedule.conference.days[0]!.rooms).flat();
    expect(first).toMatchObject(kept);
    const xml = [...xmlPieces(programme, URL)].join('');
    expect(xml).toContain('<recording><license>CC BY 4.0</license><optout>true</optout></recording>');
    expect(xml).toContain('<logo>https://example.org/logo.png</logo>');
    expect(xml).toContain(
      '<attachments><attachment href="https://example.org/a.pdf">Slides</attachment></attachments>',
    );
    const again = plan(programme, JSON.parse(JSON.stringify(exported)));
    expect([again.report, again.problems]).toMatchObject([{ unchanged: 1, changed: [] }, []]);
  });
});

const hour = fc.integer({ min: 8, max: 20 });
const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const anyItem = fc.record({
  hour,
  title: text,
  abstract: text,
  subtitle: text,
  type: fc.constantFrom('Talk', 'workshop', 'Panel', 'x'),
  speaker: text,
  code: fc.stringMatching(/^[A-Z0-9]{3}$/),
});
const anyFile = fc.array(anyItem, { maxLength: 8 }).map((entries) =>
  scheduleFile({
    Plenary: entries.map(({ hour, speaker, code, ...rest }, index) =>
      item({
        ...rest,
        guid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
        date: `2026-03-16T${String(hour).padStart(2, '0')}:00:00+01:00`,
        persons: [{ name: speaker, code }],
      }),
    ),
    Annex: [],
  }),
);

describe('for any file', () => {
  it('importing it twice changes nothing (IMP-1)', () => {
    fc.assert(
      fc.property(anyFile, (body) => {
        const programme = imported(body);
        const { plan: again, report } = plan(programme, body);
        expect(report).toEqual({
          created: [],
          changed: [],
          moved: [],
          cancelled: [],
          unchanged: programme.sessions.length,
        });
        expect(
          [again.rooms, again.speakers, again.sessions].every(
            ({ insert, update }) => insert.length + update.length === 0,
          ),
        ).toBe(true);
      }),
    );
  });

  it('importing its own export changes nothing (IMP-10)', () => {
    fc.assert(
      fc.property(anyFile, (body) => {
        const programme = imported(body);
        const exported = JSON.parse(JSON.stringify(exportSchedule(programme, URL))) as unknown;
        const { plan: again, report, problems } = plan(programme, exported);
        expect(report).toMatchObject({ created: [], changed: [], moved: [], cancelled: [] });
        expect(
          [again.rooms, again.speakers, again.sessions].every(
            ({ insert, update }) => insert.length + update.length === 0,
          ),
        ).toBe(true);
        expect(problems).toEqual([]);
      }),
    );
  });

  it('exporting what was made by hand and importing it changes nothing (IMP-10)', () => {
    const made = imported(
      scheduleFile({ Plenary: [item()] }, { rooms: [fileRoom('Plenary', { description: 'Namur', type: 'other' })] }),
    );
    const byHand = {
      ...made,
      sessions: made.sessions.map((session) => ({
        ...session,
        source: {},
        abstract: 'By hand.',
        kind: 'debate' as const,
      })),
    };
    const exported = JSON.parse(JSON.stringify(exportSchedule(byHand, URL))) as unknown;
    expect(plan(byHand, exported).report).toEqual({ created: [], changed: [], moved: [], cancelled: [], unchanged: 1 });
  });
});
