import { type EntityManager } from 'typeorm';
import { type Screen } from '#libs/contract/screen';
import { execute, queryRows } from '../../platform/database/sql.js';
import { type FeedSession } from '../feed-kind.js';
import { SCREEN_COLUMNS, toScreen, toScreenRow } from '../replica/session-screen.js';
import { type LockedSession, lockedRow } from './locked-session.js';

/** Locks sessions in the order of their ids, so that two writers cannot deadlock. */
export async function lockSessions(manager: EntityManager, ids: readonly string[]): Promise<LockedSession[]> {
  const rows = await queryRows(
    manager,
    lockedRow,
    `SELECT id, event_id AS "eventId", room_id AS "roomId", state, qa, premoderated, slow_mode AS "slowMode",
         speakers_advance AS "speakersAdvance", version::float8 AS version, ${SCREEN_COLUMNS},
         (SELECT guests FROM event WHERE event.id = session.event_id) AS guests
       FROM session WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`,
    [ids],
  );
  return rows.map(({ screenKind, screenQuestionId, screenPollId, ...row }) => ({
    ...row,
    screen: toScreen({ screenKind, screenQuestionId, screenPollId }),
  }));
}

/** A write that is about to end. */
interface Ended {
  readonly session: LockedSession;
  readonly isSessionChanged: boolean;
  readonly screen: Screen;
}

/** Runs an update of sessions that returns their rows, and reads from these rows what the feed carries of sessions. */
interface SessionUpdates {
  updateSessions(manager: EntityManager, update: string, parameters: unknown[]): Promise<readonly FeedSession[]>;
}

const RAISE = `
UPDATE session SET version = version + 1, session_version = CASE WHEN changed.itself THEN version + 1 ELSE session_version END,
    screen_kind = changed.screen, screen_question_id = changed.question_id, screen_poll_id = changed.poll_id
  FROM unnest($1::uuid[], $2::boolean[], $3::text[], $4::uuid[], $5::uuid[]) AS changed (id, itself, screen, question_id, poll_id)
  WHERE session.id = changed.id`;

/** Sessions that are read at once: about 10 ms of work. */
const AT_ONCE = 250;

/**
 * Raises the versions of changed sessions by one and stores what their projectors show. Returns the sessions that were changed themselves,
 * by id, as they are after it: from the same statement.
 */
export async function raiseVersions(
  manager: EntityManager,
  changed: readonly Ended[],
  updates: SessionUpdates,
): Promise<ReadonlyMap<string, FeedSession>> {
  const others = changed.filter(({ isSessionChanged }) => !isSessionChanged);
  if (others.length > 0) await execute(manager, RAISE, parametersOf(others));
  const themselves = changed.filter(({ isSessionChanged }) => isSessionChanged);
  const found = new Map<string, FeedSession>();
  for (let from = 0; from < themselves.length; from += AT_ONCE) {
    const parameters = parametersOf(themselves.slice(from, from + AT_ONCE));
    for (const one of await updates.updateSessions(manager, `${RAISE} RETURNING session.*`, parameters))
      found.set(one.session.id, one);
  }
  return found;
}

function parametersOf(changed: readonly Ended[]): unknown[] {
  const screens = changed.map(({ screen }) => toScreenRow(screen));
  return [
    changed.map(({ session }) => session.id),
    changed.map(({ isSessionChanged }) => isSessionChanged),
    screens.map(({ screenKind }) => screenKind),
    screens.map(({ screenQuestionId }) => screenQuestionId),
    screens.map(({ screenPollId }) => screenPollId),
  ];
}
