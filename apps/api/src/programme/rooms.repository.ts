import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, Repository } from 'typeorm';
import { type ActorContext } from '../identity/actors/actor.js';
import { privateScopeOf } from '#libs/domain/event-access';
import { mayKnow } from '../identity/access/access-scope.js';
import { violatedConstraint } from '../platform/errors/to-app-error.js';
import { lockCapacity } from './event-capacity.repository.js';
import { EventEntity } from './event.entity.js';
import { RoomEntity } from './room.entity.js';

@Injectable()
export class RoomsRepository {
  constructor(
    private readonly source: DataSource,
    @InjectRepository(RoomEntity) private readonly rooms: Repository<RoomEntity>,
  ) {}

  /** One of an event that the actor may know of. */
  find(actor: ActorContext, id: string): Promise<RoomEntity | null> {
    return this.rooms
      .createQueryBuilder('room')
      .innerJoin(EventEntity, 'event', 'event.id = room.eventId')
      .where(mayKnow([':events', ':except']), privateScopeOf(actor))
      .andWhere('room.id = :id', { id })
      .getOne();
  }

  /** Adds the room after the others. Throws conflict when the event is full. */
  insert(room: Omit<RoomEntity, 'position'>): Promise<void> {
    return this.source.transaction(async (manager) => {
      const position = await lockCapacity(manager, room.eventId, 'rooms');
      await manager.withRepository(this.rooms).insert({ ...room, position });
    });
  }

  async update({ id, eventId }: RoomEntity, change: Partial<RoomEntity>): Promise<void> {
    await this.rooms.update({ id, eventId }, change);
  }

  /** Deletes the room unless sessions are scheduled in it; returns whether it was deleted. */
  async removeEmpty({ id, eventId }: RoomEntity): Promise<boolean> {
    try {
      await this.rooms.delete({ id, eventId });
      return true;
    } catch (error) {
      if (violatedConstraint(error) === 'session_room_of_event') return false;
      throw error;
    }
  }
}
