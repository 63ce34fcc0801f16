import { type SessionKind } from '#libs/contract/programme';
import { ROOM_TYPES } from '../import/room-kind.js';
import { sessionKindOf } from '../import/session-kind.js';
import { asGuid, toSlug } from '../import/values.js';
import { AT_MOST, type Programme } from '../programme.js';
import { type RoomEntity } from '../room.entity.js';
import { type SessionRow } from '../session-row.js';
import { type SpeakerEntity } from '../speaker.entity.js';
import { addDays, fromZoned, toZoned, toZonedIso } from '../zoned-time.js';

/** The form of the format's slugs: longer than ours need to be. */
const SLUG = /^[a-z0-9_-]+[a-z0-9]$/;
const ZONE = /^([A-Z][a-z]+\/[A-Z][a-z]+)|UTC$/;
const MINUTE = 60_000;

export type ExportedSchedule = ReturnType<typeof exportSchedule>;
export type ExportedItem = ReturnType<typeof toItem>;
export type ExportedPerson = ReturnType<typeof toPerson>;

/**
 * A programme in the schedule format of c3voc, as pretalx and frab write it and an import reads it; what was imported comes out as
 * it came in. Cancelled sessions are left out: the format has no word for them, and to an import they are what disappeared.
 */
export function exportSchedule(programme: Programme, publicUrl: string) {
  const { event, rooms } = programme;
  const url = `${publicUrl}/${event.slug}`;
  const days = exportDays(programme, url);
  const tracks = new Set(programme.sessions.flatMap(({ track }) => track ?? []));
  return {
    schedule: {
      version: event.scheduleVersion,
      base_url: `${publicUrl}/`,
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
        rooms: rooms.map((room) => toRoom(room, nameIn(rooms, room))),
        tracks: [...tracks].map((name) => ({ name, ...(SLUG.test(toSlug(name)) && { slug: toSlug(name) }) })),
        days,
      },
    },
  };
}

function exportDays(programme: Programme, url: string) {
  const { event, rooms } = programme;
  const sessions = programme.sessions.filter(({ state }) => state !== 'cancelled');
  const ids = idsOf(sessions);
  const context = { ...programme, url, ids };
  return datesOf(programme).map((date, index) => ({
    index: index + 1,
    date,
    day_start: toZonedIso(fromZoned(date, '00:00', event.timeZone), event.timeZone),
    day_end: toZonedIso(
      new Date(fromZoned(addDays(date, 1), '00:00', event.timeZone).getTime() - 1000),
      event.timeZone,
    ),
    rooms: Object.fromEntries(
      rooms.map((room) => [
        nameIn(rooms, room),
        sessions
          .filter((session) => session.roomId === room.id && toZoned(session.start, event.timeZone).date === date)
          .map((session) => toItem(session, nameIn(rooms, room), context)),
      ]),
    ),
  }));
}

/** Every day of the event as far as there is an end to them, and those of sessions that lie outside it. */
function datesOf({ event, sessions }: Programme): string[] {
  const [first, last] = [event.start, event.end].map((instant) => toZoned(instant, event.timeZone).date) as [
    string,
    string,
  ];
  const dates = new Set(sessions.map((session) => toZoned(session.start, event.timeZone).date));
  for (let index = 0, date = first; index < AT_MOST.days; index++, date = addDays(date, 1)) {
    dates.add(date);
    // not compared by order: the year after 9999 is written with a sign
    if (date === last) break;
  }
  return [...dates].sort();
}

/** Days refer to rooms by name, so two rooms of one name are told apart. */
function nameIn(rooms: Programme['rooms'], { id, name, slug }: RoomEntity): string {
  return rooms.some((other) => other.name === name && other.id !== id) ? `${name} (${slug})` : name;
}

function toRoom({ guid, slug, kind, city, capacity }: RoomEntity, name: string) {
  return { name, guid, ...(SLUG.test(slug) && { slug }), type: ROOM_TYPES[kind][0], description: city, capacity };
}

interface Context extends Programme {
  readonly url: string;
  readonly ids: ReadonlyMap<string, number>;
}

function toItem(session: SessionRow, room: string, { event, speakers, url, ids }: Context) {
  const { guid, slug, title, track, language, source, start, end } = session;
  const minutes = Math.round((end.getTime() - start.getTime()) / MINUTE);
  return {
    ...source,
    ...textsOf(session),
    id: ids.get(session.id)!,
    guid,
    date: toZonedIso(start, event.timeZone),
    start: toZoned(start, event.timeZone).time,
    end: toZonedIso(end, event.timeZone),
    duration: `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
    room,
    slug: SLUG.test(slug) ? slug : `session-${slug}`,
    url: textOf(source.url) ?? `${url}/s/${slug}`,
    title,
    subtitle: textOf(source.subtitle) ?? '',
    track,
    type: typeOf(session.kind, source.type),
    language,
    persons: session.speakerIds.flatMap((id) => speakers.find((speaker) => speaker.id === id) ?? []).map(toPerson),
    links: (source.links ?? []) as readonly { url: string; title?: string }[],
    attachments: (source.attachments ?? []) as readonly { url: string; title?: string }[],
  };
}

/** The two texts that a file gave, unless the session's own has changed since. */
function textsOf({ abstract, source }: SessionRow): { abstract: string | null; description: string } {
  const given = [textOf(source.abstract), textOf(source.description)];
  const joined = given.filter(Boolean).join('\n\n').trim();
  if (joined !== '' && joined === abstract) return { abstract: given[0] ?? null, description: given[1] ?? '' };
  return { abstract, description: '' };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The word of the file, as long as it means the session's kind. */
function typeOf(kind: SessionKind, type: unknown): string {
  return typeof type === 'string' && sessionKindOf(type) === kind ? type : kind;
}

/** The format wants a number for each session: the file's own, and for others numbers that follow. */
function idsOf(sessions: readonly SessionRow[]): ReadonlyMap<string, number> {
  const given = new Map(
    sessions.flatMap(({ id, source }) => (typeof source.id === 'number' ? [[id, source.id] as const] : [])),
  );
  let last = Math.max(0, ...given.values());
  const rest = sessions.filter(({ id }) => !given.has(id)).sort((one, other) => (one.guid < other.guid ? -1 : 1));
  return new Map([...given, ...rest.map(({ id }) => [id, (last += 1)] as const)]);
}

function toPerson({ guid, name, affiliation, biography }: SpeakerEntity) {
  return { ...identify(guid), name, ...(affiliation && { affiliation }), ...(biography && { biography }) };
}

/** As the person was known to the file that they came from. */
function identify(guid: string): { guid?: string; code?: string; id?: number } {
  if (asGuid(guid)) return { guid };
  const id = /^person-(\d+)$/.exec(guid)?.[1];
  return id ? { id: Number(id) } : { code: guid };
}
