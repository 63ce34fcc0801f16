import { type SessionRow } from '../session-rows.repository.js';
import { type Problems } from './problems.js';
import { type FileSession } from './schedule-file.js';

/** Sessions by room, in the order of time; those of one room in one file do not overlap. */
type Rooms = ReadonlyMap<string, readonly FileSession[]>;

/**
 * Omits sessions that would collide with one that is not changed: because it has begun, or because its own part of the file is unusable.
 * An omitted session may itself collide with another one, and so on: each session is checked once when it turns out to stay, so n
 * sessions cost n log n.
 */
export function dropCollisions(
  existing: readonly SessionRow[],
  file: readonly FileSession[],
  staying: readonly SessionRow[],
  roomIds: ReadonlyMap<string, string>,
  problems: Problems,
): readonly FileSession[] {
  const rooms = byRoom(file, roomIds);
  const byGuid = new Map(existing.filter(isPlaced).map((session) => [session.guid, session]));
  const dropped = new Map<FileSession, SessionRow>();
  const queue = staying.filter(isPlaced);
  for (let session = queue.pop(); session; session = queue.pop())
    for (const collides of overlapping(rooms.get(session.roomId), session)) {
      if (dropped.has(collides)) continue;
      dropped.set(collides, session);
      const before = byGuid.get(collides.guid);
      if (before) queue.push(before);
    }
  return file.filter((session) => {
    const other = dropped.get(session);
    if (other) problems.error(`${session.at}.date`, `overlaps with ${other.title}, which stays in the same room`);
    return !other;
  });
}

const isPlaced = ({ state }: SessionRow) => state !== 'cancelled';

function byRoom(file: readonly FileSession[], roomIds: ReadonlyMap<string, string>): Rooms {
  const rooms = new Map<string, FileSession[]>();
  for (const session of file) {
    const roomId = roomIds.get(session.roomGuid) ?? '';
    const sessions = rooms.get(roomId);
    if (sessions) sessions.push(session);
    else rooms.set(roomId, [session]);
  }
  for (const sessions of rooms.values()) sessions.sort((one, other) => one.start.getTime() - other.start.getTime());
  return rooms;
}

/** The sessions of a room that overlap with another one, found by bisection. */
function overlapping(sessions: readonly FileSession[] = [], { start, end }: SessionRow): FileSession[] {
  let from = 0;
  for (let to = sessions.length; from < to;) {
    const middle = (from + to) >> 1;
    if (sessions[middle]!.end <= start) from = middle + 1;
    else to = middle;
  }
  const found: FileSession[] = [];
  for (let at = from; at < sessions.length && sessions[at]!.start < end; at++) found.push(sessions[at]!);
  return found;
}
