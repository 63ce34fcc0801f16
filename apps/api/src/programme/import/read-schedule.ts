import { AppError } from '../../common/app-error.js';
import { AT_MOST } from '../programme.js';
import { findOverlaps } from './overlaps.js';
import { type Problems } from './problems.js';
import { readRooms, uniqueSlug } from './read-rooms.js';
import { readSource } from './read-source.js';
import { readSpeakers } from './read-speakers.js';
import { readTimes } from './read-times.js';
import { type FileRoom, type FileSession, type FileSpeaker, type ScheduleFile } from './schedule-file.js';
import { sessionKindOf } from './session-kind.js';
import { asFields, asGuid, asList, type Fields, readLanguage, readText } from './values.js';

/** Reads a schedule.json of c3voc, frab or pretalx as far as it can be used; every problem goes to `problems`. */
export function readSchedule(body: unknown, problems: Problems): ScheduleFile {
  const schedule = asFields(asFields(body)?.schedule);
  const conference = asFields(schedule?.conference);
  if (!schedule || !conference || !Array.isArray(conference.days))
    throw new AppError('schedule.unusable', {
      message: 'This is no schedule.json: it has no schedule.conference.days.',
    });
  const rooms = readRooms(conference, problems);
  const reader = new SessionReader(rooms, problems);
  conference.days.forEach((day, index) => reader.readDay(day, `schedule.conference.days[${index}]`));
  const { speakers, unusableGuids } = reader;
  const sessions = dropOverlaps(reader.sessions, unusableGuids, problems);
  refuseTooMany({ rooms: rooms.size, sessions: sessions.length, speakers: speakers.size });
  const version = readText(schedule.version, 100, 'schedule.version', problems) ?? '1';
  return { version, rooms: [...rooms.values()], sessions, speakers: [...speakers.values()], unusableGuids };
}

class SessionReader {
  readonly sessions: FileSession[] = [];
  readonly speakers = new Map<string, FileSpeaker>();
  readonly unusableGuids = new Set<string>();
  private readonly places = new Map<string, string>();
  private readonly slugs = new Set<string>();

  constructor(
    private readonly rooms: ReadonlyMap<string, FileRoom>,
    private readonly problems: Problems,
  ) {}

  readDay(day: unknown, at: string): void {
    const rooms = asFields(asFields(day)?.rooms);
    if (!rooms) return this.problems.error(`${at}.rooms`, 'the day has no rooms');
    for (const [name, items] of Object.entries(rooms)) {
      const place = `${at}.rooms[${JSON.stringify(name)}]`;
      const room = this.rooms.get(name.trim());
      if (!room) this.problems.error(place, `there is no room called ${name}`);
      if (!Array.isArray(items)) this.problems.error(place, 'is not a list of sessions');
      asList(items).forEach((item, index) => this.readSession(item, room, `${place}[${index}]`));
    }
  }

  private readSession(item: unknown, room: FileRoom | undefined, at: string): void {
    const fields = asFields(item);
    if (!fields) return this.problems.error(at, 'is not a session');
    const guid = this.readGuid(fields, at);
    const title = readText(fields.title, 200, `${at}.title`, this.problems);
    if (!title) this.problems.error(`${at}.title`, 'the session has no title');
    const times = readTimes(fields, at, this.problems);
    if (guid && title && times && room)
      this.sessions.push({ ...this.describe(fields, room, at), at, guid, title, ...times });
    else if (guid) this.unusableGuids.add(guid);
  }

  private readGuid(fields: Fields, at: string): string | null {
    const guid = asGuid(fields.guid);
    if (!guid) {
      this.problems.error(`${at}.guid`, fields.guid ? 'the guid is not a UUID' : 'the session has no guid');
      return null;
    }
    const first = this.places.get(guid);
    if (first) {
      this.problems.error(`${at}.guid`, `repeats the guid of ${first}`);
      return null;
    }
    this.places.set(guid, at);
    return guid;
  }

  private describe(
    fields: Fields,
    room: FileRoom,
    at: string,
  ): Omit<FileSession, 'at' | 'guid' | 'title' | 'start' | 'end'> {
    const slug = uniqueSlug([fields.slug, fields.title], this.slugs.size, this.slugs);
    this.slugs.add(slug);
    if (typeof fields.room === 'string' && fields.room.trim() !== room.name)
      this.problems.warning(`${at}.room`, `says ${fields.room}, but the session is listed in ${room.name}`);
    const texts = [fields.abstract, fields.description].filter(
      (text) => typeof text === 'string' && text.trim() !== '',
    );
    return {
      slug,
      kind: sessionKindOf(fields.type),
      roomGuid: room.guid,
      language: readLanguage(fields.language, `${at}.language`, this.problems),
      track: readText(fields.track, 100, `${at}.track`, this.problems),
      abstract: readText(texts.join('\n\n'), 10_000, `${at}.abstract`, this.problems),
      speakerGuids: readSpeakers(fields.persons, `${at}.persons`, this.speakers, this.problems),
      source: readSource(fields),
    };
  }
}

/** Of two sessions that are in one room at one time the later one is unusable. */
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
    if (counts[noun] > AT_MOST[noun])
      throw new AppError('schedule.unusable', {
        message: `An event has at most ${AT_MOST[noun]} ${noun}; the file has ${counts[noun]}.`,
      });
}
