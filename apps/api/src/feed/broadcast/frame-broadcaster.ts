import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Pace } from '#libs/contract/feed';
import { Coalescer } from '#libs/socket-server/coalescer';
import { encodeEvent } from '#libs/socket-server/packet-bytes';
import { CooperativeScheduler } from '#libs/socket-server/cooperative-scheduler';
import { connectionOf } from '#libs/socket-server/socket-connection';
import { PeriodicTask } from '../../platform/concurrency/periodic-task.js';
import { type KeepsEntries } from '../../platform/metrics/keeps-entries.js';
import { log } from '../../platform/logging/log.js';
import { CONFIG, type Config } from '../../config/config.js';
import { FeedService } from '../feed.service.js';
import { type Channel, channelOf, type FeedServer, type FeedSocket, viewKey } from '../feed-socket.js';
import { type View } from '../feed-kind.js';
import { type FrameOfView, presentChanges } from './feed.presenter.js';
import { type Delivery, FrameDelivery } from './frame-delivery.js';
import { type ServerReplica } from '../replica/server-replica.js';
import { ServerReplicas } from '../replica/server-replicas.js';
import { SharedFrames } from './shared-frames.js';

/** How often the unsent data of all sockets is checked, in ms: sockets without frames may also stop reading. */
const LOOK_EVERY = 1_000;
/** Shortest and longest time between two frames for pages that nobody sees, in ms. */
const SLOW = { tickMs: 2_000, maxTickMs: 10_000 };
/** The part of a core that frames may use: less while more than this many join between two checks and wait for their first state. */
const SHARE = { usual: 0.7, whileManyJoin: 0.2, many: 300 };

/**
 * Sends changes to this node's sockets: per session at most one frame a tick, rendered and encoded once for all sockets with the same
 * view. So the cost of showing votes is people × ticks, not people × votes. Sockets of pages that nobody sees have channels of their own
 * with longer ticks.
 */
@Injectable()
export class FrameBroadcaster implements OnApplicationShutdown, KeepsEntries {
  private server: FeedServer | undefined;
  private readonly channels = new Map<string, Map<string, Channel>>();
  private readonly viewers = new Map<string, { told: number | undefined; now: number }>();
  private readonly slices = new CooperativeScheduler();
  private readonly delivery = new FrameDelivery();
  private readonly shared = new SharedFrames();
  private readonly coalescer: Coalescer;
  private readonly slowCoalescer: Coalescer;
  private readonly counting = new PeriodicTask('joins', () => this.countJoins(), { everyMs: LOOK_EVERY }).start();
  private readonly closing = new PeriodicTask('slow-sockets', () => this.closeSlow(), {
    everyMs: LOOK_EVERY,
    onError: (err) => log.error({ err }, 'slow sockets could not be closed'),
  }).start();
  private frames = 0;
  private joined = 0;
  private isCrowdComing = false;

  constructor(
    @Inject(CONFIG) { TICK_MS }: Config,
    private readonly feed: FeedService,
    private readonly mirrors: ServerReplicas,
  ) {
    const onError = (error: unknown) => log.error({ err: error }, 'a frame could not be sent');
    const flush = (sessionId: string) => this.slices.run(this.flush(sessionId, false));
    const flushSlow = (sessionId: string) => this.slices.run(this.flush(sessionId, true));
    const share = () => (this.isCrowdComing ? SHARE.whileManyJoin : SHARE.usual);
    this.coalescer = new Coalescer({ tickMs: TICK_MS, share, flush, onError });
    this.slowCoalescer = new Coalescer({ ...SLOW, share, flush: flushSlow, onError });
    mirrors.onChange((sessionId) => this.mark(sessionId));
    mirrors.onRenewed((sessionId) => this.closeAll(sessionId));
  }

  /** Counters since the start; `tickMs` is the current tick. */
  get counters() {
    const { coalescer, delivery, frames } = this;
    return { ...delivery.counters, ...coalescer.counters, frames, tickMs: coalescer.tickMs };
  }

  countEntries() {
    return {
      'frames.sessions': this.channels.size,
      'frames.viewers': this.viewers.size,
      'frames.ticks': this.coalescer.size + this.slowCoalescer.size,
    };
  }

  attach(server: FeedServer): void {
    this.server = server;
  }

  /** Adds a socket to the channel of its view. Call synchronously with taking the snapshot: nothing may run in between. */
  admit(socket: FeedSocket, mirror: ServerReplica, view: View): void {
    this.joined++;
    this.enter(socket, mirror, view);
  }

  private enter(socket: FeedSocket, mirror: ServerReplica, view: View) {
    this.dismiss(socket, mirror.sessionId);
    if (!socket.connected) return;
    const channel = this.openChannel(mirror, view, socket.data.isSlow === true);
    channel.members.add(socket);
    socket.data.channels = [...(socket.data.channels ?? []), channel];
  }

  /** Sends frames to a socket at another pace from now on, after all that it does not have yet, and the number of viewers. */
  pace(socket: FeedSocket, pace: Pace): void {
    if ((pace === 'slow') === (socket.data.isSlow === true)) return;
    socket.data.isSlow = pace === 'slow' || undefined;
    for (const channel of socket.data.channels ?? []) {
      const mirror = this.mirrors.peek(channel.sessionId);
      if (!mirror) continue;
      const from = channel.behind.get(socket)?.from ?? channel.sent;
      connectionOf(socket).send(this.packetSince(mirror, channel.view, from));
      this.enter(socket, mirror, channel.view);
    }
  }

  dismiss(socket: FeedSocket, sessionId: string): void {
    const channel = channelOf(socket, sessionId);
    if (!channel) return;
    socket.data.channels = socket.data.channels?.filter((other) => other !== channel);
    channel.behind.delete(socket);
    channel.members.delete(socket);
    if (channel.members.size > 0) return;
    const channels = this.channels.get(sessionId);
    channels?.delete(channel.key);
    if (channels?.size === 0) this.channels.delete(sessionId);
  }

  /** Sends a socket nothing more until it joins again: its actor may have changed. */
  dismissFromAll(socket: FeedSocket): void {
    for (const { sessionId } of socket.data.channels ?? []) this.dismiss(socket, sessionId);
  }

  /** Moves a socket to a view that sees more, without a gap: first what it does not have yet, then the frames of its new channel. */
  move(socket: FeedSocket, sessionId: string, view: View, pollId: string): void {
    const mirror = this.mirrors.peek(sessionId);
    const current = channelOf(socket, sessionId);
    if (!mirror || !current) return;
    const { version } = mirror;
    const from = current.behind.get(socket)?.from ?? current.sent;
    const connection = connectionOf(socket);
    if (from < version) connection.send(this.packetSince(mirror, view, from));
    if (mirror.records.polls.has(pollId)) connection.send(this.packetOfPoll(mirror, view, pollId));
    this.enter(socket, mirror, view);
  }

  /**
   * The viewers of every session that has any, on all nodes: sent with the next frame, on its own only when nothing else changes and
   * nobody waits to be admitted. A number that grows each second is not important, and a frame to everybody costs as much as admitting
   * hundreds.
   */
  setViewers(totals: ReadonlyMap<string, number>): void {
    for (const sessionId of this.viewers.keys()) if (!totals.has(sessionId)) this.viewers.delete(sessionId);
    for (const [sessionId, now] of totals) {
      const told = this.viewers.get(sessionId)?.told;
      this.viewers.set(sessionId, { told, now });
      if (told !== now && !this.isCrowdComing && this.channels.has(sessionId)) this.coalescer.mark(sessionId);
    }
  }

  viewersOf(sessionId: string): number {
    return this.viewers.get(sessionId)?.now ?? 0;
  }

  /** How many of this node's sockets are in a session. */
  audienceOf(sessionId: string): number {
    let sum = 0;
    for (const { members } of this.channels.get(sessionId)?.values() ?? []) sum += members.size;
    return sum;
  }

  sessions(): string[] {
    return [...this.channels.keys()];
  }

  onApplicationShutdown(): void {
    void this.counting.stop();
    void this.closing.stop();
    this.coalescer.close();
    this.slowCoalescer.close();
    this.slices.close();
  }

  /** What the members of a session have is of a lost history: they connect again, each after its own random delay, and join anew. */
  private closeAll(sessionId: string) {
    for (const { members } of [...(this.channels.get(sessionId)?.values() ?? [])])
      this.slices
        .run(this.delivery.restart([...members]))
        .catch((error: unknown) => log.error({ err: error }, 'sockets could not be closed'));
  }

  private openChannel({ sessionId, version }: ServerReplica, view: View, isSlow: boolean): Channel {
    const channels = this.channels.get(sessionId) ?? new Map<string, Channel>();
    this.channels.set(sessionId, channels);
    const key = `${isSlow ? 'slow:' : ''}${viewKey(sessionId, view)}`;
    const known = channels.get(key);
    if (known) return known;
    const channel: Channel = { key, sessionId, view, isSlow, members: new Set(), behind: new Map(), sent: version };
    channels.set(key, channel);
    return channel;
  }

  private countJoins() {
    this.isCrowdComing = this.joined >= SHARE.many;
    this.joined = 0;
  }

  private closeSlow(): Promise<unknown> {
    const sockets = this.server?.sockets.sockets.values() ?? [];
    return this.slices.run(this.delivery.closeSlow(sockets));
  }

  /** Renders every frame synchronously, so that all have the same version, then writes them in slices. */
  private *flush(sessionId: string, isSlow: boolean): Generator<void> {
    const mirror = this.mirrors.peek(sessionId);
    const all = [...(this.channels.get(sessionId)?.values() ?? [])];
    const channels = all.filter((channel) => channel.isSlow === isSlow);
    if (!mirror || channels.length === 0) return;
    const deliveries = this.render(mirror, channels);
    yield;
    for (const channel of channels) if (channel.behind.size > 0) yield* this.catchUp(mirror, channel);
    for (const delivery of deliveries) yield* this.delivery.deliver(delivery);
    const coalescer = isSlow ? this.slowCoalescer : this.coalescer;
    if (channels.some(({ behind }) => behind.size > 0)) coalescer.mark(sessionId);
  }

  private mark(sessionId: string) {
    this.coalescer.mark(sessionId);
    this.slowCoalescer.mark(sessionId);
  }

  private render(mirror: ServerReplica, channels: readonly Channel[]): Delivery[] {
    const viewers = channels[0]?.isSlow ? undefined : this.viewersToTell(mirror.sessionId);
    return [...this.groups(channels, mirror).values()].flatMap((group) => this.renderFor(mirror, group, viewers) ?? []);
  }

  /** Channels that get an identical frame: equal in what still affects the view, and sent up to the same version. */
  private groups(channels: readonly Channel[], mirror: ServerReplica): Map<string, Channel[]> {
    const relevant = this.feed.sources.polls.relevantBallots?.(mirror.records.polls.values());
    const groups = new Map<string, Channel[]>();
    for (const channel of channels) {
      const votedIn = channel.view.votedIn.filter((key) => relevant?.has(key) ?? true);
      const key = `${channel.sent} ${viewKey(mirror.sessionId, { ...channel.view, votedIn })}`;
      const group = groups.get(key);
      if (group) group.push(channel);
      else groups.set(key, [channel]);
    }
    return groups;
  }

  private renderFor(mirror: ServerReplica, channels: readonly Channel[], viewers?: number): Delivery | null {
    const [first] = channels;
    if (!first) return null;
    const { sessionId } = mirror;
    const from = first.sent;
    const parts = presentChanges(mirror.since(from), first.view, this.feed.sources);
    if (!parts && viewers === undefined) return null;
    const version = parts ? mirror.version : from;
    // Frames at the slow pace miss most numbers of viewers, so each carries the present one.
    const told = first.isSlow ? this.viewersOf(sessionId) : viewers;
    const frame: FrameOfView = { sessionId, from, version, ...parts, ...(told !== undefined && { viewers: told }) };
    this.frames++;
    return { channels, from, version, packet: encodeEvent('session:frame', frame) };
  }

  private catchUp(mirror: ServerReplica, channel: Channel): Generator<void> {
    return this.delivery.catchUp(channel, (from) => this.packetSince(mirror, channel.view, from));
  }

  /** Everything that changed after a version, for a client that may have missed some of it; also when its view sees none of it. */
  private packetSince(mirror: ServerReplica, view: View, from: number): Buffer {
    const { sessionId, version } = mirror;
    const viewers = this.viewersOf(sessionId);
    return this.shared.packet(mirror, viewers, `${from} ${viewKey(sessionId, view)}`, () => {
      const parts = presentChanges(mirror.since(from), view, this.feed.sources);
      return { sessionId, from, version, ...parts, viewers };
    });
  }

  /** A poll in a view. A client that has this version already applies only a frame that begins where it ends. */
  private packetOfPoll(mirror: ServerReplica, view: View, pollId: string): Buffer {
    const { sessionId, version } = mirror;
    const key = `${pollId} ${viewKey(sessionId, view)}`;
    return this.shared.packet(mirror, this.viewersOf(sessionId), key, () => {
      const poll = this.feed.sources.polls.present(mirror.records.polls.get(pollId)!, view);
      return { sessionId, from: version, version, ...(poll && { polls: [poll] }) };
    });
  }

  private viewersToTell(sessionId: string): number | undefined {
    const viewers = this.viewers.get(sessionId);
    if (!viewers || viewers.told === viewers.now) return undefined;
    viewers.told = viewers.now;
    return viewers.now;
  }
}
