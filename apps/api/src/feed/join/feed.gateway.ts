import { Inject } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayInit,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import { REQUESTS, type RequestPayload } from '#libs/contract/socket';
import { type Bus } from '#libs/bus/bus';
import { onLeft } from '#libs/socket-server/lean-socket';
import { BUS } from '../../platform/cluster/bus.js';
import { Limited } from '../../platform/rate-limit/limited.decorator.js';
import { type BallotMessage, type NoticeMessage, topics } from '../feed.service.js';
import { ActorConnections } from '../connections/actor-connections.js';
import { Desks } from '../desks/desks.js';
import { channelOf, type FeedServer, type FeedSocket } from '../feed-socket.js';
import { FrameBroadcaster } from '../broadcast/frame-broadcaster.js';
import { JoiningService } from './joining.service.js';

/** Connections and the feed of a session. */
@WebSocketGateway()
export class FeedGateway implements OnGatewayInit<FeedServer> {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    private readonly joining: JoiningService,
    private readonly sender: FrameBroadcaster,
    private readonly connections: ActorConnections,
    private readonly desks: Desks,
  ) {}

  afterInit(server: FeedServer) {
    this.sender.attach(server);
    server.on('connection', (socket) => void this.connections.welcome(socket));
    onLeft(server.sockets, (socket: FeedSocket) => {
      this.sender.dismissFromAll(socket);
      this.connections.forget(socket);
      this.desks.forget(socket);
    });
    this.bus.subscribe(topics.notices, (message) => this.notice(message as NoticeMessage));
    this.bus.subscribe(topics.ballots, (message) => this.showResults(message as BallotMessage));
  }

  /** Lets a client check its connection, without another node or the database. */
  @SubscribeMessage('connection:check')
  check(@MessageBody({ schema: REQUESTS['connection:check'].payload }) _: RequestPayload<'connection:check'>) {
    return { ok: true, data: { serverTime: new Date().toISOString() } };
  }

  /** A page that nobody sees gets fewer frames. */
  @Limited('pace')
  @SubscribeMessage('connection:pace')
  pace(
    @ConnectedSocket() socket: FeedSocket,
    @MessageBody({ schema: REQUESTS['connection:pace'].payload }) { pace }: RequestPayload<'connection:pace'>,
  ) {
    this.sender.pace(socket, pace);
    return { ok: true, data: {} };
  }

  @Limited('join')
  @SubscribeMessage('session:join')
  async join(
    @ConnectedSocket() socket: FeedSocket,
    @MessageBody({ schema: REQUESTS['session:join'].payload }) payload: RequestPayload<'session:join'>,
  ) {
    const joined = await this.joining.join(socket, payload);
    this.desks.joined(socket, payload.sessionId, payload.desk ?? false);
    return joined;
  }

  @SubscribeMessage('session:leave')
  leave(
    @ConnectedSocket() socket: FeedSocket,
    @MessageBody({ schema: REQUESTS['session:leave'].payload }) { sessionId }: RequestPayload<'session:leave'>,
  ) {
    this.joining.leave(socket, sessionId);
    this.desks.close(socket, sessionId);
    return { ok: true, data: {} };
  }

  private notice({ actorId, notice }: NoticeMessage) {
    for (const socket of this.connections.of(actorId)) socket.emit('actor:notice', notice);
  }

  private showResults({ actorIds, sessionId, pollId, ballotKey }: BallotMessage) {
    for (const socket of actorIds.flatMap((actorId) => this.connections.of(actorId))) {
      this.joining.noteBallot(socket, sessionId, ballotKey);
      const view = channelOf(socket, sessionId)?.view;
      if (!view || view.votedIn.includes(ballotKey)) continue;
      this.sender.move(socket, sessionId, { ...view, votedIn: [...view.votedIn, ballotKey] }, pollId);
    }
  }
}
