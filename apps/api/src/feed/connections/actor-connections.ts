import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type ConnectionClosing } from '#libs/contract/feed';
import { type ActorEvent, endsToken } from '../../identity/actors/actor-event.js';
import { ActorEvents } from '../../identity/actors/actor-events.js';
import { Authenticator } from '../../identity/tokens/authenticator.js';
import { GuestPolicyCache } from '../../identity/actors/guest-policy-cache.js';
import { KeyedSemaphore } from '../../platform/concurrency/keyed-semaphore.js';
import { PeriodicTask } from '../../platform/concurrency/periodic-task.js';
import { type KeepsEntries } from '../../platform/metrics/keeps-entries.js';
import { toAppError } from '../../platform/errors/to-app-error.js';
import { type FeedSocket } from '../feed-socket.js';
import { FrameBroadcaster } from '../broadcast/frame-broadcaster.js';

/** How often all connections are checked, in ms. */
const LOOK_EVERY = 1_000;

/** Keeps open connections consistent with the rights of their actors: signed out, banned, expired, or with another role. */
@Injectable()
export class ActorConnections implements OnApplicationShutdown, KeepsEntries {
  private readonly sockets = new Set<FeedSocket>();
  /** Most people have one socket, which then needs no list. */
  private readonly byActor = new Map<string, FeedSocket | FeedSocket[]>();
  private readonly looking = new PeriodicTask('connections', () => this.look(), { everyMs: LOOK_EVERY }).start();
  private readonly stopListening: (() => void)[];
  /** One look-up of an actor at a time: of two concurrent ones the older result could arrive last. */
  private readonly turns = new KeyedSemaphore(1);
  /** Actors who could not be looked up while the database was unavailable. */
  private readonly unsure = new Set<string>();

  constructor(
    private readonly authenticator: Authenticator,
    private readonly events: ActorEvents,
    private readonly guests: GuestPolicyCache,
    private readonly sender: FrameBroadcaster,
  ) {
    this.stopListening = [
      events.onEnded((event) => this.end(event)),
      events.on((event) => {
        if (event.kind === 'changed') void this.refresh(event.actorId);
      }),
      guests.onChange(() => this.closeShutOut()),
    ];
  }

  countEntries() {
    return {
      'people.sockets': this.sockets.size,
      'people.actors': this.byActor.size,
      'people.looks': this.turns.size,
      'people.unsure': this.unsure.size,
    };
  }

  /** This node's sockets of an actor. */
  of(actorId: string): FeedSocket[] {
    const found = this.byActor.get(actorId);
    return found === undefined ? [] : Array.isArray(found) ? [...found] : [found];
  }

  close(socket: FeedSocket, closing: ConnectionClosing): void {
    socket.emit('connection:closing', closing);
    socket.disconnect(true);
  }

  onApplicationShutdown(): void {
    void this.looking.stop();
    for (const stop of this.stopListening) stop();
  }

  /** Looks up actors again who connect just after a change of their rights: they may have been admitted just before. */
  async welcome(socket: FeedSocket): Promise<void> {
    const { id } = socket.data.actor;
    this.keep(socket);
    if (this.events.hasHeardLately(id)) await this.refresh(id);
  }

  /** It has closed. */
  forget(socket: FeedSocket): void {
    const { id } = socket.data.actor;
    const [first, ...rest] = this.of(id).filter((other) => other !== socket);
    this.sockets.delete(socket);
    if (first === undefined) this.byActor.delete(id);
    else this.byActor.set(id, rest.length === 0 ? first : [first, ...rest]);
  }

  private end(event: ActorEvent) {
    const reason = event.kind === 'banned' ? 'banned' : 'signed_out';
    for (const socket of this.of(event.actorId))
      if (endsToken(event, socket.data.actor.token)) this.close(socket, { reason, reconnectAfter: null });
  }

  private refresh(actorId: string): Promise<void> {
    return this.turns.run(actorId, () => this.lookUp(actorId));
  }

  /** Looks the actor up again. Another role has another view: their pages get nothing until they have joined again. */
  private async lookUp(actorId: string) {
    for (const socket of this.of(actorId)) {
      try {
        socket.data.actor = await this.authenticator.refresh(socket.data.actor);
        this.sender.dismissFromAll(socket);
        socket.emit('actor:notice', { kind: 'role' });
      } catch (error) {
        const code = toAppError(error)?.code;
        const reason = code === 'actor.banned' ? 'banned' : 'signed_out';
        if (code === 'busy') this.unsure.add(actorId);
        else this.close(socket, { reason, reconnectAfter: null });
      }
    }
  }

  private look() {
    this.closeExpired();
    this.closeShutOut();
    for (const actorId of this.unsure) void this.refresh(actorId);
    this.unsure.clear();
  }

  private closeExpired(now = new Date()) {
    for (const socket of this.sockets)
      if (socket.data.actor.token.expiresAt <= now) this.close(socket, { reason: 'expired', reconnectAfter: null });
  }

  /** Closes the connections of guests whose event no longer accepts guests. */
  private closeShutOut() {
    for (const socket of this.sockets)
      if (this.guests.isShutOut(socket.data.actor)) this.close(socket, { reason: 'signed_out', reconnectAfter: null });
  }

  private keep(socket: FeedSocket) {
    const { id } = socket.data.actor;
    const others = this.of(id);
    this.sockets.add(socket);
    this.byActor.set(id, others.length === 0 ? socket : [...others, socket]);
  }
}
