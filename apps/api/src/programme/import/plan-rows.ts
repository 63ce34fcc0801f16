import { type Programme } from '../programme.js';
import { type SessionRow } from '../session-rows.repository.js';
import { type ImportPlan, type Update } from './import-plan.js';

/** Rows of one statement. */
const BATCH = 1_000;

/** A plan as JSON arrays of rows, each for one statement: PostgreSQL reads them, the event loop only passes them on. */
export interface PlanRows {
  readonly version: string;
  readonly rooms: { readonly insert: readonly string[]; readonly update: readonly string[] };
  readonly speakers: { readonly insert: readonly string[]; readonly update: readonly string[] };
  readonly sessions: { readonly insert: readonly string[]; readonly update: readonly string[] };
  /** Ids of the sessions that are updated. */
  readonly updatedIds: readonly string[];
  /** Ids of sessions whose speakers are replaced, and the speakers of these and of new sessions. */
  readonly respokenIds: readonly string[];
  readonly sessionSpeakers: readonly string[];
}

export function rowsOf(existing: Programme, plan: ImportPlan, version: string): PlanRows {
  const { rooms, speakers, sessions } = plan;
  const respoken = sessions.update.filter(({ speakerIds }) => speakerIds !== undefined);
  const speakerRows = [...sessions.insert, ...respoken].flatMap(({ id, speakerIds = [] }) =>
    speakerIds.map((speakerId, position) => ({ sessionId: id, speakerId, position })),
  );
  return {
    version,
    rooms: { insert: batches(rooms.insert), update: batches(merged(existing.rooms, rooms.update)) },
    speakers: { insert: batches(speakers.insert), update: batches(merged(existing.speakers, speakers.update)) },
    sessions: {
      insert: batches(sessions.insert),
      update: batches(merged<SessionRow>(existing.sessions, sessions.update)),
    },
    updatedIds: sessions.update.map(({ id }) => id),
    respokenIds: respoken.map(({ id }) => id),
    sessionSpeakers: batches(speakerRows),
  };
}

/** The whole rows as they are to be. */
function merged<T extends { readonly id: string }>(rows: readonly T[], updates: readonly Update<T>[]): T[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return updates.map(({ id, change }) => ({ ...byId.get(id)!, ...change }));
}

function batches(rows: readonly object[]): string[] {
  const texts: string[] = [];
  for (let from = 0; from < rows.length; from += BATCH) texts.push(JSON.stringify(rows.slice(from, from + BATCH)));
  return texts;
}
