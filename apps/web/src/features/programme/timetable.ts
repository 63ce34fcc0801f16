import type { Event, Room, Session } from '#libs/contract/programme';
import { dayKey } from '../../i18n/format.js';
import type { ProgrammeSearch } from './programme-search.js';

/** A session with what a reader wants to know beside it. */
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

/** The days that have sessions, in the zone that is shown. */
export function daysOf(slots: readonly Slot[], timeZone: string): Day[] {
  const days = new Map<string, Slot[]>();
  for (const slot of slots) {
    const key = dayKey(slot.session.start, timeZone);
    days.set(key, [...(days.get(key) ?? []), slot]);
  }
  return [...days]
    .map(([key, slots]) => ({ key, instant: slots[0]!.session.start, slots }))
    .sort((a, b) => a.key.localeCompare(b.key));
}

const isLive = ({ session }: Slot) => session.state === 'live';

/** The day asked for; else today; else a day that is live past midnight; else the next day that has something; else the last. */
export function chooseDay(days: readonly Day[], asked: string | undefined, today: string): Day | undefined {
  return (
    days.find(({ key }) => key === asked) ??
    days.find(({ key }) => key === today) ??
    days.find(({ slots }) => slots.some(isLive)) ??
    days.find(({ key }) => key >= today) ??
    days.at(-1)
  );
}

/** The sessions to show on a day. What is live belongs to today, also when it began before midnight. */
export function slotsOn(day: Day | undefined, all: readonly Slot[], today: string): readonly Slot[] {
  if (day?.key !== today) return day?.slots ?? [];
  return [...all.filter((slot) => isLive(slot) && !day.slots.includes(slot)), ...day.slots];
}

const listed = (filter: string | undefined) => (filter ? filter.split(',') : []);
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const isIn = (filter: string | undefined, value: string | undefined) =>
  !filter || listed(filter).some((wanted) => wanted === value);

interface Translated {
  readonly translations?: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> | undefined;
}

const translatedTexts = ({ translations = {} }: Translated) =>
  Object.values(translations).flatMap((texts) => Object.values(texts));

/** Whether a session passes the filters and every word of the search, accents and capitals apart. */
export function matches({ session, room, speakers }: Slot, { q, kind, city, language }: ProgrammeSearch): boolean {
  if (!isIn(kind, session.kind) || !isIn(city, room?.city) || !isIn(language, session.language)) return false;
  const translations = [...translatedTexts(session), ...translatedTexts(room ?? {})];
  const haystack = plain(
    [session.title, session.abstract, session.track, room?.name, room?.city, ...speakers, ...translations].join(' '),
  );
  return plain(q ?? '')
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

/** What can be filtered by, in the order of the programme. */
export function choicesOf(slots: readonly Slot[]) {
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
