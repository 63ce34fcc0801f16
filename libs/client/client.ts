import type { ActorNotice, Pace } from '#libs/contract/feed';
import type { RequestInput, RequestName, RequestResult } from '#libs/contract/socket';
import { retryDelay } from './backoff.js';
import { Connection, type ConnectionOptions, type ConnectionState } from './connection.js';
import { Deadline, type RequestOptions } from './deadline.js';
import { type FeedClient } from './feed-client.js';
import { LatestWinsQueue } from './latest-wins-queue.js';
import { RequestError } from './request-error.js';
import { SessionFeed, type SessionFeedOptions } from './session-feed.js';
import { type Readable } from './store.js';

export interface ClientOptions extends ConnectionOptions {
  /** Milliseconds to wait for an ack before the request is sent again. A shorter time causes repeats under load. */
  readonly answerWithin?: number;
}

/** Opens a client; it connects when `connect` is called. */
export function createClient(options: ClientOptions): PlenumClient {
  return new PlenumClient(options);
}

/** One person's connection to the hub: typed requests that are retried until their outcome is known, and feeds of sessions. */
export class PlenumClient implements FeedClient {
  readonly #connection: Connection;
  readonly #answerWithin: number;
  readonly #wishes = new LatestWinsQueue();
  readonly #feeds = new Map<string, { feed: SessionFeed; users: number }>();
  #pace: Pace = 'usual';
  readonly #noticeListeners = new Set<(notice: ActorNotice) => void>();

  constructor({ answerWithin = 5_000, ...options }: ClientOptions) {
    this.#answerWithin = answerWithin;
    this.#connection = new Connection(options);
    this.#connection.socket.on('session:frame', (frame) => this.#feeds.get(frame.sessionId)?.feed.receive(frame));
    this.#connection.socket.on('session:desk', (desk) => this.#feeds.get(desk.sessionId)?.feed.receiveDesk(desk));
    this.#connection.socket.on('actor:notice', (notice) => this.#notice(notice));
    this.#connection.socket.on('connect', () => {
      if (this.#pace !== 'usual') this.#sendPace();
    });
  }

  get connection(): Readable<ConnectionState> {
    return this.#connection.state;
  }

  /** Connects: at the beginning, and again after a sign-in where the connection had ended. */
  connect() {
    this.#connection.connect();
  }

  /** The device may have slept, or its network is back: checks the connection. A connection that was closed for good stays closed. */
  wake() {
    void this.#connection.wake();
  }

  /** `slow` while nobody sees the page: at most one frame in two seconds; `usual` brings what was missed at once. */
  setPace(pace: Pace) {
    if (pace === this.#pace) return;
    this.#pace = pace;
    this.#sendPace();
  }

  /** Ends the connection; requests in flight reject with `closed`. */
  close() {
    this.#connection.close();
  }

  /**
   * Sends a request and repeats it, the same, while its outcome is unknown or the server is busy: all requests are idempotent.
   * Rejects with RequestError.
   */
  async request<N extends RequestName>(
    name: N,
    payload: RequestInput<N>,
    options: RequestOptions = {},
  ): Promise<RequestResult<N>> {
    const deadline = new Deadline(options);
    try {
      for (let attempt = 0; ; attempt += 1) {
        await deadline.within(this.#connection.ready(deadline.signal));
        const answer = await deadline.within(
          this.#connection.send(name, payload, this.#answerWithin).catch(() => null),
        );
        if (answer?.ok) return answer.data;
        const refusal = answer ? new RequestError(answer.error) : undefined;
        if (refusal && !refusal.isPassing) throw refusal;
        await deadline.pause(retryDelay(attempt, refusal?.retryAfter), refusal);
      }
    } finally {
      deadline.release();
    }
  }

  /** Sets or removes the vote for a question. One request a question at a time; of several pending values only the latest is sent. */
  async vote(
    questionId: string,
    value: boolean,
    options?: RequestOptions,
  ): Promise<RequestResult<'question:vote'> & { value: boolean }> {
    return this.#wishes.run(questionId, async () => ({
      ...(await this.request('question:vote', { questionId, value }, options)),
      value,
    }));
  }

  /** Gives or changes a ballot; like votes, one request a poll at a time, so that a retry never overtakes a change. */
  async answer(payload: RequestInput<'poll:answer'>, options?: RequestOptions): Promise<RequestResult<'poll:answer'>> {
    return this.#wishes.run(payload.pollId, () => this.request('poll:answer', payload, options));
  }

  /** The feed of a session, shared by all callers; each of them calls `leave` once. The options of the first caller apply. */
  session(sessionId: string, options: SessionFeedOptions = {}): SessionFeed {
    const known = this.#feeds.get(sessionId);
    if (known) {
      known.users += 1;
      return known.feed;
    }
    const feed = new SessionFeed(sessionId, this, () => this.#leave(sessionId), options);
    this.#feeds.set(sessionId, { feed, users: 1 });
    feed.start();
    return feed;
  }

  /** Subscribes to notices for this actor; returns a function that unsubscribes. */
  onNotice(listener: (notice: ActorNotice) => void): () => void {
    this.#noticeListeners.add(listener);
    return () => void this.#noticeListeners.delete(listener);
  }

  /** One request at a time: a retry of an older one, on a new connection, never overtakes the newest. */
  #sendPace() {
    const send = () => this.request('connection:pace', { pace: this.#pace });
    this.#wishes.run('connection:pace', send).catch(() => undefined);
  }

  #notice(notice: ActorNotice) {
    for (const { feed } of this.#feeds.values()) feed.notice(notice);
    for (const listener of [...this.#noticeListeners]) listener(notice);
  }

  /** `session:leave` is sent once and never repeated: a repeat could arrive after the next join. */
  #leave(sessionId: string): boolean {
    const known = this.#feeds.get(sessionId);
    if (!known || --known.users > 0) return false;
    this.#feeds.delete(sessionId);
    this.#connection.send('session:leave', { sessionId }, this.#answerWithin).catch(() => undefined);
    return true;
  }
}
