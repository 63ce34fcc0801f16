import { ROOM_TYPES } from '../import/room-kind.js';
import { asGuid, toSlug } from '../import/values.js';
import { PROGRAMME_AT_MOST } from '#libs/domain/programme-limits';
import { type Programme } from '../programme.js';
import { type RoomEntity } from '../room.entity.js';
import { type SessionRow } from '../session-rows.repository.js';
import { type SpeakerEntity } from '../speaker.entity.js';
import { addDays, fromZoned, toZoned, toZonedIso } from '../zoned-time.js';
import { idsOf, sourceFields } from '../import/source-fields.js';

/** The form of the format's slugs: longer than the hub's. */
const SLUG = /^[a-z0-9_-]+[a-z0-9]$/;
const ZONE = /^([A-Z][a-z]+\/[A-Z][a-z]+)|UTC$/;
const MINUTE = 60_000;

export type ScheduleOutline = ReturnType<typeof outlineSchedule>;
export type ExportedItem = ReturnType<typeof toItem>;
export type ExportedPerson = ReturnType<typeof toPerson>;

/** Sessions of a day by the name of their room. */
export type RoomsOfDay = ReadonlyMap<string, readonly SessionRow[]>;

/** A generator of pauses with a result: an empty piece of the text that follows. */
type Steps<T> = Generator<'', T>;

/** The result of `outlineSteps`, without pauses. */
export function outlineSchedule(programme: Programme, publicUrl: string) {
  const steps = outlineSteps(programme, publicUrl);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * A programme in the schedule format of c3voc, as pretalx and frab write it and an import reads it; an imported programme is exported
 * unchanged. Cancelled sessions are omitted: the format cannot express them, and an import treats them as disappeared. A day names only
 * the rooms in which something happens. One pass over the sessions, with pauses; each is presented by `itemOf` when it is reached.
 */
export function* outlineSteps(programme: Programme, publicUrl: string) {
  const { event, rooms } = programme;
  const url = `${publicUrl}/${event.slug}`;
  const names = namesOf(rooms);
  const days = yield* outlineDays(programme, names);
  const tracks = new Set(programme.sessions.flatMap(({ track }) => track ?? []));
  yield '' as const;
  const context = contextOf(programme, url);
  yield '' as const;
  return {
    schedule: { version: event.scheduleVersion, base_url: `${publicUrl}/` },
    conference: {
      acronym: event.slug.replaceAll('-', '_').padEnd(4, '_'),
      title: event.title,
      ...(event.description && { description: event.description }),
      start: toZoned(event.start, event.timeZone).date,
      end: toZoned(event.end, event.timeZone).date,
      daysCount: days.length,
      timeslot_duration: '00:05',
      ...(ZONE.test(event.timeZone) && { time_zone_name: event.timeZone }),
      url,
      rooms: rooms.map((room) => toRoom(room, names.get(room.id)!)),
      tracks: [...tracks].map((name) => ({ name, ...(SLUG.test(toSlug(name)) && { slug: toSlug(name) }) })),
    },
    days,
    itemOf: (session: SessionRow, room: string) => toItem(session, room, context),
  };
}

function* outlineDays(programme: Programme, names: ReadonlyMap<string, string>): Steps<OutlinedDay[]> {
  const { timeZone } = programme.event;
  const byDate = new Map<string, Map<string, SessionRow[]>>();
  for (const session of programme.sessions) {
    const rooms = entryOf(byDate, toZoned(session.start, timeZone).date, () => new Map<string, SessionRow[]>());
    const name = names.get(session.roomId);
    if (name !== undefined && isShown(session)) entryOf(rooms, name, () => []).push(session);
    yield '';
  }
  const days: OutlinedDay[] = [];
  for (const date of datesOf(programme.event, byDate.keys())) {
    days.push({
      index: days.length + 1,
      date,
      day_start: toZonedIso(fromZoned(date, '00:00', timeZone), timeZone),
      day_end: toZonedIso(new Date(fromZoned(addDays(date, 1), '00:00', timeZone).getTime() - 1000), timeZone),
      rooms: inOrderOf(names, byDate.get(date)),
    });
    yield '';
  }
  return days;
}

interface OutlinedDay {
  readonly index: number;
  readonly date: string;
  readonly day_start: string;
  readonly day_end: string;
  readonly rooms: RoomsOfDay;
}

const isShown = ({ state }: SessionRow) => state !== 'cancelled';

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** The rooms of a day in the order of the programme. */
function inOrderOf(names: ReadonlyMap<string, string>, rooms: RoomsOfDay = new Map()): RoomsOfDay {
  if (rooms.size < 2) return rooms;
  const indexes = new Map([...names.values()].map((name, index) => [name, index]));
  return new Map([...rooms].sort(([one], [other]) => indexes.get(one)! - indexes.get(other)!));
}

/** Every day of the event within limits, and those of sessions outside of it. */
function datesOf(event: Programme['event'], ofSessions: Iterable<string>): string[] {
  const [first, last] = [event.start, event.end].map((instant) => toZoned(instant, event.timeZone).date) as [
    string,
    string,
  ];
  const dates = new Set(ofSessions);
  for (let index = 0, date = first; index < PROGRAMME_AT_MOST.days; index++, date = addDays(date, 1)) {
    dates.add(date);
    // not compared by order: the year after 9999 is written with a sign
    if (date === last) break;
  }
  return [...dates].sort();
}

/** Days refer to rooms by name, so rooms of the same name are numbered. By the room's id. */
function namesOf(rooms: Programme['rooms']): ReadonlyMap<string, string> {
  const known = new Set<string>();
  const twice = new Set(rooms.flatMap(({ name }) => (known.size === known.add(name).size ? [name] : [])));
  return new Map(rooms.map(({ id, name, slug }) => [id, twice.has(name) ? `${name} (${slug})` : name]));
}

function toRoom({ guid, slug, kind, city, capacity }: RoomEntity, name: string) {
  return { name, guid, ...(SLUG.test(slug) && { slug }), type: ROOM_TYPES[kind][0], description: city, capacity };
}

interface Context {
  readonly timeZone: string;
  readonly url: string;
  readonly ids: ReadonlyMap<string, number>;
  readonly speakers: ReadonlyMap<string, Readonly<SpeakerEntity>>;
}

function contextOf({ event, sessions, speakers }: Programme, url: string): Context {
  return {
    timeZone: event.timeZone,
    url,
    ids: idsOf(sessions.filter(isShown)),
    speakers: new Map(speakers.map((speaker) => [speaker.id, speaker])),
  };
}

function toItem(session: SessionRow, room: string, { timeZone, speakers, url, ids }: Context) {
  const { guid, slug, title, track, language, start, end } = session;
  const minutes = Math.round((end.getTime() - start.getTime()) / MINUTE);
  return {
    ...sourceFields(session, ids.get(session.id)!, url),
    guid,
    date: toZonedIso(start, timeZone),
    start: toZoned(start, timeZone).time,
    end: toZonedIso(end, timeZone),
    duration: `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
    room,
    slug: SLUG.test(slug) ? slug : `session-${slug}`,
    title,
    track,
    language,
    persons: session.speakerIds.flatMap((id) => speakers.get(id) ?? []).map(toPerson),
  };
}

function toPerson({ guid, name, affiliation, biography }: SpeakerEntity) {
  return { ...identify(guid), name, ...(affiliation && { affiliation }), ...(biography && { biography }) };
}

/** The identifier of the person in their file of origin. */
function identify(guid: string): { guid?: string; code?: string; id?: number } {
  if (asGuid(guid)) return { guid };
  const id = /^person-(\d+)$/.exec(guid)?.[1];
  return id ? { id: Number(id) } : { code: guid };
}
