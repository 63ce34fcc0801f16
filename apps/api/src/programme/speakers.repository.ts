import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type ActorContext } from '../identity/actors/actor.js';
import { privateScopeOf } from '#libs/domain/event-access';
import { mayKnow } from '../identity/access/access-scope.js';
import { lockCapacity } from './event-capacity.repository.js';
import { EventEntity } from './event.entity.js';
import { SpeakerEntity } from './speaker.entity.js';

@Injectable()
export class SpeakersRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** One of an event that the actor may know of. */
  find(actor: ActorContext, id: string): Promise<SpeakerEntity | null> {
    const speakers = this.source.manager.createQueryBuilder(SpeakerEntity, 'speaker');
    return speakers
      .innerJoin(EventEntity, 'event', 'event.id = speaker.eventId')
      .where(mayKnow([':events', ':except']), privateScopeOf(actor))
      .andWhere('speaker.id = :id', { id })
      .getOne();
  }

  /** Throws conflict when the event is full. */
  insert(speaker: SpeakerEntity): Promise<void> {
    return this.source.transaction(async (manager) => {
      await lockCapacity(manager, speaker.eventId, 'speakers');
      await manager.insert(SpeakerEntity, speaker);
    });
  }

  async update({ id, eventId }: SpeakerEntity, change: Partial<SpeakerEntity>): Promise<void> {
    await this.source.manager.update(SpeakerEntity, { id, eventId }, change);
  }

  /** Deletes the speaker unless a session names them; returns whether they were deleted. */
  removeUnused({ id, eventId }: SpeakerEntity): Promise<boolean> {
    return this.source.transaction(async (manager) => {
      await manager.query(`SELECT 1 FROM speaker WHERE id = $1 AND event_id = $2 FOR UPDATE`, [id, eventId]);
      const [held] = await manager.query<unknown[]>(`SELECT 1 FROM session_speaker WHERE speaker_id = $1 LIMIT 1`, [
        id,
      ]);
      if (held) return false;
      await manager.delete(SpeakerEntity, { id, eventId });
      return true;
    });
  }
}
