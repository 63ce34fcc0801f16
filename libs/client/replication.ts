import type { FeedPoint, Frame, SessionJoined } from '#libs/contract/feed';
import type { RequestResult } from '#libs/contract/socket';
import { retryDelay } from './backoff.js';
import { type FeedClient } from './feed-client.js';
import { RequestError } from './request-error.js';
import { applyFrame, applyPoll, fromSnapshot, type Replica } from './session-replica.js';

/** Frames kept until the gap before them is filled; more are dropped, which the version rule detects. */
const MOST_EARLY = 1_000;

/** Callbacks for the outcome of a join. */
export interface JoinListener {
  /** A join is being sent: its response may be older than what is received from here on. */
  joining(): void;
  joined(answer: SessionJoined): void;
  refused(error: RequestError): void;
}

/** Keeps a replica in step with the server: joins, keeps frames that arrive too early, and joins again after a gap. */
export class Replication {
  readonly #sessionId: string;
  readonly #line: FeedClient;
  readonly #listener: JoinListener;
  readonly #isDesk: boolean;
  #replica: Replica | null = null;
  #early: Frame[] = [];
  /** The history to which the replica's version belongs. */
  #epoch: string | undefined;
  /** Frames that were kept before the pending join was sent. */
  #earlier = 0;
  /** The view of the replica. */
  #view: SessionJoined['view'] | null = null;
  /** The replica lacks what this actor may see by now, so the next join requests a snapshot. */
  #isStale = false;
  #join: AbortController | null = null;
  #holes = 0;
  #resync: ReturnType<typeof setTimeout> | undefined;

  /** `isDesk`: it joins as a moderator's desk. */
  constructor(sessionId: string, line: FeedClient, listener: JoinListener, isDesk = false) {
    this.#sessionId = sessionId;
    this.#line = line;
    this.#listener = listener;
    this.#isDesk = isDesk;
  }

  get replica(): Replica | null {
    return this.#replica;
  }

  /** A frame from the server. Frames that arrive while a join is pending are kept too: its response may be older. */
  receive(frame: Frame) {
    if (!this.#take(frame) || this.#join) this.#keep(frame);
    if (!this.#join) this.#drain();
  }

  /** A poll that came with the ack of a ballot. */
  receivePoll({ poll, version }: RequestResult<'poll:answer'>) {
    if (!this.#replica) return;
    const { replica, stale } = applyPoll(this.#replica, poll, version);
    this.#replica = replica;
    if (!stale) return;
    this.#isStale = true;
    this.#joinSoon();
  }

  /** Joins, at most once at a time; the request itself lasts until it is acknowledged, over any number of connections. */
  async join(): Promise<void> {
    if (this.#join || this.#line.connection.getSnapshot().status !== 'connected') return;
    const join = (this.#join = new AbortController());
    const since = this.#isStale ? undefined : this.#point();
    this.#isStale = false;
    this.#earlier = this.#early.length;
    this.#listener.joining();
    try {
      const payload = {
        sessionId: this.#sessionId,
        ...(since !== undefined && { since }),
        ...(this.#isDesk && { desk: true }),
      };
      const answer = await this.#line.request('session:join', payload, { signal: join.signal, within: Infinity });
      if (this.#join === join) this.#joined(answer, since?.version);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (this.#join === join) this.#refused(error);
    }
  }

  /** Drops all state and joins: what this actor may see has changed. */
  joinAnew() {
    this.stop();
    this.#forget();
    void this.join();
  }

  stop() {
    this.#join?.abort();
    this.#join = null;
    clearTimeout(this.#resync);
    this.#resync = undefined;
  }

  #joined(answer: SessionJoined, since = -1) {
    const { snapshot, frames = [], version, view, epoch } = answer;
    this.#join = null;
    if (epoch !== this.#epoch) this.#early.splice(0, this.#earlier);
    this.#epoch = epoch;
    if (snapshot) this.#replica = fromSnapshot(snapshot, version);
    const isWhole = frames.every((frame) => this.#take(frame));
    const hasOtherEyes = this.#view !== null && this.#view !== view;
    this.#view = view;
    // Another role since then, or a restored database: this state is not what this actor may see.
    if (!snapshot && (!isWhole || hasOtherEyes || version < since)) this.#forget();
    this.#drain();
    if (!this.#needsJoin) this.#holes = 0;
    this.#listener.joined(answer);
  }

  #refused(error: RequestError) {
    this.#join = null;
    if (error.code !== 'closed') this.#forget();
    this.#listener.refused(error);
  }

  /** Applies a frame; false when there is a gap before it. */
  #take(frame: Frame): boolean {
    if (!this.#replica) return false;
    const { replica, outcome } = applyFrame(this.#replica, frame);
    this.#replica = replica;
    if (outcome === 'unknown') this.#isStale = true; // what happened since would name it again
    return outcome !== 'resync';
  }

  #point(): FeedPoint | undefined {
    const version = this.#replica?.version;
    return version === undefined || this.#epoch === undefined ? undefined : { epoch: this.#epoch, version };
  }

  #keep(frame: Frame) {
    if (this.#early.length < MOST_EARLY) this.#early.push(frame);
  }

  #drain() {
    const waiting = this.#early.sort((a, b) => a.version - b.version);
    this.#early = waiting.filter((frame) => !this.#take(frame));
    if (this.#needsJoin) this.#joinSoon();
  }

  get #needsJoin(): boolean {
    return !this.#replica || this.#isStale || this.#early.length > 0;
  }

  /** A gap is often filled a moment later, and affects all clients at once: wait a short random time. */
  #joinSoon() {
    const check = () => {
      this.#resync = undefined;
      if (this.#needsJoin) void this.join();
    };
    this.#resync ??= setTimeout(check, retryDelay(Math.min(this.#holes++, 4)));
  }

  #forget() {
    this.#replica = null;
    this.#early = [];
  }
}
