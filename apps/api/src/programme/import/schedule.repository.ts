import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { z } from 'zod';
import { execute, queryOne } from '../../platform/database/sql.js';
import { EventEntity } from '../event.entity.js';
import { type PlanRows } from './plan-rows.js';

const ROOM = `id uuid, "eventId" uuid, guid uuid, slug text, name text, kind text, city text, capacity int, position int, "onAir" boolean`;
const SPEAKER = `id uuid, "eventId" uuid, guid text, name text, affiliation text, biography text`;
const SESSION = `id uuid, "eventId" uuid, "roomId" uuid, guid uuid, slug text, title text, kind text, state text, start timestamptz, "end" timestamptz,
  language text, track text, abstract text, translations jsonb, source jsonb, qa text, premoderated boolean, "slowMode" int, "sessionVersion" bigint`;

const READ = `
SELECT json_build_object(
  'rooms', (SELECT coalesce(json_agg(one ORDER BY one.position, one.name), '[]') FROM (
    SELECT id, event_id AS "eventId", guid, slug, name, kind, city, capacity, position, on_air AS "onAir" FROM room WHERE event_id = $1) one),
  'speakers', (SELECT coalesce(json_agg(one ORDER BY one.name, one.id), '[]') FROM (
    SELECT id, event_id AS "eventId", guid, name, affiliation, biography FROM speaker WHERE event_id = $1) one),
  'sessions', (SELECT coalesce(json_agg(one ORDER BY one.start, one.slug), '[]') FROM (
    SELECT id, event_id AS "eventId", room_id AS "roomId", guid, slug, title, kind, state, starts_at AS start, ends_at AS "end", language, track,
      abstract, translations, source, qa, premoderated, slow_mode AS "slowMode", session_version AS "sessionVersion",
      ARRAY(SELECT speaker_id FROM session_speaker WHERE session_id = session.id ORDER BY position, speaker_id) AS "speakerIds"
    FROM session WHERE event_id = $1) one)
)::text AS programme`;

const INSERT = {
  rooms: `INSERT INTO room (id, event_id, guid, slug, name, kind, city, capacity, position)
    SELECT id, "eventId", guid, slug, name, kind, city, capacity, position FROM json_to_recordset($1) AS one (${ROOM})`,
  speakers: `INSERT INTO speaker (id, event_id, guid, name, affiliation, biography)
    SELECT id, "eventId", guid, name, affiliation, biography FROM json_to_recordset($1) AS one (${SPEAKER})`,
  sessions: `INSERT INTO session (id, event_id, room_id, guid, slug, title, kind, state, starts_at, ends_at, language, track, abstract,
      translations, source, qa, premoderated, slow_mode)
    SELECT id, "eventId", "roomId", guid, slug, title, kind, state, start, "end", language, track, abstract,
      translations, source, qa, premoderated, "slowMode" FROM json_to_recordset($1) AS one (${SESSION})`,
} as const;

const UPDATE = {
  rooms: `UPDATE room SET name = one.name, kind = one.kind, city = one.city, capacity = one.capacity, position = one.position
    FROM json_to_recordset($1) AS one (${ROOM}) WHERE room.id = one.id AND room.event_id = $2`,
  speakers: `UPDATE speaker SET name = one.name, affiliation = one.affiliation, biography = one.biography
    FROM json_to_recordset($1) AS one (${SPEAKER}) WHERE speaker.id = one.id AND speaker.event_id = $2`,
  // A session that changed since it was read is not written: its plan may be outdated.
  sessions: `UPDATE session SET room_id = one."roomId", title = one.title, kind = one.kind, state = one.state, starts_at = one.start,
      ends_at = one."end", language = one.language, track = one.track, abstract = one.abstract, source = one.source
    FROM json_to_recordset($1) AS one (${SESSION})
    WHERE session.id = one.id AND session.event_id = $2 AND session.session_version = one."sessionVersion"`,
} as const;

const SET_SPEAKERS = `INSERT INTO session_speaker (event_id, session_id, speaker_id, position)
  SELECT $2, "sessionId", "speakerId", position FROM json_to_recordset($1) AS one ("sessionId" uuid, "speakerId" uuid, position int)`;

const storedProgramme = z.object({ programme: z.string() });

/** Reads and writes whole programmes inside the transaction of an import: in sets, as JSON that only PostgreSQL and the thread parse. */
@Injectable()
export class ScheduleRepository {
  /** The current programme; the event's row is locked, so that imports and additions are serialised. */
  async lock(manager: EntityManager, eventId: string): Promise<string> {
    await execute(manager, `SELECT 1 FROM event WHERE id = $1 FOR NO KEY UPDATE`, [eventId]);
    return (await queryOne(manager, storedProgramme, READ, [eventId])).programme;
  }

  /** Writes new items. Rooms may be swapped in a plan: overlaps are checked once, at the end. */
  async insert(manager: EntityManager, rows: PlanRows): Promise<void> {
    await execute(manager, `SET CONSTRAINTS session_overlap DEFERRED`);
    for (const noun of ['rooms', 'speakers', 'sessions'] as const)
      for (const batch of rows[noun].insert) await execute(manager, INSERT[noun], [batch]);
  }

  /** Writes changed items, and the speakers of all. Returns false when a session is not as it was read; then nothing may be committed. */
  async update(manager: EntityManager, event: EventEntity, rows: PlanRows): Promise<boolean> {
    for (const noun of ['rooms', 'speakers'] as const)
      for (const batch of rows[noun].update) await execute(manager, UPDATE[noun], [batch, event.id]);
    let written = 0;
    for (const batch of rows.sessions.update) written += await execute(manager, UPDATE.sessions, [batch, event.id]);
    if (written !== rows.updatedIds.length) return false;
    await execute(manager, `DELETE FROM session_speaker WHERE session_id = ANY($1::uuid[])`, [rows.respokenIds]);
    for (const batch of rows.sessionSpeakers) await execute(manager, SET_SPEAKERS, [batch, event.id]);
    if (rows.version !== event.scheduleVersion)
      await manager.update(EventEntity, { id: event.id }, { scheduleVersion: rows.version });
    await execute(manager, `SET CONSTRAINTS session_overlap IMMEDIATE`);
    return true;
  }
}
