import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { violatedConstraint } from '../common/to-app-error.js';
import { RoomEntity } from './room.entity.js';

@Injectable()
export class RoomsRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  find(id: string): Promise<RoomEntity | null> {
    return this.source.manager.findOneBy(RoomEntity, { id });
  }

  count(eventId: string): Promise<number> {
    return this.source.manager.countBy(RoomEntity, { eventId });
  }

  async insert(room: RoomEntity): Promise<void> {
    await this.source.manager.insert(RoomEntity, room);
  }

  async update(id: string, change: Partial<RoomEntity>): Promise<void> {
    await this.source.manager.update(RoomEntity, { id }, change);
  }

  /** Deletes the room unless sessions are scheduled in it; answers whether it is gone. */
  async removeEmpty(id: string): Promise<boolean> {
    try {
      await this.source.manager.delete(RoomEntity, { id });
      return true;
    } catch (error) {
      if (violatedConstraint(error) === 'session_room_of_event') return false;
      throw error;
    }
  }
}
