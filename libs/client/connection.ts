import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type { ErrorCode } from '#libs/contract/errors';
import type { ConnectionClosing } from '#libs/contract/feed';
import type {
  Ack,
  ClientToServerEvents,
  RequestInput,
  RequestName,
  RequestResult,
  ServerToClientEvents,
} from '#libs/contract/socket';
import { FEED_PROTOCOLS } from '#libs/domain/feed-protocols';
import { announcedDelay, reconnectDelay } from './backoff.js';
import { closedError, type CloseReason } from './request-error.js';
import { type Readable, Store } from './store.js';

/** `retryAt` is when the next attempt starts, in milliseconds of this machine's clock. */
export type ConnectionState =
  | { readonly status: 'connecting' }
  | { readonly status: 'connected' }
  | { readonly status: 'reconnecting'; readonly attempt: number; readonly retryAt: number; readonly reason: string }
  | { readonly status: 'closed'; readonly reason: CloseReason };

export type PlenumSocket = Socket<ServerToClientEvents, ClientToServerEvents>;
export type Token = () => string | null | Promise<string | null>;

export interface ConnectionOptions {
  readonly url: string;
  /** Asked before each attempt to connect, so that a renewed token is used; null or left out where a cookie signs in. */
  readonly token?: Token;
  /**
   * Milliseconds without anything from the server after which the connection is checked. Costs the server a request of 40 bytes per
   * period and connection while nothing else is sent. Evaluated before each period; Infinity, the default, never checks.
   */
  readonly silence?: () => number;
  /** Further options of socket.io-client, such as `extraHeaders` in tests. */
  readonly io?: Partial<ManagerOptions & SocketOptions>;
  /** Opens the socket; for tests. */
  readonly open?: (url: string, options: Partial<ManagerOptions & SocketOptions>) => PlenumSocket;
}

/** The sending part of a socket, typed by the request's name; socket.io's own types do not support a generic name. */
interface Emitter {
  emitWithAck<N extends RequestName>(name: N, payload: RequestInput<N>): Promise<Ack<RequestResult<N>>>;
}

/** Milliseconds in which a working connection answers, on a slow phone network too. */
const CHECK_WITHIN = 2_500;

interface ConnectErrorData {
  readonly code?: string;
  readonly retryAfter?: number;
}

/**
 * One socket that reconnects until the server or this side closes it for good. Reconnecting is done here, not in socket.io-client, which
 * gives up on refusals.
 */
export class Connection {
  readonly socket: PlenumSocket;
  readonly #state = new Store<ConnectionState>({ status: 'closed', reason: 'idle' });
  readonly #token: Token;
  #attempt = 0;
  #opening = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closing: ConnectionClosing | null = null;
  readonly #silence: () => number;
  #heardAt = 0;
  #isChecking = false;
  #quiet: ReturnType<typeof setTimeout> | undefined;

  constructor({ url, token = () => null, silence = () => Infinity, io: options, open = io }: ConnectionOptions) {
    this.#token = token;
    this.#silence = silence;
    this.socket = open(url, {
      timeout: 10_000,
      ...options,
      transports: ['websocket'],
      autoConnect: false,
      reconnection: false,
      forceNew: true,
    });
    this.socket.on('connect', () => this.#connected());
    this.socket.on('connect_error', (error) => this.#refused(error));
    this.socket.on('disconnect', (reason) => this.#dropped(reason));
    this.socket.on('connection:closing', (closing) => (this.#closing = closing));
    this.socket.on('session:frame', () => (this.#heardAt = Date.now()));
    this.socket.on('actor:notice', () => (this.#heardAt = Date.now()));
  }

  get state(): Readable<ConnectionState> {
    return this.#state;
  }

  get isConnected(): boolean {
    return this.#state.getSnapshot().status === 'connected';
  }

  /** Opens the connection, or tries at once when it waits for its next attempt. */
  connect() {
    const { status } = this.#state.getSnapshot();
    if (status === 'connected' || status === 'connecting') return;
    this.#attempt = 0;
    this.#state.set({ status: 'connecting' });
    void this.#open();
  }

  /** The device may have slept: checks the connection, and opens another at once where it does not answer or was only being opened. */
  async wake() {
    if (this.#isChecking) return;
    this.#isChecking = true;
    const isAlive = this.isConnected && (await this.#lives());
    this.#isChecking = false;
    if (isAlive || this.#state.getSnapshot().status === 'closed') return;
    if (this.socket.connected) this.socket.disconnect();
    this.#state.set({ status: 'connecting' });
    this.#attempt = 0;
    void this.#open();
  }

  /** Closes the connection for good; `connect` opens it again. */
  close(reason: CloseReason = 'left') {
    clearTimeout(this.#timer);
    clearTimeout(this.#quiet);
    this.#opening += 1;
    this.#state.set({ status: 'closed', reason });
    this.socket.disconnect();
  }

  /** Resolves once connected; rejects when the connection has ended for good. */
  ready(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        const state = this.#state.getSnapshot();
        if (state.status === 'connected') resolve();
        else if (state.status === 'closed') reject(closedError(state.reason));
        else if (!signal.aborted) return;
        stop();
        signal.removeEventListener('abort', settle);
      };
      const stop = this.#state.subscribe(settle);
      signal.addEventListener('abort', settle);
      settle();
    });
  }

  /** Sends once. Rejects when no answer came within `timeout` milliseconds or the connection broke: the outcome is unknown then. */
  async send<N extends RequestName>(
    name: N,
    payload: RequestInput<N>,
    timeout: number,
  ): Promise<Ack<RequestResult<N>>> {
    if (!this.socket.connected) throw new Error('not connected'); // socket.io-client would keep it and send it later, twice
    const timed = this.socket.timeout(timeout) as unknown as Emitter;
    try {
      const answer = await timed.emitWithAck(name, payload);
      this.#heardAt = Date.now();
      return answer;
    } catch (error) {
      if (name !== 'connection:check' && this.socket.connected) void this.#check();
      throw error;
    }
  }

  /** Whether the server sends anything now. A connection that was replaced meanwhile counts as well. */
  async #lives(): Promise<boolean> {
    const [opening, askedAt] = [this.#opening, Date.now()];
    const isAnswered = await this.send('connection:check', {}, CHECK_WITHIN).then(
      () => true,
      () => false,
    );
    return isAnswered || this.#heardAt > askedAt || opening !== this.#opening || !this.socket.connected;
  }

  /** Drops a connection that does not answer; it reconnects with the usual delay. */
  async #check() {
    if (this.#isChecking) return;
    this.#isChecking = true;
    const isAlive = await this.#lives();
    this.#isChecking = false;
    if (!isAlive) this.socket.disconnect();
  }

  /** Checks the connection each time the server has been silent for too long. */
  #listen() {
    clearTimeout(this.#quiet);
    const left = this.#heardAt + this.#silence() - Date.now();
    const look = async () => {
      if (this.#heardAt + this.#silence() <= Date.now()) await this.#check();
      if (this.isConnected) this.#listen();
    };
    if (left !== Infinity) this.#quiet = setTimeout(() => void look(), left);
  }

  async #open() {
    clearTimeout(this.#timer);
    const opening = ++this.#opening;
    try {
      const token = await this.#token();
      if (opening !== this.#opening) return;
      this.socket.disconnect(); // an attempt that hangs; a second one in parallel would make two sockets
      this.socket.auth = { ...(token && { token }), protocol: FEED_PROTOCOLS.newest };
      this.socket.connect();
    } catch (error) {
      if (opening === this.#opening) this.#retryLater(String(error));
    }
  }

  #connected() {
    this.#attempt = 0;
    this.#closing = null;
    this.#heardAt = Date.now();
    this.#listen();
    this.#state.set({ status: 'connected' });
  }

  #refused(error: Error & { data?: ConnectErrorData }) {
    if (this.#state.getSnapshot().status === 'closed') return;
    const { code, retryAfter } = error.data ?? {};
    if (code && isFinal(code)) this.close(code);
    else this.#retryLater(code ?? error.message, retryAfter && announcedDelay(retryAfter * 1_000));
  }

  #dropped(reason: string) {
    if (this.#state.getSnapshot().status === 'closed') return;
    const closing = this.#closing;
    this.#closing = null;
    if (!closing) this.#retryLater(reason);
    else if (closing.reconnectAfter === null) this.close(closing.reason);
    else this.#retryLater(closing.reason, announcedDelay(closing.reconnectAfter));
  }

  #retryLater(reason: string, delay = reconnectDelay(this.#attempt)) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#open(), delay);
    this.#attempt += 1;
    this.#state.set({ status: 'reconnecting', attempt: this.#attempt, retryAt: Date.now() + delay, reason });
  }
}

/** Refusals at connect that a retry cannot change. */
function isFinal(code: string): code is ErrorCode {
  return (
    code.startsWith('auth.') ||
    code === 'actor.banned' ||
    code === 'protocol.unsupported' ||
    code === 'forbidden' ||
    code === 'not_found'
  );
}
