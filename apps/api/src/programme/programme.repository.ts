import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { EventEntity } from './event.entity.js';
import { AT_MOST, type Programme } from './programme.js';
import { RoomEntity } from './room.entity.js';
import { findSessionsOfEvent } from './session-row.js';
import { SpeakerEntity } from './speaker.entity.js';

/** Reads whole programmes: one query per table, all of one moment. */
@Injectable()
export class ProgrammeRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  read(event: EventEntity): Promise<Programme> {
    return this.source.transaction('REPEATABLE READ', (manager) => readProgramme(manager, event));
  }
}

/** The programme as the transaction of `manager` sees it. */
export async function readProgramme(manager: EntityManager, event: EventEntity): Promise<Programme> {
  const where = { eventId: event.id };
  const rooms = await manager.find(RoomEntity, { where, order: { position: 'ASC', name: 'ASC' }, take: AT_MOST.rooms });
  const sessions = await findSessionsOfEvent(manager, event.id, AT_MOST.sessions);
  const speakers = await manager.find(SpeakerEntity, {
    where,
    order: { name: 'ASC', id: 'ASC' },
    take: AT_MOST.speakers,
  });
  return { event, rooms, sessions, speakers };
}
