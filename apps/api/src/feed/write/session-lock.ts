import { type EntityManager } from 'typeorm';
import { type GuestsMode, type QaState, type SessionState } from '#libs/contract/programme';
import { type Screen } from '#libs/contract/screen';
import { SCREEN_COLUMNS, type ScreenRow, toScreen } from '../replica/session-screen.js';

/** The session's row as locked by a write: what decisions are made on. */
export interface LockedSession {
  readonly id: string;
  readonly eventId: string;
  readonly roomId: string;
  readonly state: SessionState;
  readonly qa: QaState;
  readonly premoderated: boolean;
  /** Seconds between two questions of one actor; 0 is off. */
  readonly slowMode: number;
  /** Whether its speakers may take the questions themselves. */
  readonly speakersAdvance: boolean;
  /** What its event lets guests do. */
  readonly guests: GuestsMode;
  /** What its projector shows. */
  readonly screen: Screen;
  readonly version: number;
}

type Row = Omit<LockedSession, 'version' | 'screen'> & ScreenRow & { readonly version: string };

/** Locks sessions in the order of their ids, so that two writers never wait for each other in a circle. */
export async function lockSessions(manager: EntityManager, ids: readonly string[]): Promise<LockedSession[]> {
  const rows = await manager.query<Row[]>(
    `SELECT id, event_id AS "eventId", room_id AS "roomId", state, qa, premoderated, slow_mode AS "slowMode",
         speakers_advance AS "speakersAdvance", version, ${SCREEN_COLUMNS},
         (SELECT guests FROM event WHERE event.id = session.event_id) AS guests
       FROM session WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`,
    [ids],
  );
  return rows.map(({ screenKind, screenQuestionId, screenPollId, ...row }) => ({
    ...row,
    version: Number(row.version),
    screen: toScreen({ screenKind, screenQuestionId, screenPollId }),
  }));
}

/** Raises the version of the changed sessions by one, in one statement. */
export async function raiseVersions(
  manager: EntityManager,
  changed: readonly { session: LockedSession; isSessionChanged: boolean }[],
): Promise<void> {
  if (changed.length === 0) return;
  await manager.query(
    `UPDATE session SET version = version + 1, session_version = CASE WHEN changed.itself THEN version + 1 ELSE session_version END
       FROM unnest($1::uuid[], $2::boolean[]) AS changed (id, itself) WHERE session.id = changed.id`,
    [changed.map(({ session }) => session.id), changed.map(({ isSessionChanged }) => isSessionChanged)],
  );
}
