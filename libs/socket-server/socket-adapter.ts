import { type IncomingMessage, type Server as HttpServer } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { Server, type ServerOptions, type Socket } from 'socket.io';
import { LeanAdapter } from './lean-adapter.js';
import { LeanSocket } from './lean-socket.js';
import { connectionOf, type SocketConnection } from './socket-connection.js';
import { SocketEngine, type SocketEngineOptions, type UpgradeRejection } from './socket-engine.js';
import { SocketRequests, type SocketRequestsOptions } from './socket-requests.js';
import { within } from '../bus/within.js';

/** `auth` of Socket.IO's CONNECT. */
type ClientAuth = Readonly<Record<string, unknown>>;

/** What a client sends when it connects. */
export interface Handshake {
  readonly token: unknown;
  /** What the client says of the protocol that it speaks. */
  readonly protocol: unknown;
  readonly address: string;
  readonly request: IncomingMessage;
}

export interface SocketAdapterOptions<S extends object> extends SocketRequestsOptions {
  /** Returns what is stored with a new connection, above all its actor; a rejection refuses it. Runs once, before any message is read. */
  readonly authenticate: (handshake: Handshake) => Promise<S>;
  /** Called once when an admitted connection has closed, with the result of `authenticate`. */
  readonly release: (state: S) => void;
  /** Whether an upgrade is refused: before any authentication, and without work that a flood could trigger. */
  readonly refuseUpgrade: SocketEngineOptions['refuse'];
  readonly takeUpgrade: SocketEngineOptions['take'];
  readonly addressOf: SocketEngineOptions['addressOf'];
  readonly connectionCap: SocketEngineOptions['atMost'];
}

/** Messages are small: a question is 500 characters. */
const MAX_MESSAGE_BYTES = 32 * 1024;
/** Longer than signing in takes when thousands reconnect at once: a client that is closed in that queue only returns to its end. */
const SIGN_IN_WITHIN = 20_000;
/** A client sends CONNECT at once; a connection that sends nothing is closed. */
const ASK_WITHIN = 5_000;
/** When the hub stops, pending requests get this long, in ms; then this long for their acks to be sent. */
const PATIENCE = { answers: 4_000, goodbyes: 1_500 };
/** A stopping node notifies this many sockets before it yields. */
const SLICE = 200;
/** Ms from `connection:closing` until a socket may reconnect: spread wider the more there are, so that other nodes can accept them. */
const COME_BACK = { least: 500, most: 3_000, perSocket: 0.5, never: 15_000 };

/**
 * Socket.IO as the hub uses it: WebSocket only, authenticated before the first message, every request acknowledged, and nothing stored
 * per connection that could be shared (docs/adr/0007). Without Socket.IO's recovery, which would skip authentication.
 */
export class SocketAdapter<S extends object> extends IoAdapter {
  private readonly requests: SocketRequests;
  private engine: SocketEngine | undefined;
  private isClosing = false;
  readonly counters = { connects: 0, refusedConnects: 0 };

  constructor(
    app: INestApplicationContext,
    private readonly options: SocketAdapterOptions<S>,
  ) {
    super(app);
    this.requests = new SocketRequests(options);
  }

  /** Counts of upgrades, requests and closes since the start, and the currently open connections. */
  counts() {
    const { open, counters: engine } = this.engine ?? { open: 0, counters: { upgrades: 0, refused: 0, timeouts: 0 } };
    return { open, ...engine, ...this.requests.counters, ...this.counters };
  }

  /** How many entries of connections are kept, by map. */
  countEntries(): Record<string, number> {
    return { ...this.engine?.countEntries(), answering: this.requests.underWay };
  }

  override createIOServer(_port: number, _options?: ServerOptions): Server {
    const server = new Server({ serveClient: false });
    server.adapter(LeanAdapter);
    this.engine = new SocketEngine({
      path: '/socket.io',
      maxPayload: MAX_MESSAGE_BYTES,
      pingInterval: 20_000,
      askWithin: ASK_WITHIN,
      letInWithin: SIGN_IN_WITHIN,
      atMost: this.options.connectionCap,
      addressOf: this.options.addressOf,
      refuse: (request, address) => this.refuseUpgrade(request, address),
      take: this.options.takeUpgrade,
      letIn: (connection, auth) => void this.letIn(server, connection, auth),
      onEnd: ({ state }) => state && this.options.release(state as S),
    });
    this.engine.attach(this.httpServer as HttpServer);
    return server;
  }

  /** Avoids one closure per gateway, handler and socket, as Nest would bind them: `SocketRequests` takes the requests of all. */
  override bindClientConnect(): void {}

  /**
   * Accepts no more requests, sends `connection:closing`, completes pending requests, and waits until all of that is written before the
   * sockets are closed.
   */
  override async close(server: Server): Promise<void> {
    this.isClosing = true;
    const answered = this.requests.close();
    await this.sayGoodbye(server);
    await within(PATIENCE.answers, answered);
    await this.disconnectAll(server);
    this.engine?.close();
  }

  private refuseUpgrade(request: IncomingMessage, address: string): UpgradeRejection | null {
    if (this.isClosing) return { status: 503, retryAfter: 1 };
    return this.options.refuseUpgrade(request, address);
  }

  private async sayGoodbye(server: Server) {
    const sockets = [...server.sockets.sockets.values()];
    const spread = Math.min(COME_BACK.never, COME_BACK.most + sockets.length * COME_BACK.perSocket) - COME_BACK.least;
    await inSlices(sockets, (socket) => {
      const reconnectAfter = Math.round(COME_BACK.least + Math.random() * spread);
      socket.emit('connection:closing', { reason: 'restart', reconnectAfter });
    });
  }

  /** Waits until every socket has closed, so that everything written was sent; those that do not respond are terminated. */
  private async disconnectAll(server: Server) {
    const lines = [...server.sockets.sockets.values()].map((socket) => connectionOf(socket).socket);
    const gone = lines.map((line) => new Promise((resolve) => line.once('close', resolve)));
    await inSlices([...server.sockets.sockets.values()], (socket) => void socket.disconnect(true));
    await within(PATIENCE.goodbyes, Promise.all(gone));
    for (const line of lines) line.terminate();
  }

  /** There is no Socket.IO socket before authentication. */
  private async letIn(server: Server, connection: SocketConnection, auth: ClientAuth) {
    const state = await this.authenticate(connection, auth);
    if (!state) return;
    if (connection.readyState !== 'open') return this.options.release(state); // closed while its client was looked up
    connection.state = state;
    const socket = new LeanSocket(server.sockets, connection, state);
    this.requests.listenTo(socket);
    this.counters.connects++;
    connection.open(socket);
    socket.enter();
  }

  private async authenticate(connection: SocketConnection, { token, protocol }: ClientAuth): Promise<S | undefined> {
    const { request, address } = connection;
    if (!request) return undefined;
    try {
      return await this.options.authenticate({ token, protocol, address, request });
    } catch (error) {
      this.counters.refusedConnects++;
      const wire = this.options.toWireError(error, 'connect');
      connection.refuse({ message: wire.code, data: wire });
      return undefined;
    }
  }
}

async function inSlices(sockets: readonly Socket[], act: (socket: Socket) => void): Promise<void> {
  for (let at = 0; at < sockets.length; at += SLICE) {
    sockets.slice(at, at + SLICE).forEach(act);
    await nextTurn();
  }
}
