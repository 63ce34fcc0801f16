import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type ImportReport } from '#libs/contract/programme';
import { AppError } from '../../platform/errors/app-error.js';
import { PROGRAMME_AT_MOST } from '#libs/domain/programme-limits';
import { type Programme } from '../programme.js';
import { type RoomEntity } from '../room.entity.js';
import { type SessionEntity, type ImportedFields } from '../session.entity.js';
import { type SessionRow } from '../session-rows.repository.js';
import { type SpeakerEntity } from '../speaker.entity.js';
import { dropCollisions } from './drop-collisions.js';
import { type Problems } from './problems.js';
import { toWholeSecond } from './read-times.js';
import { type FileSession, type ScheduleFile } from './schedule-file.js';
import { SlugRegistry } from './slug-registry.js';

export interface Update<T> {
  readonly id: string;
  readonly change: Partial<T>;
}

interface SessionUpdate extends Update<SessionEntity> {
  /** In their new order; absent when they stay. */
  readonly speakerIds?: readonly string[];
}

/** What an import would write, and its report. */
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
 * Compares a file with the programme. Pure except for the ids of new items; importing an unchanged programme plans nothing. `exported` is
 * what an export of the programme would contain (see exportedSources). Throws schedule.unusable when the event would hold too much.
 */
export function planImport(existing: Programme, exported: Sources, file: ScheduleFile, problems: Problems): ImportPlan {
  const plan: ImportPlan = {
    rooms: { insert: [], update: [] },
    speakers: { insert: [], update: [] },
    sessions: { insert: [], update: [] },
    report: { created: [], changed: [], moved: [], cancelled: [], unchanged: 0 },
  };
  const references = { rooms: planRooms(existing, file, plan), speakers: planSpeakers(existing, file, plan) };
  const named = new Set(file.sessions.map(({ guid }) => guid));
  const missing = existing.sessions.filter(({ guid }) => !named.has(guid) && !file.unusableGuids.has(guid));
  const staying = existing.sessions.filter((session) => stays(session, named, file));
  const usable = dropCollisions(existing.sessions, file.sessions, staying, references.rooms, problems);
  const byGuid = new Map(existing.sessions.map((session) => [session.guid, session]));
  const slugs = new SlugRegistry(existing.sessions.map((session) => session.slug));
  for (const session of usable)
    planSession(session, byGuid.get(session.guid), { existing, exported, references, slugs, plan, problems });
  for (const session of missing) planMissing(session, plan, problems);
  refuseTooMany(existing, plan);
  return plan;
}

/** Whether a session that the file does not contain, or not in a usable form, is kept. */
function stays({ guid, state }: SessionRow, named: ReadonlySet<string>, { unusableGuids }: ScheduleFile): boolean {
  return !named.has(guid) && (unusableGuids.has(guid) || state === 'live' || state === 'ended');
}

/** The result is counted, not the file: what disappeared from it is kept. Changing existing items is always allowed. */
function refuseTooMany(existing: Programme, plan: ImportPlan): void {
  for (const noun of ['rooms', 'sessions', 'speakers'] as const) {
    const added = plan[noun].insert.length;
    const total = existing[noun].length + added;
    if (added > 0 && total > PROGRAMME_AT_MOST[noun])
      throw new AppError('schedule.unusable', {
        message: `An event has at most ${PROGRAMME_AT_MOST[noun]} ${noun}; it has ${existing[noun].length} (cancelled and unused ones too), and the file adds ${added}. Delete what is no longer needed first.`,
      });
  }
}

type Ids = ReadonlyMap<string, string>;
type Sources = ReadonlyMap<string, ImportedFields>;

/** Rooms are identified by guid, else by slug: then an organiser created the room by hand. Rooms that disappeared stay. */
function planRooms({ event, rooms }: Programme, file: ScheduleFile, { rooms: plan }: ImportPlan): Ids {
  const slugs = new SlugRegistry(rooms.map((room) => room.slug));
  const known = new Set(file.rooms.map((room) => room.guid));
  const byGuid = new Map(rooms.map((room) => [room.guid, room]));
  const handmade = new Map(rooms.filter(({ guid }) => !known.has(guid)).map((room) => [room.slug, room]));
  return new Map(
    file.rooms.map((room, position) => {
      const { guid, name, kind, city, capacity } = room;
      const before = byGuid.get(guid) ?? handmade.get(room.slug);
      if (before) {
        const change = differences(before, { name, kind, city, capacity, position });
        if (change) plan.update.push({ id: before.id, change });
        return [guid, before.id];
      }
      const slug = slugs.take([room.slug]);
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

/** Fields that a file lacks for a person keep the organiser's text. */
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
  readonly slugs: SlugRegistry;
  readonly plan: ImportPlan;
  readonly problems: Problems;
}

function planSession(file: FileSession, before: SessionRow | undefined, around: Surroundings): void {
  const { references, existing } = around;
  const speakerIds = file.speakerGuids.flatMap((speaker) => references.speakers.get(speaker) ?? []);
  const schedule = { roomId: references.rooms.get(file.roomGuid)!, start: file.start, end: file.end };
  warnOutside(file, around);
  if (before) return planChange(file, before, { schedule, speakerIds }, around);
  const { guid, title, kind, language, track, abstract, source } = file;
  const slug = around.slugs.take([file.slug]);
  const content = { guid, slug, title, kind, language, track, abstract, source };
  around.plan.sessions.insert.push({ ...newSession(existing.event.id), ...schedule, ...content, speakerIds });
  around.plan.report.created.push(guid);
}

interface Wanted {
  readonly schedule: Pick<SessionEntity, 'roomId' | 'start' | 'end'>;
  readonly speakerIds: readonly string[];
}

function planChange(file: FileSession, before: SessionRow, wanted: Wanted, { plan, exported }: Surroundings): void {
  const { guid, title, kind, language, track, abstract, source } = file;
  const said = isDeepStrictEqual(exported.get(guid), source) ? {} : { source };
  const revived = before.state === 'cancelled' ? ({ state: 'scheduled' } as const) : {};
  const moved = differences(inWholeSeconds(before), wanted.schedule);
  const changed = differences(before, { title, kind, language, track, abstract, ...said, ...revived });
  const speakers = isDeepStrictEqual(before.speakerIds, wanted.speakerIds) ? {} : { speakerIds: wanted.speakerIds };
  const isChanged = changed !== null || 'speakerIds' in speakers;
  if (moved) plan.report.moved.push(guid);
  if (isChanged) plan.report.changed.push(guid);
  if (moved || isChanged) plan.sessions.update.push({ id: before.id, change: { ...moved, ...changed }, ...speakers });
  else plan.report.unchanged += 1;
}

/** Files have no fractions of a second (see read-times), rows written by hand may. */
function inWholeSeconds(session: SessionRow): SessionRow {
  return { ...session, start: toWholeSecond(session.start), end: toWholeSecond(session.end) };
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

/** Disappeared sessions are cancelled, never deleted; those that have begun are not changed. */
function planMissing(session: SessionRow, { sessions, report }: ImportPlan, problems: Problems): void {
  if (session.state === 'cancelled') return;
  if (session.state === 'scheduled') {
    sessions.update.push({ id: session.id, change: { state: 'cancelled' } });
    report.cancelled.push(session.guid);
    return;
  }
  problems.warning(
    'schedule',
    `${session.title} (${session.guid}) is not in the file, but it has begun; it is not changed`,
  );
}

/** The fields that would change; null when there are none. */
function differences<T extends object, C extends Partial<T>>(before: T, wanted: C): Partial<C> | null {
  const changed = Object.entries(wanted).filter(
    ([field, value]) => !isDeepStrictEqual(before[field as keyof T], value),
  );
  return changed.length > 0 ? (Object.fromEntries(changed) as Partial<C>) : null;
}
