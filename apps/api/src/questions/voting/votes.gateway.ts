import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { REQUESTS, type RequestPayload } from '#libs/contract/socket';
import { ClientAddress } from '../../platform/http/client-address.js';
import { type FeedSocket } from '../../feed/feed-socket.js';
import { VotesService } from './votes.service.js';

/** Upvotes, over sockets only. */
@WebSocketGateway()
export class VotesGateway {
  constructor(private readonly votes: VotesService) {}

  @SubscribeMessage('question:vote')
  async vote(
    @ConnectedSocket() { data: { actor } }: FeedSocket,
    @ClientAddress() address: string,
    @MessageBody({ schema: REQUESTS['question:vote'].payload }) payload: RequestPayload<'question:vote'>,
  ) {
    return { ok: true, data: await this.votes.vote(actor, payload, address) };
  }
}
