import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Frame } from '#libs/contract/feed';
import { Coalescer } from '#libs/realtime/coalescer';
import { log } from '../common/log.js';
import { CONFIG, type Config } from '../config.js';
import { FeedService } from './feed.service.js';
import { type FeedServer, type FeedSocket, viewChannel } from './feed-socket.js';
import { type View } from './feed-source.js';
import { presentChanges } from './feed.presenter.js';
import { type SessionMirror } from './session-mirror.js';
import { SessionMirrors } from './session-mirrors.js';

interface Channel {
  readonly name: string;
  readonly view: View;
  /** Everything up to this version was sent to every socket in the channel. */
  sent: number;
}

/**
 * Sends this node's sockets what changed: per session at most one frame a tick, rendered and encoded once for all sockets that see
 * the same. So showing votes costs people × ticks, not people × votes.
 */
@Injectable()
export class FrameSender implements OnApplicationShutdown {
  private server: FeedServer | undefined;
  private readonly channels = new Map<string, Map<string, Channel>>();
  private readonly viewers = new Map<string, { told: number | undefined; now: number }>();
  private readonly coalescer: Coalescer;
  readonly counters = { frames: 0, recipients: 0 };

  constructor(
    @Inject(CONFIG) { TICK_MS }: Config,
    private readonly feed: FeedService,
    private readonly mirrors: SessionMirrors,
  ) {
    const onError = (error: unknown) => log.error({ err: error }, 'a frame could not be sent');
    this.coalescer = new Coalescer({ tickMs: TICK_MS, flush: (sessionId) => this.flush(sessionId), onError });
    mirrors.onChange((sessionId) => this.coalescer.mark(sessionId));
  }

  attach(server: FeedServer): void {
    this.server = server;
  }

  /** Puts a socket among those with the same view. Call in one go with taking the snapshot: nothing may happen in between. */
  admit(socket: FeedSocket, mirror: SessionMirror, view: View): void {
    const { sessionId } = mirror;
    const name = viewChannel(sessionId, view);
    this.dismiss(socket, sessionId);
    if (!socket.connected) return;
    const channels = this.channels.get(sessionId) ?? new Map<string, Channel>();
    this.channels.set(sessionId, channels);
    if (!channels.has(name) || this.population(name) === 0) channels.set(name, { name, view, sent: mirror.version });
    (socket.data.views ??= new Map()).set(sessionId, view);
    void socket.join(name); // in memory, done when it returns
  }

  dismiss(socket: FeedSocket, sessionId: string): void {
    const view = socket.data.views?.get(sessionId);
    if (!view) return;
    socket.data.views?.delete(sessionId);
    void socket.leave(viewChannel(sessionId, view));
  }

  /** Shows a socket nothing any more until it joins anew: its actor may have become somebody else. */
  dismissFromAll(socket: FeedSocket): void {
    for (const sessionId of [...(socket.data.views?.keys() ?? [])]) this.dismiss(socket, sessionId);
  }

  /** Shows a socket more than before, without a gap: first what it does not know yet, then the frames of its new channel. */
  move(socket: FeedSocket, sessionId: string, view: View, pollId: string): void {
    const mirror = this.mirrors.peek(sessionId);
    const current = socket.data.views?.get(sessionId);
    if (!mirror || !current) return;
    const { version } = mirror;
    const from = this.channels.get(sessionId)?.get(viewChannel(sessionId, current))?.sent ?? version;
    const parts = presentChanges(mirror.since(from), view, this.feed.sources);
    if (parts) socket.emit('session:frame', { sessionId, from, version, ...parts });
    const poll = mirror.records.polls.get(pollId);
    const shown = poll && this.feed.sources.polls.present(poll, view);
    // Whoever has this version already takes only a frame that begins where it ends.
    if (shown) socket.emit('session:frame', { sessionId, from: version, version, polls: [shown] });
    this.admit(socket, mirror, view);
  }

  /** The viewers of every session that has any, on whatever node: told with the next frame, alone when nothing else changes. */
  setViewers(totals: ReadonlyMap<string, number>): void {
    for (const sessionId of this.viewers.keys()) if (!totals.has(sessionId)) this.viewers.delete(sessionId);
    for (const [sessionId, now] of totals) {
      const told = this.viewers.get(sessionId)?.told;
      this.viewers.set(sessionId, { told, now });
      if (told !== now && this.channels.has(sessionId)) this.coalescer.mark(sessionId);
    }
  }

  viewersOf(sessionId: string): number {
    return this.viewers.get(sessionId)?.now ?? 0;
  }

  /** How many of this node's sockets are in a session. */
  audienceOf(sessionId: string): number {
    return [...(this.channels.get(sessionId)?.keys() ?? [])].reduce((sum, name) => sum + this.population(name), 0);
  }

  sessions(): string[] {
    return [...this.channels.keys()];
  }

  onApplicationShutdown(): void {
    this.coalescer.close();
  }

  private population(channel: string): number {
    return this.server?.sockets.adapter.rooms.get(channel)?.size ?? 0;
  }

  private flush(sessionId: string) {
    const mirror = this.mirrors.peek(sessionId);
    const channels = this.channels.get(sessionId);
    if (!mirror || !channels || !this.server) return;
    const viewers = this.viewersToTell(sessionId);
    for (const [, group] of this.groups(channels, mirror)) this.send(mirror, group, viewers);
  }

  /** Channels that get the very same frame: an equal view of what still matters, sent up to the same version. */
  private groups(channels: Map<string, Channel>, mirror: SessionMirror): Map<string, Channel[]> {
    const relevant = this.feed.sources.polls.relevantBallots?.(mirror.records.polls.values());
    const groups = new Map<string, Channel[]>();
    for (const channel of channels.values()) {
      if (this.population(channel.name) === 0) {
        channels.delete(channel.name);
        continue;
      }
      const votedIn = channel.view.votedIn.filter((key) => relevant?.has(key) ?? true);
      const key = `${channel.sent} ${viewChannel(mirror.sessionId, { ...channel.view, votedIn })}`;
      groups.set(key, [...(groups.get(key) ?? []), channel]);
    }
    if (channels.size === 0) this.forget(mirror.sessionId);
    return groups;
  }

  /** Nobody of this node is in the session any more. */
  private forget(sessionId: string) {
    this.channels.delete(sessionId);
    this.coalescer.forget(sessionId);
  }

  private send(mirror: SessionMirror, group: readonly Channel[], viewers: number | undefined) {
    const [first] = group;
    if (!first || !this.server) return;
    const parts = presentChanges(mirror.since(first.sent), first.view, this.feed.sources);
    if (!parts && viewers === undefined) return;
    const { sessionId, version } = mirror;
    const frame: Frame = {
      sessionId,
      from: first.sent,
      version: parts ? version : first.sent,
      ...parts,
      ...(viewers !== undefined && { viewers }),
    };
    this.server.local.to(group.map(({ name }) => name)).emit('session:frame', frame);
    this.counters.frames++;
    for (const channel of group) {
      this.counters.recipients += this.population(channel.name);
      channel.sent = frame.version;
    }
  }

  private viewersToTell(sessionId: string): number | undefined {
    const viewers = this.viewers.get(sessionId);
    if (!viewers || viewers.told === viewers.now) return undefined;
    viewers.told = viewers.now;
    return viewers.now;
  }
}
