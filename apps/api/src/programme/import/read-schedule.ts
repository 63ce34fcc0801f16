import { AppError } from '../../platform/errors/app-error.js';
import { PROGRAMME_AT_MOST } from '#libs/domain/programme-limits';
import { FileRooms } from './file-rooms.js';
import { findOverlaps } from './overlaps.js';
import { type Problems } from './problems.js';
import { listSchedule } from './schedule-shape.js';
import { type FileSession, type ScheduleFile } from './schedule-file.js';
import { SessionReader } from './session-reader.js';
import { type Fields, listFields, readText } from './values.js';

/** Reads a schedule.json of c3voc, frab or pretalx as far as it is usable; every problem goes to `problems`. */
export function readSchedule(body: unknown, problems: Problems): ScheduleFile {
  const { schedule, conference, rooms: listed, namedRooms, sessions: items } = listSchedule(body, problems);
  const rooms = new FileRooms(listed ?? [], listed !== null, problems);
  for (const room of namedRooms) rooms.find(room);
  const reader = new SessionReader({ schedule, rooms, tracks: trackNames(conference) }, problems);
  for (const item of items) reader.read(item);
  const { unusableGuids } = reader;
  const sessions = dropOverlaps(reader.sessions, unusableGuids, problems);
  const speakers = reader.speakers.all;
  refuseTooMany({ rooms: rooms.all.length, sessions: sessions.length, speakers: speakers.length });
  const version = readText(schedule.version, 100, 'schedule.version', problems) ?? '1';
  return { version, rooms: rooms.all, sessions, speakers, unusableGuids };
}

/** Names of tracks by slug, for files whose sessions refer to them so. */
function trackNames({ tracks }: Fields): ReadonlyMap<string, string> {
  return new Map(
    listFields(tracks).flatMap(({ slug, name }) =>
      typeof slug === 'string' && typeof name === 'string' ? [[slug, name] as const] : [],
    ),
  );
}

/** Of two sessions that overlap in one room the later one is unusable. */
function dropOverlaps(sessions: readonly FileSession[], unusableGuids: Set<string>, problems: Problems): FileSession[] {
  const overlaps = findOverlaps(sessions, (session) => session.roomGuid);
  for (const [session, other] of overlaps) {
    problems.error(`${session.at}.date`, `overlaps with ${other.title} in the same room (${other.at})`);
    unusableGuids.add(session.guid);
  }
  return sessions.filter((session) => !overlaps.has(session));
}

function refuseTooMany(counts: Readonly<Record<'rooms' | 'sessions' | 'speakers', number>>): void {
  for (const noun of ['rooms', 'sessions', 'speakers'] as const)
    if (counts[noun] > PROGRAMME_AT_MOST[noun])
      throw new AppError('schedule.unusable', {
        message: `An event has at most ${PROGRAMME_AT_MOST[noun]} ${noun}; the file has ${counts[noun]}.`,
      });
}
