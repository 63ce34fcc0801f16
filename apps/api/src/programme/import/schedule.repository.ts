import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { EventEntity } from '../event.entity.js';
import { type Programme } from '../programme.js';
import { readProgramme } from '../programme.repository.js';
import { RoomEntity } from '../room.entity.js';
import { SessionEntity } from '../session.entity.js';
import { setSpeakers } from '../sessions.repository.js';
import { SpeakerEntity } from '../speaker.entity.js';
import { type ImportPlan } from './import-plan.js';

/** Rows of one INSERT, far below PostgreSQL's 65,535 parameters. */
const BATCH = 500;

/** Reads and writes whole programmes inside the transaction of an import. */
@Injectable()
export class ScheduleRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  async sessionIds(eventId: string): Promise<string[]> {
    const rows = await this.source.manager.query<{ id: string }[]>(`SELECT id FROM session WHERE event_id = $1`, [
      eventId,
    ]);
    return rows.map(({ id }) => id);
  }

  /** The programme as it is now; the event's row is locked, so that imports come one after the other. */
  async lock(manager: EntityManager, event: EventEntity): Promise<Programme> {
    await manager.query(`SELECT 1 FROM event WHERE id = $1 FOR NO KEY UPDATE`, [event.id]);
    return readProgramme(manager, event);
  }

  /** Writes a plan. Rooms may change hands in it: overlaps are looked for once, at the end. */
  async write(manager: EntityManager, event: EventEntity, plan: ImportPlan, version: string): Promise<void> {
    await manager.query(`SET CONSTRAINTS session_overlap DEFERRED`);
    await insertAll(manager, RoomEntity, plan.rooms.insert);
    for (const { id, change } of plan.rooms.update) await manager.update(RoomEntity, { id, eventId: event.id }, change);
    await insertAll(manager, SpeakerEntity, plan.speakers.insert);
    for (const { id, change } of plan.speakers.update)
      await manager.update(SpeakerEntity, { id, eventId: event.id }, change);
    await this.writeSessions(manager, event.id, plan.sessions);
    if (version !== event.scheduleVersion)
      await manager.update(EventEntity, { id: event.id }, { scheduleVersion: version });
    await manager.query(`SET CONSTRAINTS session_overlap IMMEDIATE`);
  }

  private async writeSessions(
    manager: EntityManager,
    eventId: string,
    { insert, update }: ImportPlan['sessions'],
  ): Promise<void> {
    const sessions = insert.map(({ speakerIds: _, ...session }) => session);
    await insertAll(manager, SessionEntity, sessions);
    for (const { id, change } of update)
      if (Object.keys(change).length > 0) await manager.update(SessionEntity, { id, eventId }, change);
    for (const { id, speakerIds } of [...insert, ...update])
      if (speakerIds) await setSpeakers(manager, { eventId, sessionId: id }, speakerIds);
  }
}

async function insertAll<T extends RoomEntity | SpeakerEntity | SessionEntity>(
  manager: EntityManager,
  entity: new () => T,
  rows: readonly T[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH)
    await manager
      .createQueryBuilder()
      .insert()
      .into<RoomEntity | SpeakerEntity | SessionEntity>(entity)
      .values(rows.slice(from, from + BATCH))
      .execute();
}
