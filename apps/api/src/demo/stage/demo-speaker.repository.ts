import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { ActorEntity } from '../../identity/actors/actor.entity.js';
import { insertOnce } from '../../platform/database/insert-once.js';
import { queryRow } from '../../platform/database/sql.js';
import { AI_WEEK } from '../ai-week.js';
import { PLENARY_SLUG } from '../demo-week.js';

/** The actor of the synthetic speaker. One for each hub, so that a mute by a moderator is permanent. */
const SPEAKER = { id: 'dec0de00-57a6-4e57-8a6e-000000000001', name: 'Plenum' } as const;

const demoPlenary = z.object({
  eventId: z.string(),
  roomId: z.string(),
  isLive: z.boolean(),
  event: z.string(),
  title: z.string(),
  timeZone: z.string(),
});
/** The plenary of the demo, with the texts that the picture shows. */
export type DemoPlenary = Readonly<z.infer<typeof demoPlenary>>;

@Injectable()
export class DemoSpeakerRepository {
  constructor(private readonly source: DataSource) {}

  /** Null before the demo week is loaded. */
  async plenary(): Promise<DemoPlenary | null> {
    const found = await queryRow(
      this.source,
      demoPlenary,
      `SELECT event.id AS "eventId", session.room_id AS "roomId", session.state = 'live' AS "isLive", event.title AS event,
         session.title, event.time_zone AS "timeZone"
       FROM session JOIN event ON event.id = session.event_id WHERE event.slug = $1 AND session.slug = $2`,
      [AI_WEEK.slug, PLENARY_SLUG],
    );
    return found ?? null;
  }

  /** The id of the synthetic speaker, who is created when missing. */
  async speaker(eventId: string): Promise<string> {
    await insertOnce(this.source.getRepository(ActorEntity), { ...SPEAKER, eventId, kind: 'demo', role: 'speaker' });
    return SPEAKER.id;
  }
}
