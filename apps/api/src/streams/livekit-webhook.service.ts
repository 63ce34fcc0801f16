import { Inject, Injectable } from '@nestjs/common';
import { readWebhook, type StreamWebhook, WebhookRefused, WebhookUnusable } from '#libs/livekit/webhook';
import { AppError } from '../platform/errors/app-error.js';
import { StreamRoomsService } from '../programme/stream-rooms.service.js';
import { LIVEKIT, type LiveKit } from './livekit.provider.js';
import { OnAirService } from './on-air.service.js';
import { StreamRightsService } from './stream-rights.service.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Webhooks that may change who is on air. A viewer who joins or leaves does not, and there are thousands of them. */
const ON_AIR_EVENTS = new Set(['room_started', 'room_finished', 'track_published', 'track_unpublished']);

@Injectable()
export class LiveKitWebhookService {
  constructor(
    @Inject(LIVEKIT) private readonly livekit: LiveKit | null,
    private readonly webhooks: WebhooksRepository,
    private readonly rooms: StreamRoomsService,
    private readonly onAir: OnAirService,
    private readonly rights: StreamRightsService,
  ) {}

  async receive(rawBody: Buffer, authorization: string | undefined): Promise<void> {
    const webhook = await this.read(rawBody, authorization);
    if (!webhook.roomName || !(await this.webhooks.remember(webhook.id))) return;
    const [roomId] = await this.rooms.knownAmong([webhook.roomName]);
    if (!roomId) return;
    if (ON_AIR_EVENTS.has(webhook.event) || webhook.canPublish) this.onAir.hint(roomId);
    const { event, identity, canPublish } = webhook;
    if (event === 'participant_joined' && identity) await this.rights.greet(roomId, { identity, canPublish });
  }

  private async read(rawBody: Buffer, authorization: string | undefined): Promise<StreamWebhook> {
    if (!this.livekit) throw new AppError('not_found');
    try {
      return await readWebhook(this.livekit.credentials, rawBody, authorization);
    } catch (cause) {
      if (cause instanceof WebhookRefused) throw new AppError('auth.invalid', { message: cause.message, cause });
      if (cause instanceof WebhookUnusable) throw new AppError('request.invalid', { message: cause.message, cause });
      throw cause;
    }
  }
}
