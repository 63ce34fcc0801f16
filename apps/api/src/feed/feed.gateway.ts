import { randomInt } from 'node:crypto';
import { type BeforeApplicationShutdown, Inject, UseFilters } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayInit,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import { REQUESTS, type RequestPayload } from '#libs/contract/socket';
import { type Bus } from '#libs/realtime/bus';
import { BUS } from '../common/bus.js';
import { Limited } from '../common/limited.decorator.js';
import { WsErrorFilter } from '../common/ws-error.filter.js';
import { type BallotMessage, type NoticeMessage, topics } from './feed.service.js';
import { ActorConnections } from './actor-connections.js';
import { actorChannel, channelOf, type FeedServer, type FeedSocket } from './feed-socket.js';
import { FrameSender } from './frame-sender.js';
import { JoiningService } from './joining.service.js';

/** Connections and the feed of a session. */
@WebSocketGateway()
@UseFilters(WsErrorFilter)
export class FeedGateway
  implements OnGatewayInit<FeedServer>, OnGatewayConnection<FeedSocket>, BeforeApplicationShutdown
{
  private server: FeedServer | undefined;

  constructor(
    @Inject(BUS) private readonly bus: Bus,
    private readonly joining: JoiningService,
    private readonly sender: FrameSender,
    private readonly connections: ActorConnections,
  ) {}

  afterInit(server: FeedServer) {
    this.server = server;
    this.sender.attach(server);
    this.connections.attach(server);
    this.bus.subscribe(topics.notices, (message) => this.notice(message as NoticeMessage));
    this.bus.subscribe(topics.ballots, (message) => this.showResults(message as BallotMessage));
  }

  async handleConnection(socket: FeedSocket) {
    await this.connections.welcome(socket);
  }

  @Limited('join')
  @SubscribeMessage('session:join')
  async join(
    @ConnectedSocket() socket: FeedSocket,
    @MessageBody({ schema: REQUESTS['session:join'].payload }) payload: RequestPayload<'session:join'>,
  ) {
    return { ok: true, data: await this.joining.join(socket, payload) };
  }

  @SubscribeMessage('session:leave')
  leave(
    @ConnectedSocket() socket: FeedSocket,
    @MessageBody({ schema: REQUESTS['session:leave'].payload }) { sessionId }: RequestPayload<'session:leave'>,
  ) {
    this.joining.leave(socket, sessionId);
    return { ok: true, data: {} };
  }

  /**
   * Says goodbye before the process stops; spread out, so that they do not all come back at once. The connections end once
   * what was asked on them is answered, see SocketAdapter.
   */
  beforeApplicationShutdown() {
    for (const socket of this.server?.sockets.sockets.values() ?? [])
      socket.emit('connection:closing', { reason: 'restart', reconnectAfter: randomInt(500, 3_000) });
  }

  private notice({ actorId, notice }: NoticeMessage) {
    this.server?.local.to(actorChannel(actorId)).emit('actor:notice', notice);
  }

  private showResults({ actorIds, sessionId, pollId, ballotKey }: BallotMessage) {
    for (const socket of actorIds.flatMap((actorId) => this.connections.of(actorId))) {
      const view = channelOf(socket, sessionId)?.view;
      if (!view || view.votedIn.includes(ballotKey)) continue;
      this.sender.move(socket, sessionId, { ...view, votedIn: [...view.votedIn, ballotKey] }, pollId);
    }
  }
}
