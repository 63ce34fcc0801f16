import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type ConnectionClosing } from '#libs/contract/feed';
import { type ActorEvent, endsToken } from '../auth/actor-event.js';
import { ActorEvents } from '../auth/actor-events.js';
import { Authenticator } from '../auth/authenticate.js';
import { log } from '../common/log.js';
import { toAppError } from '../common/to-app-error.js';
import { actorChannel, type FeedServer, type FeedSocket } from './feed-socket.js';

/** How often connections are checked against the end of their tokens, in ms. */
const EXPIRY_EVERY = 2_000;

/** Keeps open connections true to what their actors may do now: signed out, banned, expired, or with another role. */
@Injectable()
export class ActorConnections implements OnApplicationShutdown {
  private server: FeedServer | undefined;
  private readonly timer = setInterval(() => this.closeExpired(), EXPIRY_EVERY).unref();
  private readonly stopListening: (() => void)[];

  constructor(
    private readonly authenticator: Authenticator,
    private readonly events: ActorEvents,
  ) {
    this.stopListening = [
      events.onEnded((event) => this.end(event)),
      events.on((event) => {
        if (event.kind === 'changed') void this.refresh(event.actorId);
      }),
    ];
  }

  attach(server: FeedServer): void {
    this.server = server;
  }

  /** This node's sockets of an actor. */
  of(actorId: string): FeedSocket[] {
    const { sockets } = this.server ?? {};
    return [...(sockets?.adapter.rooms.get(actorChannel(actorId)) ?? [])].flatMap(
      (id) => sockets?.sockets.get(id) ?? [],
    );
  }

  close(socket: FeedSocket, closing: ConnectionClosing): void {
    socket.emit('connection:closing', closing);
    socket.disconnect(true);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    for (const stop of this.stopListening) stop();
  }

  /** Looks again at whoever connects just after something happened to them: they may have been let in just before. */
  async welcome(socket: FeedSocket): Promise<void> {
    const { id } = socket.data.actor;
    await socket.join(actorChannel(id));
    if (this.events.hasHeardLately(id)) await this.refresh(id);
  }

  private end(event: ActorEvent) {
    const reason = event.kind === 'banned' ? 'banned' : 'signed_out';
    for (const socket of this.of(event.actorId))
      if (endsToken(event, socket.data.actor.token)) this.close(socket, { reason, reconnectAfter: null });
  }

  /** Looks the actor up again and asks their pages to join anew, because another role sees other things. */
  private async refresh(actorId: string) {
    for (const socket of this.of(actorId)) {
      try {
        socket.data.actor = await this.authenticator.refresh(socket.data.actor);
        socket.emit('actor:notice', { kind: 'role' });
      } catch (error) {
        const code = toAppError(error)?.code;
        const reason = code === 'actor.banned' ? 'banned' : 'signed_out';
        if (code === 'busy') log.warn({ err: error, actorId }, 'an actor could not be looked up again');
        else this.close(socket, { reason, reconnectAfter: null });
      }
    }
  }

  private closeExpired(now = new Date()) {
    for (const socket of this.server?.sockets.sockets.values() ?? [])
      if (socket.data.actor.token.expiresAt <= now) this.close(socket, { reason: 'expired', reconnectAfter: null });
  }
}
