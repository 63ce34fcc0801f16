import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, Repository } from 'typeorm';
import { type ActorContext } from '../identity/actors/actor.js';
import { privateScopeOf } from '#libs/domain/event-access';
import { execute } from '../platform/database/sql.js';
import { mayKnow } from '../identity/access/access-scope.js';
import { lockHubCapacity } from './event-capacity.repository.js';
import { EventEntity } from './event.entity.js';
import { SessionEntity } from './session.entity.js';
import { PROGRAMME_AT_MOST } from '#libs/domain/programme-limits';

@Injectable()
export class EventsRepository {
  constructor(
    private readonly source: DataSource,
    @InjectRepository(EventEntity) private readonly events: Repository<EventEntity>,
  ) {}

  /** Those that the actor may know of, the latest first, bounded. */
  list(actor: ActorContext | null): Promise<EventEntity[]> {
    const known = this.known(actor).orderBy('event.start', 'DESC').addOrderBy('event.slug', 'ASC');
    return known.take(PROGRAMME_AT_MOST.events).getMany();
  }

  findBySlug(actor: ActorContext | null, slug: string): Promise<EventEntity | null> {
    return this.known(actor).andWhere('event.slug = :slug', { slug }).getOne();
  }

  findById(actor: ActorContext | null, id: string): Promise<EventEntity | null> {
    return this.known(actor).andWhere('event.id = :id', { id }).getOne();
  }

  /** Throws conflict when the hub has as many events as it lists. */
  insert(event: Omit<EventEntity, 'scheduleVersion'>): Promise<void> {
    return this.source.transaction(async (manager) => {
      await lockHubCapacity(manager);
      await manager.withRepository(this.events).insert(event);
    });
  }

  async update(id: string, change: Partial<EventEntity>): Promise<void> {
    await this.events.update({ id }, change);
  }

  private known(actor: ActorContext | null) {
    const events = this.events.createQueryBuilder('event');
    return events.where(mayKnow([':events', ':except']), privateScopeOf(actor));
  }

  /** Deletes the event unless it has sessions; returns whether it was deleted. The lock keeps a session from being added meanwhile. */
  removeEmpty(id: string): Promise<boolean> {
    return this.source.transaction(async (manager) => {
      await execute(manager, `SELECT FROM event WHERE id = $1 FOR UPDATE`, [id]);
      if (await manager.existsBy(SessionEntity, { eventId: id })) return false;
      await manager.withRepository(this.events).delete({ id });
      return true;
    });
  }
}
