import { Injectable } from '@nestjs/common';
import { canKnowEvent } from '#libs/domain/event-access';
import { type ActorContext } from '../identity/actors/actor.js';
import { AppError } from '../platform/errors/app-error.js';
import { SessionWriter } from '../feed/write/session-writer.js';
import { type StreamRoom } from './stream-room.js';
import { StreamRoomsRepository } from './stream-rooms.repository.js';

/** The interface of the programme for streams/: Rooms, and which of them are on air. */
@Injectable()
export class StreamRoomsService {
  constructor(
    private readonly rooms: StreamRoomsRepository,
    private readonly writer: SessionWriter,
  ) {}

  /** The room, for an actor who may see its event; to others it does not exist. */
  async find(actor: ActorContext, roomId: string): Promise<StreamRoom> {
    const room = await this.rooms.findKnown(actor, roomId);
    if (!room || !canKnowEvent(actor, { id: room.eventId, access: room.access }))
      throw new AppError('not_found', { message: 'There is no such room.' });
    return room;
  }

  /** The room without a check of rights, null when there is none: for LiveKit's webhooks. */
  look(roomId: string): Promise<StreamRoom | null> {
    return this.rooms.find(roomId);
  }

  onAir(): Promise<string[]> {
    return this.rooms.onAir();
  }

  /** Those of the names that are Rooms of this hub: a LiveKit server may be shared with others. */
  knownAmong(names: readonly string[]): Promise<string[]> {
    return this.rooms.knownAmong(names);
  }

  /** Sets whether anybody publishes in the room; its live sessions publish it in their feeds. Repeating it changes nothing. */
  async setOnAir(roomId: string, onAir: boolean): Promise<void> {
    const sessionIds = await this.rooms.liveSessions(roomId);
    await this.writer.writeMany(sessionIds, async (writes, manager) => {
      if (!(await this.rooms.setOnAir(manager, roomId, onAir))) return;
      for (const write of writes) write.sessionChanged();
    });
  }
}
