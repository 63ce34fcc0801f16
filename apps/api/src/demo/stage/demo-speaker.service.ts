import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { StandingService } from '../../identity/actors/standing.service.js';
import { AppError } from '../../platform/errors/app-error.js';
import { CONFIG, type Config } from '../../config/config.js';
import { StreamsService } from '../../streams/streams.service.js';
import { DemoSpeakerRepository } from './demo-speaker.repository.js';
import { type StageInvitation } from './stage-messages.js';

/** The synthetic speaker as a person of the demo: with the rights of every speaker, and only while the plenary is live. */
@Injectable()
export class DemoSpeakerService {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'LIVEKIT_URL'>,
    private readonly repository: DemoSpeakerRepository,
    private readonly standing: StandingService,
    private readonly streams: StreamsService,
  ) {}

  async isWanted(): Promise<boolean> {
    return (await this.repository.plenary())?.isLive ?? false;
  }

  /** Everything needed to go on air now; null while the plenary is not live, LiveKit is not ready, or a moderator muted it. */
  async invite(): Promise<StageInvitation | null> {
    const plenary = await this.repository.plenary();
    if (!plenary?.isLive || !this.config.LIVEKIT_URL) return null;
    const standing = await this.standing.find(await this.repository.speaker(plenary.eventId));
    if (!standing) return null;
    const actor = { ...standing, token: { id: randomUUID(), expiresAt: new Date(8.64e15) } };
    try {
      const { token, grants } = await this.streams.token(actor, plenary.roomId, { publish: true });
      const { event, title, timeZone } = plenary;
      return grants.canPublish ? { url: this.config.LIVEKIT_URL, token, event, title, timeZone } : null;
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  }
}
