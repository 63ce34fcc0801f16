import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, Repository } from 'typeorm';
import { z } from 'zod';
import { insertOnce } from '../platform/database/insert-once.js';
import { queryRows } from '../platform/database/sql.js';
import { StreamSeatEntity } from './stream-seat.entity.js';

const room = z.object({ id: z.string() });
const seat = z.object({ roomId: z.string(), actorId: z.string() });

/** Who was ever given a token for which stream, so that not all streams have to be searched. */
@Injectable()
export class StreamSeatsRepository {
  constructor(
    private readonly source: DataSource,
    @InjectRepository(StreamSeatEntity) private readonly seats: Repository<StreamSeatEntity>,
  ) {}

  /** Call before the token is issued. */
  async remember(actorId: string, roomId: string): Promise<void> {
    await insertOnce(this.seats, { actorId, roomId });
  }

  /** The rooms in which an actor may be, of one event or of all. */
  async roomsOf(actorId: string, eventId: string | null): Promise<string[]> {
    const rows = await queryRows(
      this.source,
      room,
      `SELECT room.id FROM stream_seat seat JOIN room ON room.id = seat.room_id
       WHERE seat.actor_id = $1 AND ($2::uuid IS NULL OR room.event_id = $2)`,
      [actorId, eventId],
    );
    return rows.map(({ id }) => id);
  }

  /** Where guests of an event may be in streams of other events, in which they also have a role. */
  ofGuestsElsewhere(eventId: string): Promise<{ roomId: string; actorId: string }[]> {
    return queryRows(
      this.source,
      seat,
      `SELECT seat.room_id AS "roomId", seat.actor_id AS "actorId"
       FROM actor JOIN role_grant ON role_grant.actor_id = actor.id AND role_grant.event_id <> $1
         JOIN room ON room.event_id = role_grant.event_id JOIN stream_seat seat ON seat.actor_id = actor.id AND seat.room_id = room.id
       WHERE actor.event_id = $1 AND actor.kind = 'guest' GROUP BY seat.room_id, seat.actor_id`,
      [eventId],
    );
  }

  /** The rooms of an event that anybody was ever given a token for. */
  async roomsOfEvent(eventId: string): Promise<string[]> {
    const rows = await queryRows(
      this.source,
      room,
      `SELECT id FROM room WHERE event_id = $1 AND EXISTS (SELECT FROM stream_seat WHERE room_id = room.id)`,
      [eventId],
    );
    return rows.map(({ id }) => id);
  }
}
