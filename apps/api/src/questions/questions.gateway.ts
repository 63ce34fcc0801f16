import { ConnectedSocket, MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { REQUESTS, type RequestPayload } from '#libs/contract/socket';
import { ClientAddress } from '../platform/http/client-address.js';
import { Limited } from '../platform/rate-limit/limited.decorator.js';
import { type FeedSocket } from '../feed/connections/feed-socket.js';
import { AdvancingService } from './advancing.service.js';
import { ModerationService } from './moderation.service.js';
import { QuestionsService } from './questions.service.js';
import { ReviewingService } from './reviewing.service.js';
import { SocketGateway } from '../platform/sockets/socket-gateway.decorator.js';

/** Requests about questions, over sockets only. */
@SocketGateway()
export class QuestionsGateway {
  constructor(
    private readonly questions: QuestionsService,
    private readonly moderation: ModerationService,
    private readonly reviewing: ReviewingService,
    private readonly advancing: AdvancingService,
  ) {}

  @SubscribeMessage('question:ask')
  async ask(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @ClientAddress() address: string,
    @MessageBody({ schema: REQUESTS['question:ask'].payload }) payload: RequestPayload<'question:ask'>,
  ) {
    return this.questions.ask(actor, payload, address);
  }

  @SubscribeMessage('question:edit')
  async edit(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @ClientAddress() address: string,
    @MessageBody({ schema: REQUESTS['question:edit'].payload }) payload: RequestPayload<'question:edit'>,
  ) {
    return this.questions.edit(actor, payload, address);
  }

  @SubscribeMessage('question:withdraw')
  async withdraw(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @ClientAddress() address: string,
    @MessageBody({ schema: REQUESTS['question:withdraw'].payload }) payload: RequestPayload<'question:withdraw'>,
  ) {
    return this.questions.withdraw(actor, payload, address);
  }

  @SubscribeMessage('question:moderate')
  async moderate(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @MessageBody({ schema: REQUESTS['question:moderate'].payload }) payload: RequestPayload<'question:moderate'>,
  ) {
    return this.moderation.moderate(actor, payload);
  }

  @SubscribeMessage('question:review')
  async review(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @MessageBody({ schema: REQUESTS['question:review'].payload }) payload: RequestPayload<'question:review'>,
  ) {
    return this.reviewing.review(actor, payload);
  }

  @SubscribeMessage('question:reply')
  async reply(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @MessageBody({ schema: REQUESTS['question:reply'].payload }) payload: RequestPayload<'question:reply'>,
  ) {
    return this.moderation.reply(actor, payload);
  }

  @SubscribeMessage('question:advance')
  async advance(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @MessageBody({ schema: REQUESTS['question:advance'].payload }) payload: RequestPayload<'question:advance'>,
  ) {
    return this.advancing.advance(actor, payload);
  }

  @Limited('moderate')
  @SubscribeMessage('question:history')
  async history(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @MessageBody({ schema: REQUESTS['question:history'].payload }) { questionId }: RequestPayload<'question:history'>,
  ) {
    return { entries: await this.moderation.history(actor, questionId) };
  }
}
