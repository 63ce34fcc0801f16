import type { Event, Session } from '#libs/contract/programme';
import {
  chooseDay,
  filterChoicesOf,
  countsOf,
  daysOf,
  isChosen,
  isLongerThanADay,
  matches,
  phaseOf,
  slotsOf,
  slotsOn,
  toggled,
} from './timetable.js';

const session = (slug: string, more: Partial<Session> = {}): Session => ({
  id: slug,
  guid: slug,
  slug,
  title: slug,
  kind: 'plenary',
  state: 'scheduled',
  start: '2026-03-17T09:00:00.000Z',
  end: '2026-03-17T10:00:00.000Z',
  roomId: 'r',
  speakerIds: [],
  qa: 'open',
  premoderated: true,
  slowMode: 0,
  ...more,
});
const event = (...sessions: Session[]) =>
  ({
    sessions,
    rooms: [{ id: 'r', slug: 'r', name: 'Hub Liège', kind: 'hub', city: 'Liège', onAir: false }],
    speakers: [{ id: 's', name: 'François Taddéi' }],
  }) as unknown as Event;

describe('a session of several days', () => {
  const fair = session('fair', { start: '2026-03-17T09:00:00.000Z', end: '2026-03-19T12:00:00.000Z' });

  it('stands in each of its days, with the zone that is shown (WEB-172)', () => {
    const keys = (slots: ReturnType<typeof slotsOf>, zone: string) => daysOf(slots, zone).map(({ key }) => key);
    expect(keys(slotsOf(event(fair)), 'Europe/Brussels')).toEqual(['2026-03-17', '2026-03-18', '2026-03-19']);
    expect(keys(slotsOf(event({ ...fair, end: '2026-03-19T00:00:00.000Z' })), 'UTC')).toEqual([
      '2026-03-17',
      '2026-03-18',
    ]);
  });

  it('is one that lasts longer than a day: what only crosses midnight belongs to its evening (WEB-172)', () => {
    const night = session('night', { start: '2026-03-17T21:00:00.000Z', end: '2026-03-18T02:00:00.000Z' });
    expect(daysOf(slotsOf(event(night)), 'UTC').map(({ key }) => key)).toEqual(['2026-03-17']);
    expect([isLongerThanADay(night), isLongerThanADay(fair)]).toEqual([false, true]);
  });

  it('is bounded, however long it is (WEB-172)', () => {
    const endless = session('endless', { end: '2036-03-17T09:00:00.000Z' });
    expect(daysOf(slotsOf(event(endless)), 'UTC')).toHaveLength(61);
  });
});

it('an event is coming, runs now or is past (WEB-173)', () => {
  const week = { start: '2026-03-16T08:00:00.000Z', end: '2026-03-20T18:00:00.000Z' };
  const phases = ['2026-03-16T07:59:59Z', '2026-03-16T08:00:00Z', '2026-03-20T18:00:00Z'];
  expect(phases.map((now) => phaseOf(week, Date.parse(now)))).toEqual(['coming', 'now', 'past']);
});

describe('the days of a programme', () => {
  const late = session('late', { start: '2026-03-17T23:30:00.000Z' });
  const slots = slotsOf(event(late, session('early')));

  it('are those of the zone that is shown (WEB-4)', () => {
    expect(daysOf(slots, 'UTC').map(({ key }) => key)).toEqual(['2026-03-17']);
    expect(daysOf(slots, 'Europe/Brussels').map(({ key }) => key)).toEqual(['2026-03-17', '2026-03-18']);
  });

  it('begin with the one asked for, else today, else the next, else the first (WEB-11)', () => {
    const days = daysOf(slots, 'Europe/Brussels');
    expect(chooseDay(days, '2026-03-18', '2026-03-17')?.key).toBe('2026-03-18');
    expect(chooseDay(days, undefined, '2026-03-17')?.key).toBe('2026-03-17');
    expect(chooseDay(days, undefined, '2026-01-01')?.key).toBe('2026-03-17');
    expect(chooseDay(days, 'nonsense', '2026-12-31')?.key).toBe('2026-03-17');
    expect(chooseDay([], undefined, '2026-03-17')).toBeUndefined();
  });

  it('keep what is live in sight past midnight (WEB-11)', () => {
    const late = session('late', { state: 'live', start: '2026-03-17T22:00:00.000Z', end: '2026-03-18T00:30:00.000Z' });
    const all = slotsOf(event(late, session('next', { start: '2026-03-18T09:00:00.000Z' })));
    const days = daysOf(all, 'UTC');
    const slugs = (key: string, today: string) =>
      slotsOn(chooseDay(days, key, today), all, today).map(({ session: { slug } }) => slug);
    expect(slugs('2026-03-18', '2026-03-18')).toEqual(['late', 'next']);
    expect(slugs('2026-03-18', '2026-03-17')).toEqual(['next']);
    expect(chooseDay(daysOf(slotsOf(event(late)), 'UTC'), undefined, '2026-03-18')?.key).toBe('2026-03-17');
  });
});

describe('search and filters', () => {
  const [slot] = slotsOf(
    event(session('trust', { title: 'Trust in practice', language: 'fr', kind: 'debate', speakerIds: ['s'] })),
  );

  it('find every word, whatever its accents and capitals (WEB-11)', () => {
    expect(matches(slot!, { q: 'TADDEI liege' })).toBe(true);
    expect(matches(slot!, { q: 'trust nowhere' })).toBe(false);
  });

  it('find letters that have no accent to take off, typed as others type them (WEB-130)', () => {
    const titled = (title: string) => ({ ...slot!, session: { ...slot!.session, title } });
    expect(matches(titled('Łódź in the dark'), { q: 'lodz' })).toBe(true);
    expect(matches(titled('Smørrebrød og Straße'), { q: 'strasse SMORREBROD' })).toBe(true);
    expect(matches(titled('lodz'), { q: 'Łódź' })).toBe(true);
  });

  it('keep what has one of the chosen values of each filter (WEB-11)', () => {
    expect(matches(slot!, { kind: 'plenary,debate', language: 'fr' })).toBe(true);
    expect(matches(slot!, { kind: 'debate', language: 'nl' })).toBe(false);
    expect(matches(slot!, { city: 'Ghent' })).toBe(false);
  });

  it('are put in and taken out one by one (WEB-11)', () => {
    expect(toggled(undefined, 'fr')).toBe('fr');
    expect(toggled('fr', 'nl')).toBe('fr,nl');
    expect(toggled('fr', 'fr')).toBeUndefined();
    expect(isChosen('fr,nl', 'nl')).toBe(true);
  });

  it('name a city as its rooms do in each language (PROG-25)', () => {
    const room = { ...slot!.room!, translations: { nl: { city: 'Luik' } } };
    expect(filterChoicesOf([{ ...slot!, room }]).cityNames.get('Liège')).toEqual({ nl: 'Luik' });
    expect(matches({ ...slot!, room }, { q: 'luik' })).toBe(true);
  });

  it('count the sessions of each day (WEB-174)', () => {
    expect([...countsOf(daysOf([slot!], 'UTC')).values()]).toEqual([1]);
  });

  it('find one’s own programme only where that is asked for (WEB-170)', () => {
    expect(matches(slot!, { mine: '1' })).toBe(false);
    expect(matches(slot!, { mine: '1' }, new Set([slot!.session.id]))).toBe(true);
    expect(matches(slot!, {}, new Set(['another']))).toBe(true);
  });

  it('offer only what the programme has', () => {
    expect(filterChoicesOf([slot!])).toMatchObject({ kind: ['debate'], city: ['Liège'], language: ['fr'] });
  });
});
