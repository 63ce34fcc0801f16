import type { ConnectionClosing, Frame, SessionJoined } from '#libs/contract/feed';
import { announcedDelay, reconnectDelay, retryDelay } from '#libs/client/backoff';
import { ackOf, epochOf, fromOf, kindOf, versionOf } from './message.js';
import { type Observer } from './observer.js';
import { connectFrame, FIRST_VOTE_ACK, LEAVE, PONG, requestFrame } from './packets.js';
import { RawSocket } from './raw-socket.js';

/** What a crowd receives from its people. */
export interface VirtualUserListener {
  onJoined(person: VirtualUser): void;
  /** The ack of a vote, by its number, as JSON text. */
  onVoteAck(number: number, text: string): void;
  onLost(person: VirtualUser, reason: string, wasJoined: boolean): void;
  onFrame(): void;
  onHole(): void;
}

export interface VirtualUserOptions {
  /** The nodes; a person whose connection fails tries the next one, as behind a load balancer. */
  readonly urls: readonly string[];
  readonly sessionId: string;
  readonly token: string;
  readonly localAddress?: string;
  /** Whether a full replica is kept. */
  readonly observer?: Observer;
}

/** Well below the server's timeout for connections that send nothing, in ms. */
const PONG_WHILE_STALLED = 10_000;

/** One synthetic attendee: connects, joins one session, answers pings, counts versions, and reconnects as libs/client does. */
export class VirtualUser {
  /** The version that this person has seen; -1 before the first join. */
  version = -1;
  private epoch: string | undefined;
  isJoined = false;
  joinedAt = 0;
  startedAt = 0;
  private socket: RawSocket | null = null;
  private node: number;
  private attempt = 0;
  private joining = 0;
  private holes = 0;
  private closing: ConnectionClosing | null = null;
  private timer: NodeJS.Timeout | undefined;
  private stalled: NodeJS.Timeout | undefined;

  constructor(
    readonly index: number,
    private readonly options: VirtualUserOptions,
    private readonly listener: VirtualUserListener,
  ) {
    this.node = index % options.urls.length;
  }

  get observer(): Observer | undefined {
    return this.options.observer;
  }

  connect(): void {
    const { urls, localAddress, observer } = this.options;
    if (!this.isWaiting) this.startedAt = performance.now();
    this.isWaiting = true;
    this.closing = null;
    const url = urls[this.node % urls.length]!;
    const socket: RawSocket = new RawSocket(
      { url, localAddress, whole: observer !== undefined },
      {
        onText: (bytes, start, end) => this.take(bytes, start, end),
        onEnd: (reason) => this.socket === socket && this.lost(reason),
      },
    );
    this.socket = socket;
  }

  write(frame: Buffer): void {
    this.socket?.write(frame);
  }

  /** From now on this person reads only when `look` is called: the server sees no difference, and its times are not meaningful. */
  doze(): void {
    if (this.socket) this.socket.isLazy = true;
  }

  look(): void {
    this.socket?.resume();
  }

  /** Stops reading, but keeps answering pings, so that the server must detect it by its unsent data. */
  stall(): void {
    this.socket?.pause();
    this.stalled = setInterval(() => this.write(PONG), PONG_WHILE_STALLED);
  }

  recover(): void {
    clearInterval(this.stalled);
    this.socket?.resume();
  }

  leave(): void {
    clearTimeout(this.timer);
    clearInterval(this.stalled);
    this.socket?.write(LEAVE);
    this.socket?.destroy();
    this.socket = null;
    this.isJoined = false;
  }

  /** Between the loss of a connection and the next state: the time to reconnect counts from the loss. */
  private isWaiting = false;

  private take(bytes: Buffer, start: number, end: number) {
    switch (kindOf(bytes, start, end)) {
      case 'frame':
        return this.takeFrame(bytes, start, end);
      case 'ack':
        return this.takeAck(bytes, start, end);
      case 'ping':
        return this.write(PONG);
      case 'opened':
        return this.write(connectFrame(this.options.token));
      case 'connected':
        return this.join();
      case 'closing':
        this.closing = (JSON.parse(bytes.toString('utf8', start + 2, end)) as [string, ConnectionClosing])[1];
        return;
      case 'refused':
        return this.refused(bytes.toString('utf8', start + 2, end));
      case 'ended':
        return this.drop('ended');
      case 'other':
    }
  }

  private takeFrame(bytes: Buffer, start: number, end: number) {
    this.listener.onFrame();
    if (this.joining > 0) return this.observer && void this.observe(bytes, start, end);
    const version = versionOf(bytes, start, end);
    const isHole = fromOf(bytes, start, end) > this.version;
    if (this.observer) this.observe(bytes, start, end);
    if (isHole) return this.resync();
    if (version > this.version) this.version = version;
  }

  private observe(bytes: Buffer, start: number, end: number) {
    const [, frame] = JSON.parse(bytes.toString('utf8', start + 2, end)) as [string, Frame];
    this.observer?.take(frame, performance.now());
  }

  private takeAck(bytes: Buffer, start: number, end: number) {
    const id = ackOf(bytes, start, end);
    if (id >= FIRST_VOTE_ACK) return this.listener.onVoteAck(id - FIRST_VOTE_ACK, bytes.toString('latin1', start, end));
    if (id !== this.joining) return;
    this.joining = 0;
    if (bytes.indexOf('[{"ok":true', start) < 0) return this.refused(bytes.toString('utf8', start, end));
    if (!this.observed(bytes, start, end)) return this.resync();
    const epoch = epochOf(bytes, start, end);
    const version = versionOf(bytes, start, end);
    this.version = epoch === this.epoch ? Math.max(this.version, version) : version;
    this.epoch = epoch;
    this.holes = 0;
    if (this.isJoined) return; // a gap was filled, the connection is the same
    this.isJoined = true;
    this.isWaiting = false;
    this.attempt = 0;
    this.joinedAt = performance.now();
    this.listener.onJoined(this);
  }

  private observed(bytes: Buffer, start: number, end: number): boolean {
    if (!this.observer) return true;
    const text = bytes.toString('utf8', start, end);
    const [answer] = JSON.parse(text.slice(text.indexOf('['))) as [{ data: SessionJoined }];
    return this.observer.joined(answer.data, performance.now());
  }

  private join() {
    const { sessionId } = this.options;
    this.joining = 1 + (this.index % 1_000);
    const { version, epoch } = this;
    const since = version > 0 && epoch !== undefined && { since: { epoch, version } };
    this.write(requestFrame(this.joining, 'session:join', { sessionId, ...since }));
  }

  /** A gap is often filled a moment later; many have it at once: each waits a random time. */
  private resync() {
    this.listener.onHole();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.join(), retryDelay(Math.min(this.holes++, 4)));
  }

  /** Refused at the upgrade or at the join: reconnects at the time given, never earlier. */
  private refused(text: string) {
    const code = /"code":"([\w.]+)"/.exec(text)?.[1] ?? 'refused';
    const retryAfter = Number(/"retryAfter":([\d.]+)/.exec(text)?.[1] ?? 0);
    this.drop(code, retryAfter > 0 ? announcedDelay(retryAfter * 1_000) : undefined);
  }

  private drop(reason: string, delay?: number) {
    this.socket?.destroy();
    this.lost(reason, delay);
  }

  private lost(reason: string, delay?: number) {
    const wasJoined = this.isJoined;
    if (wasJoined) {
      this.startedAt = performance.now();
      this.isWaiting = true;
    }
    this.socket = null;
    this.isJoined = false;
    this.joining = 0;
    this.node += 1;
    const announced = this.closing?.reconnectAfter;
    const wait = delay ?? (typeof announced === 'number' ? announcedDelay(announced) : reconnectDelay(this.attempt++));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), wait);
    this.listener.onLost(this, this.closing?.reason ?? reason, wasJoined);
  }
}
