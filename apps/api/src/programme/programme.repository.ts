import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { z } from 'zod';
import { queryInBatches } from '../platform/database/in-batches.js';
import { asRead, queryRows } from '../platform/database/sql.js';
import { EventEntity } from './event.entity.js';
import { PROGRAMME_AT_MOST } from '#libs/domain/programme-limits';
import { type Programme } from './programme.js';
import { RoomEntity } from './room.entity.js';
import { findSessionBySlug, findSessionsOfEvent, type SessionRow } from './session-rows.repository.js';
import { SpeakerEntity } from './speaker.entity.js';

/** Reads programmes: one query per table, all with the same snapshot. */
@Injectable()
export class ProgrammeRepository {
  constructor(private readonly source: DataSource) {}

  read(event: EventEntity): Promise<Programme> {
    return this.source.transaction('REPEATABLE READ', (manager) => readProgramme(manager, event));
  }

  /** The programme with the event and its stamp in the same snapshot; null when the event was deleted. */
  readById(eventId: string): Promise<Programme | null> {
    return this.source.transaction('REPEATABLE READ', async (manager) => {
      const event = await manager.findOneBy(EventEntity, { id: eventId });
      return event && readProgramme(manager, event);
    });
  }

  /** One session with its room and its speakers: its cost does not depend on the size of the programme. */
  readPart(event: EventEntity, session: SessionRow): Promise<Programme> {
    return readPart(this.source.manager, event, session);
  }

  /** The same with the event and its stamp in the same snapshot; null when the event or the session was deleted. */
  readSessionBySlug(eventId: string, slug: string): Promise<Programme | null> {
    return this.source.transaction('REPEATABLE READ', async (manager) => {
      const event = await manager.findOneBy(EventEntity, { id: eventId });
      const session = await findSessionBySlug(manager, eventId, slug);
      return event && session ? readPart(manager, event, session) : null;
    });
  }

  /** The languages that any text of the programme is translated into. */
  async languages(eventId: string): Promise<string[]> {
    const rows = await queryRows(
      this.source,
      languageRow,
      `SELECT jsonb_object_keys(translations) AS language FROM event WHERE id = $1
       UNION SELECT jsonb_object_keys(translations) FROM room WHERE event_id = $1
       UNION SELECT jsonb_object_keys(translations) FROM session WHERE event_id = $1 LIMIT $2`,
      [eventId, LANGUAGES_AT_MOST],
    );
    return rows.map(({ language }) => language);
  }
}

const LANGUAGES_AT_MOST = 200;
const languageRow = z.object({ language: z.string() });

async function readPart(manager: EntityManager, event: EventEntity, session: SessionRow): Promise<Programme> {
  const rooms = await manager.findBy(RoomEntity, { id: session.roomId });
  const speakers = await manager.findBy(SpeakerEntity, { id: In([...session.speakerIds]) });
  return { event, rooms, sessions: [session], speakers };
}

/** The programme as the transaction of `manager` sees it. */
async function readProgramme(manager: EntityManager, event: EventEntity): Promise<Programme> {
  const where = { eventId: event.id };
  const rooms = await manager.find(RoomEntity, {
    where,
    order: { position: 'ASC', name: 'ASC' },
    take: PROGRAMME_AT_MOST.rooms,
  });
  const sessions = await findSessionsOfEvent(manager, event.id, PROGRAMME_AT_MOST.sessions);
  const speakers = await findSpeakers(manager, event.id);
  return { event, rooms, sessions, speakers };
}

/** Without TypeORM's entities, which are created for all rows at once: 10,000 of them block the event loop. */
function findSpeakers(manager: EntityManager, eventId: string): Promise<SpeakerEntity[]> {
  return queryInBatches(
    manager,
    asRead<SpeakerEntity>(),
    `SELECT id, event_id AS "eventId", guid, name, affiliation, biography FROM speaker
     WHERE event_id = $1 ORDER BY name, id LIMIT $2`,
    [eventId, PROGRAMME_AT_MOST.speakers],
  );
}
