import { randomInt } from 'node:crypto';
import { type ConnectionClosing } from '#libs/contract/feed';
import { encodeEvent } from '#libs/socket-server/packet-bytes';
import { connectionOf } from '#libs/socket-server/socket-connection';
import { type Channel, type FeedSocket } from '../feed-socket.js';

/** One frame for the sockets of some channels, which all have everything up to `from`. */
export interface Delivery {
  readonly channels: readonly Channel[];
  readonly from: number;
  readonly version: number;
  /** The encoded packet: the same bytes for everybody. */
  readonly packet: Buffer;
}

/** A socket with more unsent bytes gets no frames until it has read; then it gets one frame with all that it missed. */
const SKIP_ABOVE = 64 * 1024;
/** A socket that is further behind, in unsent or missed bytes, is closed. */
const CLOSE_ABOVE = 512 * 1024;
/** Sockets between two checks of the clock. */
const STRIDE = 16;

/**
 * Writes frames to sockets, as fast as they read them. Its iterations are for the cooperative scheduler: each step takes well under a
 * millisecond.
 */
export class FrameDelivery {
  readonly counters = { recipients: 0, bytes: 0, skipped: 0, caughtUp: 0, slowCloses: 0 };

  /**
   * Sends a frame to every member, also to those that join meanwhile: they have this version already and ignore it. Members that leave or
   * move meanwhile got what they need with that.
   */
  *deliver(delivery: Delivery): Generator<void> {
    let count = 0;
    for (const channel of delivery.channels) {
      for (const socket of channel.members) {
        this.offer(channel, socket, delivery);
        if (++count % STRIDE === 0) yield;
      }
      // Only now: a member that moves before its turn must get what changed since the previous version.
      channel.sent = delivery.version;
    }
  }

  /** Sends members that have read again all that they missed, in one frame; `render` makes it from the version that they have. */
  *catchUp(channel: Channel, render: (from: number) => Buffer): Generator<void> {
    for (const [socket, { from }] of channel.behind) {
      if (connectionOf(socket).waiting > SKIP_ABOVE) continue;
      channel.behind.delete(socket);
      this.counters.caughtUp++;
      this.write(socket, render(from));
      yield;
    }
  }

  /** Closes sockets with too much unsent data, frames or acks. */
  *closeSlow(sockets: Iterable<FeedSocket>): Generator<void> {
    let count = 0;
    for (const socket of sockets) {
      if (connectionOf(socket).waiting > CLOSE_ABOVE) this.close(socket);
      if (++count % STRIDE === 0) yield;
    }
  }

  /** Closes sockets that connect again, spread over three seconds. */
  *restart(sockets: readonly FeedSocket[]): Generator<void> {
    for (const socket of sockets) {
      this.hangUp(socket, { reason: 'restart', reconnectAfter: randomInt(200, 3_000) });
      yield;
    }
  }

  private offer(channel: Channel, socket: FeedSocket, delivery: Delivery) {
    const waiting = connectionOf(socket).waiting;
    const isBehind = channel.behind.size > 0 && channel.behind.has(socket);
    if (isBehind || waiting > SKIP_ABOVE) this.skip(channel, socket, delivery, waiting);
    else this.write(socket, delivery.packet);
  }

  private write(socket: FeedSocket, packet: Buffer) {
    if (!connectionOf(socket).send(packet)) return;
    this.counters.recipients++;
    this.counters.bytes += packet.length;
  }

  private skip(channel: Channel, socket: FeedSocket, { from, packet }: Delivery, waiting: number) {
    const lag = channel.behind.get(socket) ?? { from, missed: 0 };
    channel.behind.set(socket, lag);
    lag.missed += packet.length;
    this.counters.skipped++;
    if (waiting + lag.missed > CLOSE_ABOVE) this.close(socket);
  }

  private close(socket: FeedSocket) {
    this.counters.slowCloses++;
    this.hangUp(socket, { reason: 'slow', reconnectAfter: randomInt(1_000, 5_000) });
  }

  private hangUp(socket: FeedSocket, closing: ConnectionClosing) {
    connectionOf(socket).hangUp(encodeEvent('connection:closing', closing));
  }
}
