import { type EntityManager } from 'typeorm';
import { type AccessMode } from '#libs/domain/event-modes';
import { type ActorContext } from '../identity/actors/actor.js';
import { privateScopeOf } from '#libs/domain/event-access';
import { mayKnow } from '../identity/access/access-scope.js';
import { queryInBatches } from '../platform/database/in-batches.js';
import { asRead, queryRow, queryRows } from '../platform/database/sql.js';
import { SCREEN_COLUMNS, type ScreenRow } from '../feed/replica/session-screen.js';
import { type SessionEntity } from './session.entity.js';

/** A session with the fields of its room, its speakers and its event that its presenter needs. */
export type SessionRow = Readonly<SessionEntity> & {
  readonly onAir: boolean;
  readonly speakerIds: readonly string[];
  readonly access: AccessMode;
  /** The feed's version, and the one at which the session itself last changed. */
  readonly version: number;
  readonly sessionVersion: number;
};

/** With the fields that only its feed has. */
export type FeedSessionRow = SessionRow & ScreenRow & { readonly joinCode: string };

/** Without a schema: an import and a programme read 5,000 of them, with 31 columns each. */
const feedSessionRow = asRead<FeedSessionRow>();
const sessionRow = asRead<SessionRow>();

const SELECT = `
SELECT session.id, session.event_id AS "eventId", session.room_id AS "roomId", session.guid, session.slug, session.title,
  session.kind, session.state, session.starts_at AS "start", session.ends_at AS "end", session.language, session.track,
  session.abstract, session.translations, session.source, session.qa, session.premoderated, session.slow_mode AS "slowMode",
  session.speakers_advance AS "speakersAdvance",
  session.live_at AS "liveAt", session.ended_at AS "endedAt", room.on_air AS "onAir", event.access,
  ${SCREEN_COLUMNS}, session.join_code AS "joinCode", session.version::float8 AS version, session.session_version::float8 AS "sessionVersion",
  ARRAY(SELECT speaker_id FROM session_speaker WHERE session_id = session.id ORDER BY position, speaker_id) AS "speakerIds"
FROM session JOIN room ON room.id = session.room_id JOIN event ON event.id = session.event_id`;

/** The sessions with these ids, in no order; those that do not exist are left out. */
export function findSessions(manager: EntityManager, ids: readonly string[]): Promise<FeedSessionRow[]> {
  return queryRows(manager, feedSessionRow, `${SELECT} WHERE session.id = ANY($1::uuid[])`, [ids]);
}

/** Runs an update that returns rows of sessions, and returns the sessions as they are after it. */
export function updateSessions(
  manager: EntityManager,
  update: string,
  parameters: unknown[],
): Promise<FeedSessionRow[]> {
  return queryRows(manager, feedSessionRow, `WITH session AS (${update}) ${SELECT}`, parameters);
}

/** A session of an event that the actor may know of. */
export function findKnownSession(
  manager: EntityManager,
  actor: ActorContext | null,
  id: string,
): Promise<SessionRow | undefined> {
  const { events, except } = privateScopeOf(actor);
  const where = `WHERE session.id = $1 AND ${mayKnow(['$2', '$3'])}`;
  return queryRow(manager, sessionRow, `${SELECT} ${where}`, [id, events, except]);
}

/** One session of an event by its slug. */
export function findSessionBySlug(
  manager: EntityManager,
  eventId: string,
  slug: string,
): Promise<SessionRow | undefined> {
  const where = 'WHERE session.event_id = $1 AND session.slug = $2';
  return queryRow(manager, sessionRow, `${SELECT} ${where}`, [eventId, slug]);
}

/** The sessions of an event in the order of the programme, cancelled ones too. Call inside a transaction. */
export function findSessionsOfEvent(manager: EntityManager, eventId: string, atMost: number): Promise<SessionRow[]> {
  return queryInBatches(
    manager,
    sessionRow,
    `${SELECT} WHERE session.event_id = $1 ORDER BY session.starts_at, room.position, session.slug LIMIT $2`,
    [eventId, atMost],
  );
}
