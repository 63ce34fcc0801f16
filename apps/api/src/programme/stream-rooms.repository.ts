import { AHEAD_STATES } from '#libs/domain/session-states';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In, Not, Repository } from 'typeorm';
import { z } from 'zod';
import { ACCESS_MODES, GUESTS_MODES } from '#libs/domain/event-modes';
import { ROOM_KINDS } from '#libs/domain/programme-kinds';
import { queryRow } from '../platform/database/sql.js';
import { RoomEntity } from './room.entity.js';
import { SessionEntity } from './session.entity.js';
import { type ActorContext } from '../identity/actors/actor.js';
import { privateScopeOf } from '#libs/domain/event-access';
import { mayKnow } from '../identity/access/access-scope.js';
import { type StreamRoom } from './stream-room.js';

const streamRoom = z.object({
  id: z.string(),
  eventId: z.string(),
  kind: z.enum(ROOM_KINDS),
  access: z.enum(ACCESS_MODES),
  guests: z.enum(GUESTS_MODES),
});

@Injectable()
export class StreamRoomsRepository {
  constructor(
    private readonly source: DataSource,
    @InjectRepository(RoomEntity) private readonly rooms: Repository<RoomEntity>,
    @InjectRepository(SessionEntity) private readonly sessions: Repository<SessionEntity>,
  ) {}

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
    const room = await queryRow(
      this.source,
      streamRoom,
      `SELECT room.id, room.event_id AS "eventId", room.kind, event.access, event.guests
       FROM room JOIN event ON event.id = room.event_id WHERE room.id = $1 ${more}`,
      [roomId, ...parameters],
    );
    return room ? { ...room, sessions: await this.openSessions(roomId) } : null;
  }

  async onAir(): Promise<string[]> {
    return idsOf(await this.rooms.find({ select: { id: true }, where: { onAir: true } }));
  }

  /** Those of the names that are ids of Rooms. A LiveKit server may have others too, with any characters in their names. */
  async knownAmong(names: readonly string[]): Promise<string[]> {
    const ids = names.filter((name) => UUID.test(name));
    return idsOf(await this.rooms.find({ select: { id: true }, where: { id: In(ids) } }));
  }

  /** Writes it where it differs; returns whether it did. */
  async setOnAir(manager: EntityManager, roomId: string, onAir: boolean): Promise<boolean> {
    const rooms = manager.withRepository(this.rooms);
    const { affected } = await rooms.update({ id: roomId, onAir: Not(onAir) }, { onAir });
    return affected === 1;
  }

  async liveSessions(roomId: string): Promise<string[]> {
    return idsOf(await this.sessions.find({ select: { id: true }, where: { roomId, state: 'live' } }));
  }

  private openSessions(roomId: string): Promise<StreamRoom['sessions'][number][]> {
    const where = { roomId, state: In(AHEAD_STATES) };
    return this.sessions.find({ select: { id: true, state: true, start: true }, where, order: { start: 'ASC' } });
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
