import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, Repository } from 'typeorm';
import { type ActorContext } from '../identity/actors/actor.js';
import { privateScopeOf } from '#libs/domain/event-access';
import { execute } from '../platform/database/sql.js';
import { mayKnow } from '../identity/access/access-scope.js';
import { lockCapacity } from './event-capacity.repository.js';
import { EventEntity } from './event.entity.js';
import { SessionSpeakerEntity } from './session-speaker.entity.js';
import { SpeakerEntity } from './speaker.entity.js';

@Injectable()
export class SpeakersRepository {
  constructor(
    private readonly source: DataSource,
    @InjectRepository(SpeakerEntity) private readonly speakers: Repository<SpeakerEntity>,
  ) {}

  /** One of an event that the actor may know of. */
  find(actor: ActorContext, id: string): Promise<SpeakerEntity | null> {
    return this.speakers
      .createQueryBuilder('speaker')
      .innerJoin(EventEntity, 'event', 'event.id = speaker.eventId')
      .where(mayKnow([':events', ':except']), privateScopeOf(actor))
      .andWhere('speaker.id = :id', { id })
      .getOne();
  }

  /** Throws conflict when the event is full. */
  insert(speaker: SpeakerEntity): Promise<void> {
    return this.source.transaction(async (manager) => {
      await lockCapacity(manager, speaker.eventId, 'speakers');
      await manager.withRepository(this.speakers).insert(speaker);
    });
  }

  async update({ id, eventId }: SpeakerEntity, change: Partial<SpeakerEntity>): Promise<void> {
    await this.speakers.update({ id, eventId }, change);
  }

  /** Deletes the speaker unless a session names them; returns whether they were deleted. */
  removeUnused({ id, eventId }: SpeakerEntity): Promise<boolean> {
    return this.source.transaction(async (manager) => {
      await execute(manager, `SELECT FROM speaker WHERE id = $1 AND event_id = $2 FOR UPDATE`, [id, eventId]);
      if (await manager.existsBy(SessionSpeakerEntity, { speakerId: id })) return false;
      await manager.withRepository(this.speakers).delete({ id, eventId });
      return true;
    });
  }
}
