import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { REQUESTS, type RequestPayload } from '#libs/contract/socket';
import { ClientAddress } from '../../platform/http/client-address.js';
import { type FeedSocket } from '../../feed/feed-socket.js';
import { QuestionsService } from './questions.service.js';

/** What authors do with their questions, over sockets only. */
@WebSocketGateway()
export class QuestionsGateway {
  constructor(private readonly questions: QuestionsService) {}

  @SubscribeMessage('question:ask')
  async ask(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @ClientAddress() address: string,
    @MessageBody({ schema: REQUESTS['question:ask'].payload }) payload: RequestPayload<'question:ask'>,
  ) {
    return { ok: true, data: await this.questions.ask(actor, payload, address) };
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
}
