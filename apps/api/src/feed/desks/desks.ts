import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Restricted, type SessionDesk } from '#libs/contract/desk';
import { ActorEvents } from '../../identity/actors/actor-events.js';
import { RestrictionsService } from '../../identity/restrictions/restrictions.service.js';
import { PeriodicTask } from '../../platform/concurrency/periodic-task.js';
import { log } from '../../platform/logging/log.js';
import { type DeskLists, DeskPresence, type Present } from './desk-presence.js';
import { channelOf, type FeedSocket } from '../feed-socket.js';
import { ServerReplicas } from '../replica/server-replicas.js';

/** How often this node renews its list, and checks for connections that are no longer desks, in ms. */
const RENEW_EVERY = 1_000;

/** The JSON that was last sent to a desk. */
interface Sent {
  others?: string;
  restricted?: string;
}

/**
 * Sends the moderators' desks of this node the other moderators of their sessions, and the restrictions of their events. A desk is a
 * connection that joined as one and has a moderator's view of its session.
 */
@Injectable()
export class Desks implements OnApplicationShutdown {
  private readonly open = new Map<string, Map<FeedSocket, Sent>>();
  /** By event; absent until it was read. */
  private restricted: ReadonlyMap<string, readonly Restricted[]> = new Map();
  private isStale = false;
  private readonly renewing = new PeriodicTask('desks', () => this.renew(), { everyMs: RENEW_EVERY }).start();
  private readonly reading = new PeriodicTask('restrictions', () => this.readRestricted(), {
    everyMs: RENEW_EVERY,
    onError: (err) => log.warn({ err }, 'the restrictions of events could not be read yet'),
  }).start();
  private readonly stopListening: () => void;

  constructor(
    private readonly presence: DeskPresence,
    private readonly restrictions: RestrictionsService,
    private readonly mirrors: ServerReplicas,
    events: ActorEvents,
  ) {
    presence.onChange(() => this.tell());
    this.stopListening = events.on(({ kind }) => {
      if (kind === 'banned' || kind === 'changed') this.refreshRestricted();
    });
  }

  /** A connection has joined a session, as a desk or not. */
  joined(socket: FeedSocket, sessionId: string, isDesk: boolean): void {
    if (!isDesk || !isModerated(socket, sessionId)) return this.close(socket, sessionId);
    const sockets = this.open.get(sessionId) ?? new Map<FeedSocket, Sent>();
    this.open.set(sessionId, sockets.set(socket, {}));
    this.renew();
    this.tell();
    this.refreshRestricted();
  }

  close(socket: FeedSocket, sessionId: string): void {
    const sockets = this.open.get(sessionId);
    if (!sockets?.delete(socket)) return;
    if (sockets.size === 0) this.open.delete(sessionId);
    this.renew();
  }

  /** The connection has ended. */
  forget(socket: FeedSocket): void {
    for (const sessionId of [...this.open.keys()]) this.close(socket, sessionId);
  }

  onApplicationShutdown(): void {
    void this.renewing.stop();
    void this.reading.stop();
    this.stopListening();
  }

  private renew() {
    this.presence.renew(this.list());
    this.presence.dropExpired();
  }

  /** Without those whose role was removed since they joined. */
  private list(): DeskLists {
    const lists: Record<string, Present[]> = {};
    for (const [sessionId, sockets] of this.open) {
      for (const socket of sockets.keys()) if (!isModerated(socket, sessionId)) sockets.delete(socket);
      if (sockets.size === 0) this.open.delete(sessionId);
      else lists[sessionId] = [...sockets.keys()].map(({ data: { actor } }) => ({ id: actor.id, name: actor.name }));
    }
    return lists;
  }

  private refreshRestricted() {
    this.isStale = true;
    void this.reading.trigger();
  }

  /** Reads them where they changed, or could not be read the last time. */
  private async readRestricted() {
    if (!this.isStale) return;
    const read = await this.restrictions.ofEvents(this.events());
    this.isStale = false;
    this.restricted = read;
    this.tell();
  }

  private events(): string[] {
    return [...new Set([...this.open.keys()].flatMap((sessionId) => this.eventOf(sessionId) ?? []))];
  }

  private eventOf(sessionId: string): string | undefined {
    return this.mirrors.peek(sessionId)?.session.eventId;
  }

  private tell() {
    for (const [sessionId, sockets] of this.open) {
      const people = this.presence.of(sessionId);
      const restricted = this.restricted.get(this.eventOf(sessionId) ?? '');
      for (const [socket, sent] of sockets) {
        if (!isModerated(socket, sessionId)) continue;
        const others = people.filter(({ id }) => id !== socket.data.actor.id).map(({ name }) => ({ name }));
        send(socket, sent, { sessionId, others, ...(restricted && { restricted }) });
      }
    }
  }
}

const isModerated = (socket: FeedSocket, sessionId: string) =>
  socket.connected && channelOf(socket, sessionId)?.view.audience === 'moderator';

/** Sends the lists that differ from those sent last. */
function send(socket: FeedSocket, sent: Sent, { sessionId, others, restricted }: SessionDesk) {
  const news: SessionDesk = {
    sessionId,
    ...(isNews(sent, 'others', others) && { others }),
    ...(isNews(sent, 'restricted', restricted) && { restricted }),
  };
  if (news.others ?? news.restricted) socket.emit('session:desk', news);
}

function isNews(sent: Sent, key: keyof Sent, list: readonly object[] | undefined): boolean {
  if (!list) return false;
  const json = jsonOf(list);
  if (sent[key] === json) return false;
  sent[key] = json;
  return true;
}

const encoded = new WeakMap<readonly object[], string>();

/** The restrictions of an event are one list for all of its desks, up to 1,000 long, and compared every second. */
function jsonOf(list: readonly object[]): string {
  let json = encoded.get(list);
  if (json === undefined) encoded.set(list, (json = JSON.stringify(list)));
  return json;
}
