import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { REQUESTS, type RequestPayload } from '#libs/contract/socket';
import { Limited } from '../../platform/rate-limit/limited.decorator.js';
import { type FeedSocket } from '../../feed/feed-socket.js';
import { AdvancingService } from './advancing.service.js';
import { ModerationService } from './moderation.service.js';
import { ReviewingService } from './reviewing.service.js';

/** What moderators and speakers do with questions, over sockets only. */
@WebSocketGateway()
export class ModerationGateway {
  constructor(
    private readonly moderation: ModerationService,
    private readonly reviewing: ReviewingService,
    private readonly advancing: AdvancingService,
  ) {}

  @SubscribeMessage('question:moderate')
  async moderate(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @MessageBody({ schema: REQUESTS['question:moderate'].payload }) payload: RequestPayload<'question:moderate'>,
  ) {
    return { ok: true, data: await this.moderation.moderate(actor, payload) };
  }

  @SubscribeMessage('question:review')
  async review(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @MessageBody({ schema: REQUESTS['question:review'].payload }) payload: RequestPayload<'question:review'>,
  ) {
    return { ok: true, data: await this.reviewing.review(actor, payload) };
  }

  @SubscribeMessage('question:reply')
  async reply(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @MessageBody({ schema: REQUESTS['question:reply'].payload }) payload: RequestPayload<'question:reply'>,
  ) {
    return { ok: true, data: await this.moderation.reply(actor, payload) };
  }

  @SubscribeMessage('question:advance')
  async advance(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @MessageBody({ schema: REQUESTS['question:advance'].payload }) payload: RequestPayload<'question:advance'>,
  ) {
    return { ok: true, data: await this.advancing.advance(actor, payload) };
  }

  @Limited('moderate')
  @SubscribeMessage('question:history')
  async history(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @MessageBody({ schema: REQUESTS['question:history'].payload }) { questionId }: RequestPayload<'question:history'>,
  ) {
    return { ok: true, data: { entries: await this.moderation.history(actor, questionId) } };
  }
}
