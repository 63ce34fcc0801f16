import { ConnectedSocket, MessageBody, type OnGatewayInit, SubscribeMessage } from '@nestjs/websockets';
import { REQUESTS, type RequestPayload } from '#libs/contract/socket';
import { DirectMessages } from '../feed/connections/direct-messages.js';
import { type FeedSocket } from '../feed/connections/feed-socket.js';
import { SocketGateway } from '../platform/sockets/socket-gateway.decorator.js';
import { VotesService } from './votes.service.js';

@SocketGateway()
export class VotesGateway implements OnGatewayInit {
  constructor(
    private readonly votes: VotesService,
    private readonly direct: DirectMessages,
  ) {}

  afterInit() {
    this.direct.add('question:vote', (socket, payload) => this.vote(socket, payload));
  }

  @SubscribeMessage('question:vote')
  async vote(
    @ConnectedSocket() { data: { actor, address } }: FeedSocket,
    @MessageBody({ schema: REQUESTS['question:vote'].payload }) payload: RequestPayload<'question:vote'>,
  ) {
    return this.votes.vote(actor, payload, address);
  }
}
