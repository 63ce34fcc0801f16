import { type Problems } from './problems.js';
import { roomKindOf } from './room-kind.js';
import { type FileRoom } from './schedule-file.js';
import { asFields, type Fields } from './values.js';

/** A longer description of a room is prose, not the name of its city. */
const CITY_LENGTH = 60;

/** What a file says of one room, beside its names. */
export function readRoom(fields: Fields, at: string, problems: Problems): Pick<FileRoom, 'kind' | 'city' | 'capacity'> {
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
