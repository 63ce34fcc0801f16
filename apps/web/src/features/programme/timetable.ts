import { foldText } from '#libs/contract/fold';
import type { Event, Room, Session } from '#libs/contract/programme';
import { dayKey } from '../../i18n/format.js';
import type { ProgrammeSearch } from './programme-search.js';

/** A session with the data that its row shows. */
export interface Slot {
  readonly session: Session;
  readonly room: Room | undefined;
  readonly speakers: readonly string[];
}

export interface Day {
  /** 2026-03-17, in the zone that is shown. */
  readonly key: string;
  /** An instant of that day, to write it with. */
  readonly instant: string;
  readonly slots: readonly Slot[];
}

export function slotsOf({ sessions, rooms, speakers }: Event): Slot[] {
  const roomById = new Map(rooms.map((room) => [room.id, room]));
  const speakerById = new Map(speakers.map(({ id, name }) => [id, name]));
  return [...sessions]
    .sort((a, b) => a.start.localeCompare(b.start) || a.title.localeCompare(b.title))
    .map((session) => ({
      session,
      room: roomById.get(session.roomId),
      speakers: session.speakerIds.flatMap((id) => speakerById.get(id) ?? []),
    }));
}

const DAY = 24 * 60 * 60_000;
/** A session is listed in at most this many days, regardless of its length. */
const MOST_DAYS = 60;

/** Whether a session goes on for more than a day; one that only crosses midnight belongs to the evening it began. */
export function isLongerThanADay({ start, end }: Pick<Session, 'start' | 'end'>): boolean {
  return Date.parse(end) - Date.parse(start) > DAY;
}

/** The days that have sessions, in the zone that is shown. A session of several days stands in each of them. */
export function daysOf(slots: readonly Slot[], timeZone: string): Day[] {
  const days = new Map<string, { key: string; instant: string; slots: Slot[] }>();
  for (const slot of slots)
    for (const instant of instantsOf(slot.session)) {
      const key = dayKey(instant, timeZone);
      const day = days.get(key) ?? { key, instant, slots: [] };
      if (day.slots.at(-1) !== slot) day.slots.push(slot);
      days.set(key, day);
    }
  return [...days.values()].sort((a, b) => a.key.localeCompare(b.key));
}

/** An instant in each day of a session: its start, the same time of the days after, and its last moment. */
function instantsOf({ start, end }: Session): readonly string[] {
  if (!isLongerThanADay({ start, end })) return [start];
  const from = Date.parse(start);
  const last = Date.parse(end) - 1;
  const count = Math.min(Math.ceil((last - from) / DAY), MOST_DAYS);
  const between = Array.from({ length: count }, (_, day) => from + day * DAY);
  return [...between, last].map((at) => new Date(at).toISOString());
}

/** How many sessions each day has, by its key. */
export function countsOf(days: readonly Day[]): ReadonlyMap<string, number> {
  return new Map(days.map(({ key, slots }) => [key, slots.length]));
}

export type EventPhase = 'now' | 'coming' | 'past';

/** Whether an event runs at a moment, is still to come or is over. */
export function phaseOf({ start, end }: { readonly start: string; readonly end: string }, now: number): EventPhase {
  if (Date.parse(end) <= now) return 'past';
  return Date.parse(start) > now ? 'coming' : 'now';
}

const isLive = ({ session }: Slot) => session.state === 'live';

/** The day asked for; else today; else a day that is live past midnight; else the next one; else the first, where all are over. */
export function chooseDay(days: readonly Day[], asked: string | undefined, today: string): Day | undefined {
  return (
    days.find(({ key }) => key === asked) ??
    days.find(({ key }) => key === today) ??
    days.find(({ slots }) => slots.some(isLive)) ??
    days.find(({ key }) => key >= today) ??
    days[0]
  );
}

/** The sessions to show on a day. What is live belongs to today, also when it began before midnight. */
export function slotsOn(day: Day | undefined, all: readonly Slot[], today: string): readonly Slot[] {
  if (day?.key !== today) return day?.slots ?? [];
  return [...all.filter((slot) => isLive(slot) && !day.slots.includes(slot)), ...day.slots];
}

const listed = (filter: string | undefined) => (filter ? filter.split(',') : []);
const isIn = (filter: string | undefined, value: string | undefined) =>
  !filter || listed(filter).some((wanted) => wanted === value);

interface Translated {
  readonly translations?: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> | undefined;
}

const translatedTexts = ({ translations = {} }: Translated) =>
  Object.values(translations).flatMap((texts) => Object.values(texts));

/** Whether a session passes the filters and every word of the search, accents and capitals apart. */
export function matches(
  { session, room, speakers }: Slot,
  { q, kind, city, language, mine }: ProgrammeSearch,
  starred: ReadonlySet<string> = new Set(),
): boolean {
  if (mine && !starred.has(session.id)) return false;
  if (!isIn(kind, session.kind) || !isIn(city, room?.city) || !isIn(language, session.language)) return false;
  const translations = [...translatedTexts(session), ...translatedTexts(room ?? {})];
  const haystack = foldText(
    [session.title, session.abstract, session.track, room?.name, room?.city, ...speakers, ...translations].join(' '),
  );
  return foldText(q ?? '')
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

/** What can be filtered by, in the order of the programme. */
export function filterChoicesOf(slots: readonly Slot[]) {
  const distinct = (values: readonly (string | undefined)[]) => [...new Set(values.flatMap((value) => value ?? []))];
  return {
    kind: distinct(slots.map(({ session }) => session.kind)) as Session['kind'][],
    city: distinct(slots.map(({ room }) => room?.city)),
    /** Of the cities: how a room there names its city in other languages. */
    cityNames: cityNamesOf(slots),
    language: distinct(slots.map(({ session }) => session.language)),
  };
}

type CityNames = ReadonlyMap<string, Readonly<Record<string, string | undefined>>>;

/** Each city's name by language, as the first room there that has one gives it. */
function cityNamesOf(slots: readonly Slot[]): CityNames {
  const names = new Map<string, Record<string, string | undefined>>();
  for (const { room } of slots)
    for (const [language, { city }] of Object.entries(room?.translations ?? {}))
      if (room?.city) names.set(room.city, { [language]: city, ...names.get(room.city) });
  return names;
}

/** The filter with one value put in or taken out. */
export function toggled(filter: string | undefined, value: string): string | undefined {
  const values = listed(filter);
  const next = values.includes(value) ? values.filter((known) => known !== value) : [...values, value];
  return next.length > 0 ? next.join(',') : undefined;
}

export function isChosen(filter: string | undefined, value: string): boolean {
  return listed(filter).includes(value);
}
