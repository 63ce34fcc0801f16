import { type Problems } from './problems.js';
import { roomKindOf } from './room-kind.js';
import { type FileRoom } from './schedule-file.js';
import { asFields, asGuid, asList, type Fields, readText, toSlug, uuidOf } from './values.js';

/** A longer description of a room is prose, not the name of its city. */
const CITY_LENGTH = 60;

/** The rooms of a file by name, which is what its days refer to. Files of older tools list none: then the days name them. */
export function readRooms(conference: Fields, problems: Problems): ReadonlyMap<string, FileRoom> {
  const listed =
    conference.rooms === undefined || conference.rooms === null ? roomsOfDays(conference) : asList(conference.rooms);
  const guids = countGuids(listed);
  const rooms = new Map<string, FileRoom>();
  listed.forEach((value, index) => {
    const at = `schedule.conference.rooms[${index}]`;
    const fields = asFields(value);
    const name = readText(fields?.name, 100, `${at}.name`, problems);
    if (!fields || !name) return problems.error(`${at}.name`, 'the room has no name');
    if (rooms.has(name)) return problems.error(`${at}.name`, `another room is called ${name}`);
    const slug = uniqueSlug([fields.slug, name], rooms.size, new Set([...rooms.values()].map((room) => room.slug)));
    rooms.set(name, {
      at,
      name,
      slug,
      guid: guidOf(fields, name, at, guids, problems),
      ...readRoom(fields, at, problems),
    });
  });
  return rooms;
}

function roomsOfDays(conference: Fields): Fields[] {
  const names = asList(conference.days).flatMap((day) => Object.keys(asFields(asFields(day)?.rooms) ?? {}));
  return [...new Set(names)].map((name) => ({ name, guid: uuidOf('room', name.trim()) }));
}

function countGuids(rooms: readonly unknown[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const guid of rooms.map((room) => asGuid(asFields(room)?.guid)))
    if (guid) counts.set(guid, (counts.get(guid) ?? 0) + 1);
  return counts;
}

/** Rooms that share a guid each get one made of it and their name, so that their order in the file does not matter. */
function guidOf(
  { guid }: Fields,
  name: string,
  at: string,
  counts: ReadonlyMap<string, number>,
  problems: Problems,
): string {
  const own = asGuid(guid);
  if (!own) problems.warning(`${at}.guid`, `${name} has no usable guid; it is known by its name`);
  else if (counts.get(own) === 1) return own;
  else
    problems.warning(`${at}.guid`, `${name} shares its guid with another room; the two are told apart by their names`);
  return uuidOf('room', own ?? '', name);
}

function readRoom(fields: Fields, at: string, problems: Problems): Pick<FileRoom, 'kind' | 'city' | 'capacity'> {
  const kind = roomKindOf(fields.type);
  if (!kind) problems.warning(`${at}.type`, 'is not a room type of the format; read as a plenary room');
  return {
    kind: kind ?? 'plenary',
    city: readCity(fields.description),
    capacity: readCapacity(fields.capacity, at, problems),
  };
}

function readCity(description: unknown): string | null {
  const translations = Object.values(asFields(description) ?? {});
  const text = [description, ...translations].find((value) => typeof value === 'string')?.trim() ?? '';
  return text.length > 0 && text.length <= CITY_LENGTH && /^[\p{L}\p{M}\p{N} .,'’()/-]+$/u.test(text) ? text : null;
}

function readCapacity(value: unknown, at: string, problems: Problems): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 10_000_000) return value;
  problems.warning(`${at}.capacity`, 'is not a number of places and was left out');
  return null;
}

/** The first candidate that can be a slug, numbered when it is taken. */
export function uniqueSlug(candidates: readonly unknown[], fallback: number, taken: ReadonlySet<string>): string {
  const slugs = candidates.map((candidate) => (typeof candidate === 'string' ? toSlug(candidate) : ''));
  const slug = slugs.find(Boolean) ?? `item-${fallback + 1}`;
  if (!taken.has(slug)) return slug;
  for (let n = 2; ; n++) if (!taken.has(`${slug}-${n}`)) return `${slug}-${n}`;
}
