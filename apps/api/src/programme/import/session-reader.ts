import { PROGRAMME_LENGTHS } from '#libs/domain/programme-limits';
import { type FileRooms } from './file-rooms.js';
import { type Problems } from './problems.js';
import { readBase } from './read-address.js';
import { readSource } from './read-source.js';
import { FileSpeakers } from './read-speakers.js';
import { joinTexts, plainFields } from './read-texts.js';
import { readTimes } from './read-times.js';
import { type FileRoom, type FileSession } from './schedule-file.js';
import { type ListedSession } from './schedule-shape.js';
import { sessionKindOf } from './session-kind.js';
import { SlugRegistry } from './slug-registry.js';
import { asFields, asGuid, type Fields, readLanguage, readText, uuidOf } from './values.js';

/** What the sessions of a file refer to. */
interface Surroundings {
  readonly schedule: Fields;
  readonly rooms: FileRooms;
  readonly tracks: ReadonlyMap<string, string>;
}

type Described = Omit<FileSession, 'at' | 'guid' | 'title' | 'start' | 'end'>;

/** Reads the sessions of a file one by one and keeps those that can be used. */
export class SessionReader {
  readonly sessions: FileSession[] = [];
  readonly unusableGuids = new Set<string>();
  readonly speakers: FileSpeakers;
  private readonly firstPaths = new Map<string, string>();
  private readonly slugs = new SlugRegistry();
  private readonly base: URL | null;

  constructor(
    private readonly around: Surroundings,
    private readonly problems: Problems,
  ) {
    this.speakers = new FileSpeakers(around.schedule.persons, problems);
    this.base = readBase(around.schedule.base_url);
  }

  read({ at, value, room: reference }: ListedSession): void {
    const given = asFields(value);
    if (!given) return this.problems.error(at, 'is not a session');
    const fields = plainFields(given, this.around.tracks);
    const guid = this.readGuid(fields, at);
    if (isBreak(fields) && !reference.name && !reference.guid && !reference.slug) return this.leaveOut(guid, at);
    const title = readText(fields.title, PROGRAMME_LENGTHS.title, `${at}.title`, this.problems);
    if (!title) this.problems.error(`${at}.title`, 'the session has no title');
    const times = readTimes(fields, at, this.problems);
    const room = this.around.rooms.find(reference);
    if (guid && title && times && room)
      this.sessions.push({ ...this.describe(fields, room, at), at, guid, title, ...times });
    else if (guid) this.unusableGuids.add(guid);
  }

  /** Breaks for everybody have no room in newer files, and are then omitted. */
  private leaveOut(guid: string | null, at: string): void {
    this.problems.warning(`${at}.room`, 'a break without a room was left out');
    if (guid) this.unusableGuids.add(guid);
  }

  private readGuid(fields: Fields, at: string): string | null {
    const guid = asGuid(fields.guid) ?? this.guidOfBreak(fields, at);
    if (!guid) {
      this.problems.error(`${at}.guid`, fields.guid ? 'the guid is not a UUID' : 'the session has no guid');
      return null;
    }
    const first = this.firstPaths.get(guid);
    if (first) {
      this.problems.error(`${at}.guid`, `repeats the guid of ${first}`);
      return null;
    }
    this.firstPaths.set(guid, at);
    return guid;
  }

  /** Newer files may omit the guid of a break: it is identified by its title and time, so that the next import finds it again. */
  private guidOfBreak(fields: Fields, at: string): string | null {
    if (fields.guid || !isBreak(fields)) return null;
    this.problems.warning(`${at}.guid`, 'the break has no guid; it is identified by its title, time and room');
    return uuidOf('break', String(fields.title), String(fields.start), JSON.stringify(fields.room ?? null));
  }

  private describe(fields: Fields, room: FileRoom, at: string): Described {
    if (typeof fields.room === 'string' && fields.room.trim() !== room.name)
      this.problems.warning(`${at}.room`, `says ${fields.room}, but the session is listed in ${room.name}`);
    const { problems } = this;
    return {
      slug: this.slugs.take([fields.slug, fields.title]),
      kind: sessionKindOf(fields.type),
      roomGuid: room.guid,
      language: readLanguage(fields.language, `${at}.language`, problems),
      track: readText(fields.track, PROGRAMME_LENGTHS.track, `${at}.track`, problems),
      abstract: readText(
        joinTexts(fields.abstract, fields.description),
        PROGRAMME_LENGTHS.longText,
        `${at}.abstract`,
        problems,
      ),
      speakerGuids: this.speakers.read(fields.persons, `${at}.persons`),
      source: readSource(fields, this.base),
    };
  }
}

const isBreak = ({ type }: Fields) => type === 'break' || type === 'meta';
