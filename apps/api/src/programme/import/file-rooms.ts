import { PROGRAMME_LENGTHS } from '#libs/domain/programme-limits';
import { type Problems } from './problems.js';
import { readRoom } from './read-rooms.js';
import { type RoomReference } from './schedule-shape.js';
import { type FileRoom } from './schedule-file.js';
import { SlugRegistry } from './slug-registry.js';
import { asFields, asGuid, readText, uuidOf } from './values.js';

/** The rooms of a file. Sessions refer to them by guid, name or slug; one that is only referred to is created, with a warning. */
export class FileRooms {
  private readonly byName = new Map<string, FileRoom>();
  private readonly byGuid = new Map<string, FileRoom>();
  private readonly bySlug = new Map<string, FileRoom>();
  private readonly slugs = new SlugRegistry();
  private readonly guids: ReadonlyMap<string, number>;

  constructor(
    listed: readonly unknown[],
    private readonly isListed: boolean,
    private readonly problems: Problems,
  ) {
    this.guids = countGuids(listed);
    listed.forEach((value, index) => this.add(value, `schedule.conference.rooms[${index}]`));
  }

  get all(): FileRoom[] {
    return [...this.byName.values()];
  }

  /** The room of a reference; null, with an error, when the reference names none. */
  find({ at, guid, name, slug }: RoomReference): FileRoom | null {
    const known = (guid && this.byGuid.get(guid)) || (name && this.byName.get(name)) || (slug && this.bySlug.get(slug));
    if (known) return known;
    const readable = readText(name ?? slug, PROGRAMME_LENGTHS.roomName, at, this.problems);
    if (!readable) {
      this.problems.error(at, 'the session has no room');
      return null;
    }
    return this.byName.get(readable) ?? this.make(readable, guid, slug, at);
  }

  /** In files that list their rooms, a missing one may be a typing error: the warning names the created room. */
  private make(name: string, guid: string | null, slug: string | null, at: string): FileRoom {
    if (this.isListed)
      this.problems.warning(at, `the file lists no room called ${name}; it was added as a plenary room`);
    return this.keep({
      at,
      name,
      slug: this.slugs.take([slug, name]),
      guid: guid && !this.byGuid.has(guid) ? guid : uuidOf('room', name),
      kind: 'plenary',
      city: null,
      capacity: null,
    });
  }

  private add(value: unknown, at: string): void {
    const fields = asFields(value);
    const name = readText(fields?.name, PROGRAMME_LENGTHS.roomName, `${at}.name`, this.problems);
    if (!fields || !name) return this.problems.error(`${at}.name`, 'the room has no name');
    if (this.byName.has(name)) return this.problems.error(`${at}.name`, `another room is called ${name}`);
    const slug = this.slugs.take([fields.slug, name]);
    const room = this.keep({
      at,
      name,
      slug,
      guid: this.guidOf(fields.guid, name, at),
      ...readRoom(fields, at, this.problems),
    });
    if (typeof fields.slug === 'string' && !this.bySlug.has(fields.slug)) this.bySlug.set(fields.slug, room);
  }

  private keep(room: FileRoom): FileRoom {
    this.byName.set(room.name, room);
    this.byGuid.set(room.guid, room);
    if (!this.bySlug.has(room.slug)) this.bySlug.set(room.slug, room);
    return room;
  }

  /** Rooms that share a guid each get one derived from it and their name, so that their order in the file does not matter. */
  private guidOf(guid: unknown, name: string, at: string): string {
    const own = asGuid(guid);
    if (!own) this.problems.warning(`${at}.guid`, `${name} has no usable guid; it is identified by its name`);
    else if (this.guids.get(own) === 1) return own;
    else
      this.problems.warning(
        `${at}.guid`,
        `${name} shares its guid with another room; the two are distinguished by their names`,
      );
    return uuidOf('room', own ?? '', name);
  }
}

function countGuids(rooms: readonly unknown[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const guid of rooms.map((room) => asGuid(asFields(room)?.guid)))
    if (guid) counts.set(guid, (counts.get(guid) ?? 0) + 1);
  return counts;
}
