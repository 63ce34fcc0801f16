import { AppError } from '../../platform/errors/app-error.js';
import { type Problems } from './problems.js';
import { asFields, asGuid, asList, type Fields } from './values.js';

/** The room of a session, as in its file. */
export interface RoomReference {
  readonly at: string;
  readonly guid: string | null;
  readonly name: string | null;
  readonly slug: string | null;
}

/** One session as in its file, with its position. */
export interface ListedSession {
  readonly at: string;
  readonly value: unknown;
  readonly room: RoomReference;
}

/** The parts of a file, in any form. */
export interface ListedSchedule {
  readonly schedule: Fields;
  readonly conference: Fields;
  /** null when the file has no list of rooms. */
  readonly rooms: readonly unknown[] | null;
  /** The rooms that the days name, also those without sessions. */
  readonly namedRooms: readonly RoomReference[];
  readonly sessions: readonly ListedSession[];
}

/** Where newer files keep their sessions: one list for all days. */
const SESSION_LISTS = ['events', 'sessions'] as const;

/**
 * Finds the sessions of a schedule.json in either form: days → rooms → sessions (c3voc's schedule, pretalx, frab), or one list of
 * sessions that refer to their rooms (c3voc's schedule2). Throws schedule.unusable for any other form: an unknown file is not an empty
 * one.
 */
export function listSchedule(body: unknown, problems: Problems): ListedSchedule {
  const schedule = asFields(asFields(body)?.schedule);
  const conference = asFields(schedule?.conference);
  if (!schedule || !conference) throw unusable('This is not a schedule.json: it has no schedule.conference.');
  const lists = findLists(schedule, conference);
  const days = asList(conference.days);
  const hasDays = days.some((day) => hasRooms(day));
  if (lists.length > 1 || (lists.length > 0 && hasDays))
    throw unusable(`The file has sessions in more than one place: ${placesOf(lists, hasDays).join(', ')}.`);
  const [list] = lists;
  if (!list && !hasDays)
    throw unusable(
      'This is not a schedule.json: it has neither schedule.conference.days with rooms nor schedule.events.',
    );
  const rooms = roomsOf(schedule, conference);
  if (list) {
    const sessions = list.items.map((value, index) => flat(value, `${list.at}[${index}]`));
    return { schedule, conference, rooms, namedRooms: [], sessions };
  }
  const listed = days.flatMap((day, index) => ofDay(day, `schedule.conference.days[${index}].rooms`, problems));
  const sessions = listed.flatMap((room) => ofRoom(room, problems));
  return { schedule, conference, rooms, namedRooms: listed.map(({ room }) => room), sessions };
}

function findLists(schedule: Fields, conference: Fields): { at: string; items: readonly unknown[] }[] {
  const owners = [
    ['schedule', schedule],
    ['schedule.conference', conference],
  ] as const;
  return owners.flatMap(([at, owner]) =>
    SESSION_LISTS.filter((name) => Array.isArray(owner[name])).map((name) => ({
      at: `${at}.${name}`,
      items: asList(owner[name]),
    })),
  );
}

function placesOf(lists: readonly { at: string }[], hasDays: boolean): string[] {
  return [...lists.map(({ at }) => at), ...(hasDays ? ['schedule.conference.days'] : [])];
}

function hasRooms(day: unknown): boolean {
  const rooms = asFields(day)?.rooms;
  return asFields(rooms) !== null || asList(rooms).some((room) => sessionsOfRoom(room) !== undefined);
}

/** A list of rooms, each with its own list of sessions, as conversions of schedule.xml write it. */
function sessionsOfRoom(room: unknown): unknown {
  const fields = asFields(room);
  return fields?.events ?? fields?.sessions;
}

function roomsOf(schedule: Fields, conference: Fields): readonly unknown[] | null {
  const rooms = conference.rooms ?? schedule.rooms;
  return rooms === undefined || rooms === null || rooms === false ? null : asList(rooms);
}

function ofDay(day: unknown, at: string, problems: Problems): ListedRoom[] {
  if (hasRooms(day)) return roomsOfDay(asFields(day)?.rooms, at);
  problems.error(at, 'the day has no rooms');
  return [];
}

interface ListedRoom {
  readonly at: string;
  readonly room: RoomReference;
  readonly items: unknown;
}

function roomsOfDay(rooms: unknown, at: string): ListedRoom[] {
  if (Array.isArray(rooms))
    return rooms.map((room, index) => ({
      at: `${at}[${index}]`,
      room: refer(room, `${at}[${index}]`),
      items: sessionsOfRoom(room),
    }));
  return Object.entries(asFields(rooms) ?? {}).map(([name, items]) => {
    const path = `${at}[${JSON.stringify(name)}]`;
    return { at: path, room: refer(name, path), items };
  });
}

function ofRoom({ at, room, items }: ListedRoom, problems: Problems): ListedSession[] {
  if (!Array.isArray(items)) problems.error(at, 'is not a list of sessions');
  return asList(items).map((value, index) => ({ at: `${at}[${index}]`, value, room }));
}

function flat(value: unknown, at: string): ListedSession {
  const fields = asFields(value);
  const given = asFields(fields?.room) ?? {};
  const name = given.name ?? fields?.room_name ?? fields?.roomName ?? fields?.room;
  const guid = given.guid ?? fields?.room_guid ?? fields?.roomGuid;
  return { at, value, room: refer({ name, guid, slug: given.slug }, `${at}.room`) };
}

function refer(value: unknown, at: string): RoomReference {
  const { name, slug, guid } = asFields(value) ?? { name: value };
  const text = (given: unknown) => (typeof given === 'string' && given.trim() !== '' ? given.trim() : null);
  return { at, guid: asGuid(guid), name: text(name), slug: text(slug) };
}

const unusable = (message: string) => new AppError('schedule.unusable', { message });
