import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { REQUESTS, type RequestPayload } from '#libs/contract/socket';
import { ClientAddress } from '../platform/http/client-address.js';
import { Limited } from '../platform/rate-limit/limited.decorator.js';
import { type FeedSocket } from '../feed/connections/feed-socket.js';
import { AdvancingService } from './advancing.service.js';
import { ModerationService } from './moderation.service.js';
import { QuestionsService } from './questions.service.js';
import { ReviewingService } from './reviewing.service.js';
import { VotesService } from './votes.service.js';

/** All requests about questions, over sockets only. */
@WebSocketGateway()
export class QuestionsGateway {
  constructor(
    private readonly questions: QuestionsService,
    private readonly votes: VotesService,
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
    return { ok: true, data: await this.questions.ask(actor, payload, address) };
  }

  @SubscribeMessage('question:vote')
  async vote(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @ClientAddress() address: string,
    @MessageBody({ schema: REQUESTS['question:vote'].payload }) payload: RequestPayload<'question:vote'>,
  ) {
    return { ok: true, data: await this.votes.vote(actor, payload, address) };
  }

  @SubscribeMessage('question:edit')
  async edit(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @ClientAddress() address: string,
    @MessageBody({ schema: REQUESTS['question:edit'].payload }) payload: RequestPayload<'question:edit'>,
  ) {
    return { ok: true, data: await this.questions.edit(actor, payload, address) };
  }

  @SubscribeMessage('question:withdraw')
  async withdraw(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @ClientAddress() address: string,
    @MessageBody({ schema: REQUESTS['question:withdraw'].payload }) payload: RequestPayload<'question:withdraw'>,
  ) {
    return { ok: true, data: await this.questions.withdraw(actor, payload, address) };
  }

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
