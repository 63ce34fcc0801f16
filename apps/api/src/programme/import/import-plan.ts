import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type ImportReport } from '#libs/contract/programme';
import { type Programme } from '../programme.js';
import { type RoomEntity } from '../room.entity.js';
import { type SessionEntity, type SessionSource } from '../session.entity.js';
import { type SessionRow } from '../session-row.js';
import { type SpeakerEntity } from '../speaker.entity.js';
import { type Problems } from './problems.js';
import { uniqueSlug } from './read-rooms.js';
import { type FileRoom, type FileSession, type ScheduleFile } from './schedule-file.js';

export interface Update<T> {
  readonly id: string;
  readonly change: Partial<T>;
}

export interface SessionUpdate extends Update<SessionEntity> {
  /** In their new order; absent when they stay. */
  readonly speakerIds?: readonly string[];
}

/** What an import would write, and what it would say of it. */
export interface ImportPlan {
  readonly rooms: { readonly insert: RoomEntity[]; readonly update: Update<RoomEntity>[] };
  readonly speakers: { readonly insert: SpeakerEntity[]; readonly update: Update<SpeakerEntity>[] };
  readonly sessions: {
    readonly insert: (SessionEntity & { speakerIds: readonly string[] })[];
    readonly update: SessionUpdate[];
  };
  readonly report: Pick<ImportReport, 'created' | 'changed' | 'moved' | 'cancelled' | 'unchanged'>;
}

/**
 * Compares a file with what is there. Pure but for the ids of what is new; importing what is there plans nothing. `exported` is what
 * an export of the programme would say (see exportedSources).
 */
export function planImport(existing: Programme, exported: Sources, file: ScheduleFile, problems: Problems): ImportPlan {
  const plan: ImportPlan = {
    rooms: { insert: [], update: [] },
    speakers: { insert: [], update: [] },
    sessions: { insert: [], update: [] },
    report: { created: [], changed: [], moved: [], cancelled: [], unchanged: 0 },
  };
  const references = { rooms: planRooms(existing, file, plan), speakers: planSpeakers(existing, file, plan) };
  const missing = existing.sessions.filter((session) => isMissing(session, file));
  const usable = dropCollisions(existing, missing, file, references.rooms, problems);
  const byGuid = new Map(existing.sessions.map((session) => [session.guid, session]));
  const slugs = new Set(existing.sessions.map((session) => session.slug));
  for (const session of usable)
    planSession(session, byGuid.get(session.guid), { existing, exported, references, slugs, plan, problems });
  for (const session of missing) planMissing(session, plan, problems);
  return plan;
}

function isMissing({ guid }: SessionRow, file: ScheduleFile): boolean {
  return !file.unusableGuids.has(guid) && !file.sessions.some((session) => session.guid === guid);
}

type Ids = ReadonlyMap<string, string>;
type Sources = ReadonlyMap<string, SessionSource>;

/** Rooms are known by guid, else by slug: then an organiser had made the room by hand. Rooms that disappeared stay. */
function planRooms({ event, rooms }: Programme, file: ScheduleFile, { rooms: plan }: ImportPlan): Ids {
  const slugs = new Set(rooms.map((room) => room.slug));
  const known = new Set(file.rooms.map((room) => room.guid));
  const find = (room: FileRoom) =>
    rooms.find(({ guid }) => guid === room.guid) ??
    rooms.find(({ guid, slug }) => slug === room.slug && !known.has(guid));
  return new Map(
    file.rooms.map((room, position) => {
      const { guid, name, kind, city, capacity } = room;
      const before = find(room);
      if (before) {
        const change = differences(before, { name, kind, city, capacity, position });
        if (change) plan.update.push({ id: before.id, change });
        return [guid, before.id];
      }
      const slug = uniqueSlug([room.slug], position, slugs);
      slugs.add(slug);
      const id = randomUUID();
      plan.insert.push({
        id,
        eventId: event.id,
        guid,
        slug,
        name,
        kind,
        city,
        capacity,
        translations: {},
        position,
        onAir: false,
      });
      return [guid, id];
    }),
  );
}

/** What a file does not say of a person leaves what an organiser wrote. */
function planSpeakers({ event, speakers }: Programme, file: ScheduleFile, { speakers: plan }: ImportPlan): Ids {
  const byGuid = new Map(speakers.map((speaker) => [speaker.guid, speaker]));
  return new Map(
    file.speakers.map(({ guid, name, affiliation, biography }) => {
      const before = byGuid.get(guid);
      const id = before?.id ?? randomUUID();
      if (!before) plan.insert.push({ id, eventId: event.id, guid, name, affiliation, biography });
      const said = { name, ...(affiliation && { affiliation }), ...(biography && { biography }) };
      const change = before && differences(before, said);
      if (change) plan.update.push({ id, change });
      return [guid, id];
    }),
  );
}

interface Surroundings {
  readonly existing: Programme;
  readonly exported: Sources;
  readonly references: { readonly rooms: Ids; readonly speakers: Ids };
  readonly slugs: Set<string>;
  readonly plan: ImportPlan;
  readonly problems: Problems;
}

function planSession(file: FileSession, before: SessionRow | undefined, around: Surroundings): void {
  const { plan, references, existing, exported } = around;
  const { guid, title, kind, language, track, abstract, source, start, end } = file;
  const speakerIds = file.speakerGuids.flatMap((speaker) => references.speakers.get(speaker) ?? []);
  const place = { roomId: references.rooms.get(file.roomGuid)!, start, end };
  const content = { title, kind, language, track, abstract };
  const said = isDeepStrictEqual(exported.get(guid), source) ? {} : { source };
  warnOutside(file, around);
  if (!before) {
    const slug = uniqueSlug([file.slug], around.slugs.size, around.slugs);
    around.slugs.add(slug);
    plan.sessions.insert.push({
      ...newSession(existing.event.id),
      guid,
      slug,
      ...place,
      ...content,
      source,
      speakerIds,
    });
    plan.report.created.push(guid);
    return;
  }
  const revived = before.state === 'cancelled' ? ({ state: 'scheduled' } as const) : {};
  const moved = differences(before, place);
  const changed = differences(before, { ...content, ...said, ...revived });
  const speakers = isDeepStrictEqual(before.speakerIds, speakerIds) ? {} : { speakerIds };
  const isChanged = changed !== null || 'speakerIds' in speakers;
  if (moved) plan.report.moved.push(guid);
  if (isChanged) plan.report.changed.push(guid);
  if (moved || isChanged) plan.sessions.update.push({ id: before.id, change: { ...moved, ...changed }, ...speakers });
  else plan.report.unchanged += 1;
}

function newSession(eventId: string) {
  const state = 'scheduled' as const;
  const qa = 'open' as const;
  return {
    id: randomUUID(),
    eventId,
    state,
    qa,
    translations: {},
    premoderated: true,
    slowMode: 0,
    liveAt: null,
    endedAt: null,
  };
}

function warnOutside({ at, start, end }: FileSession, { existing: { event }, problems }: Surroundings): void {
  if (start < event.start || end > event.end) problems.warning(`${at}.date`, 'is outside the days of the event');
}

/** What disappeared is cancelled, never deleted; what has begun is history and stays. */
function planMissing(session: SessionRow, { sessions, report }: ImportPlan, problems: Problems): void {
  if (session.state === 'cancelled') return;
  if (session.state === 'scheduled') {
    sessions.update.push({ id: session.id, change: { state: 'cancelled' } });
    report.cancelled.push(session.guid);
    return;
  }
  problems.warning(
    'schedule',
    `${session.title} (${session.guid}) is not in the file, but it has begun; it stays as it is`,
  );
}

/**
 * Leaves out sessions that would collide with one that stays where it is: because it has begun, or because its own part of the file
 * is unusable. What is left out may itself stay in somebody's way, hence the loop.
 */
function dropCollisions(
  existing: Programme,
  missing: readonly SessionRow[],
  file: ScheduleFile,
  rooms: Ids,
  problems: Problems,
) {
  let usable = file.sessions;
  let staying: readonly SessionRow[] = [];
  const hasBegun = ({ state }: SessionRow) => state === 'live' || state === 'ended';
  for (;;) {
    const named = new Set(usable.map(({ guid }) => guid));
    const gone = new Set(missing.filter((session) => !hasBegun(session)));
    staying = existing.sessions.filter(
      (session) => session.state !== 'cancelled' && !named.has(session.guid) && !gone.has(session),
    );
    const free = usable.filter((session) => {
      const other = staying.find(
        (one) => one.roomId === rooms.get(session.roomGuid) && session.start < one.end && one.start < session.end,
      );
      if (other) problems.error(`${session.at}.date`, `overlaps with ${other.title}, which stays in the same room`);
      return !other;
    });
    if (free.length === usable.length) return usable;
    usable = free;
  }
}

/** The fields that would change; null when there are none. */
function differences<T extends object, C extends Partial<T>>(before: T, wanted: C): Partial<C> | null {
  const changed = Object.entries(wanted).filter(
    ([field, value]) => !isDeepStrictEqual(before[field as keyof T], value),
  );
  return changed.length > 0 ? (Object.fromEntries(changed) as Partial<C>) : null;
}
