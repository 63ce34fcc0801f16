import { AHEAD_STATES } from '#libs/domain/session-states';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type ActorContext } from '../identity/actors/actor.js';
import { privateScopeOf } from '#libs/domain/event-access';
import { mayKnow } from '../identity/access/access-scope.js';
import { type StreamRoom } from './stream-room.js';

@Injectable()
export class StreamRoomsRepository {
  constructor(private readonly source: DataSource) {}

  /** A room of an event that the actor may know of. */
  findKnown(actor: ActorContext, roomId: string): Promise<StreamRoom | null> {
    const { events, except } = privateScopeOf(actor);
    return this.read(roomId, `AND ${mayKnow(['$2', '$3'])}`, [events, except]);
  }

  /** Any room, for LiveKit's webhooks. */
  find(roomId: string): Promise<StreamRoom | null> {
    return this.read(roomId);
  }

  private async read(roomId: string, more = '', parameters: unknown[] = []): Promise<StreamRoom | null> {
    const [room] = await this.source.query<Omit<StreamRoom, 'sessions'>[]>(
      `SELECT room.id, room.event_id AS "eventId", room.kind, event.access, event.guests
       FROM room JOIN event ON event.id = room.event_id WHERE room.id = $1 ${more}`,
      [roomId, ...parameters],
    );
    return room ? { ...room, sessions: await this.openSessions(this.source.manager, roomId) } : null;
  }

  async onAir(): Promise<string[]> {
    return idsOf(await this.source.query<{ id: string }[]>(`SELECT id FROM room WHERE on_air`));
  }

  /** Those of the names that are ids of Rooms. A LiveKit server may have others too, with any characters in their names. */
  async knownAmong(names: readonly string[]): Promise<string[]> {
    const ids = names.filter((name) => UUID.test(name));
    return idsOf(await this.source.query<{ id: string }[]>(`SELECT id FROM room WHERE id = ANY($1::uuid[])`, [ids]));
  }

  /** Writes it where it differs; returns whether it did. */
  async setOnAir(manager: EntityManager, roomId: string, onAir: boolean): Promise<boolean> {
    const [rows] = await manager.query<[unknown[], number]>(
      `UPDATE room SET on_air = $2 WHERE id = $1 AND on_air <> $2 RETURNING id`,
      [roomId, onAir],
    );
    return rows.length > 0;
  }

  async liveSessions(roomId: string): Promise<string[]> {
    return idsOf(
      await this.source.query<{ id: string }[]>(`SELECT id FROM session WHERE room_id = $1 AND state = 'live'`, [
        roomId,
      ]),
    );
  }

  private openSessions(manager: EntityManager, roomId: string): Promise<StreamRoom['sessions'][number][]> {
    return manager.query(
      `SELECT id, state, starts_at AS "start" FROM session WHERE room_id = $1 AND state = ANY ($2::text[]) ORDER BY starts_at`,
      [roomId, AHEAD_STATES],
    );
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
