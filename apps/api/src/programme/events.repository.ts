import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { EventEntity } from './event.entity.js';
import { AT_MOST } from './programme.js';

@Injectable()
export class EventsRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** The latest first, bounded. */
  list(): Promise<EventEntity[]> {
    return this.source.manager.find(EventEntity, { order: { start: 'DESC', slug: 'ASC' }, take: AT_MOST.events });
  }

  findBySlug(slug: string): Promise<EventEntity | null> {
    return this.source.manager.findOneBy(EventEntity, { slug });
  }

  findById(id: string): Promise<EventEntity | null> {
    return this.source.manager.findOneBy(EventEntity, { id });
  }

  async insert(event: Omit<EventEntity, 'scheduleVersion'>): Promise<void> {
    await this.source.manager.insert(EventEntity, event);
  }

  async update(id: string, change: Partial<EventEntity>): Promise<void> {
    await this.source.manager.update(EventEntity, { id }, change);
  }

  /** Deletes the event unless it has sessions; answers whether it is gone. The lock keeps a session from being added meanwhile. */
  removeEmpty(id: string): Promise<boolean> {
    return this.source.transaction(async (manager) => {
      await manager.query(`SELECT 1 FROM event WHERE id = $1 FOR UPDATE`, [id]);
      const [held] = await manager.query<unknown[]>(`SELECT 1 FROM session WHERE event_id = $1 LIMIT 1`, [id]);
      if (held) return false;
      await manager.delete(EventEntity, { id });
      return true;
    });
  }
}
