import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { SpeakerEntity } from './speaker.entity.js';

@Injectable()
export class SpeakersRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  find(id: string): Promise<SpeakerEntity | null> {
    return this.source.manager.findOneBy(SpeakerEntity, { id });
  }

  count(eventId: string): Promise<number> {
    return this.source.manager.countBy(SpeakerEntity, { eventId });
  }

  async insert(speaker: SpeakerEntity): Promise<void> {
    await this.source.manager.insert(SpeakerEntity, speaker);
  }

  async update(id: string, change: Partial<SpeakerEntity>): Promise<void> {
    await this.source.manager.update(SpeakerEntity, { id }, change);
  }

  /** Deletes the speaker unless a session names them; answers whether they are gone. */
  removeUnused(id: string): Promise<boolean> {
    return this.source.transaction(async (manager) => {
      await manager.query(`SELECT 1 FROM speaker WHERE id = $1 FOR UPDATE`, [id]);
      const [held] = await manager.query<unknown[]>(`SELECT 1 FROM session_speaker WHERE speaker_id = $1 LIMIT 1`, [
        id,
      ]);
      if (held) return false;
      await manager.delete(SpeakerEntity, { id });
      return true;
    });
  }
}
