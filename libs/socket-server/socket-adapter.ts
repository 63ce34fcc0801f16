import { type IncomingMessage, type Server as HttpServer } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { type MessageMappingProperties } from '@nestjs/websockets';
import { type Observable } from 'rxjs';
import { Server, type Socket } from 'socket.io';
import { LeanAdapter } from './lean-adapter.js';
import { connectionOf, type SocketConnection } from './socket-connection.js';
import { SocketEngine, type SocketEngineOptions, type UpgradeRejection } from './socket-engine.js';
import { SocketRequests, type SocketRequestsOptions } from './socket-requests.js';
import { Decoder, Encoder } from './strict-parser.js';
import { within } from '../bus/within.js';

/** What a client sends when it connects. */
export interface Handshake {
  readonly token: unknown;
  /** What the client says of the protocol that it speaks. */
  readonly protocol: unknown;
  readonly address: string;
  readonly request: IncomingMessage;
}

/** Decides which connections are accepted. */
export interface Admission<S extends object> {
  /** Returns what is stored with a new connection, above all its actor; a rejection refuses it. Runs once, before any message is read. */
  readonly authenticate: (handshake: Handshake) => Promise<S>;
  /** Called once when an admitted connection has closed, with the result of `authenticate`. */
  readonly release: (state: S) => void;
  /** An error as it is sent to the client. */
  readonly toWireError: SocketRequestsOptions['toWireError'];
  /** Whether an upgrade is refused: before any authentication, and without work that a flood could trigger. */
  readonly refuseUpgrade: SocketEngineOptions['refuse'];
  readonly takeUpgrade: SocketEngineOptions['take'];
  readonly addressOf: SocketEngineOptions['addressOf'];
  readonly connectionCap: SocketEngineOptions['atMost'];
  readonly onFlooding: SocketRequestsOptions['onFlooding'];
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

/** What Socket.IO stores of each handshake; it is not used once the client is known. */
const FORGOTTEN = Object.freeze({});

type Next = (error?: Error & { data?: unknown }) => void;

/**
 * Socket.IO as the hub uses it: WebSocket only, authenticated before the first message, every request acknowledged (docs/adr/0007).
 * Without Socket.IO's recovery, which would skip authentication.
 */
export class SocketAdapter<S extends object> extends IoAdapter {
  private readonly requests: SocketRequests;
  private engine: SocketEngine | undefined;
  private isClosing = false;
  readonly counters = { connects: 0, refusedConnects: 0 };

  constructor(
    app: INestApplicationContext,
    private readonly admission: Admission<S>,
    messages: Pick<SocketRequestsOptions, 'direct' | 'observe'>,
  ) {
    super(app);
    this.requests = new SocketRequests({
      ...messages,
      onFlooding: admission.onFlooding,
      toWireError: admission.toWireError,
    });
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

  override createIOServer(): Server {
    const engine = new SocketEngine({
      path: '/socket.io',
      maxPayload: MAX_MESSAGE_BYTES,
      pingInterval: 20_000,
      askWithin: ASK_WITHIN,
      letInWithin: SIGN_IN_WITHIN,
      atMost: this.admission.connectionCap,
      addressOf: this.admission.addressOf,
      refuse: (request, address) => this.refuseUpgrade(request, address),
      take: this.admission.takeUpgrade,
      onEnd: ({ state }) => state && this.admission.release(state as S),
    });
    const server = new Server({
      serveClient: false,
      adapter: LeanAdapter,
      parser: { Decoder, Encoder },
      connectTimeout: 2 * (ASK_WITHIN + SIGN_IN_WITHIN), // the engine closes such connections earlier
    });
    server.bind(engine.server);
    server.use((socket, next) => void this.admit(engine, socket, next));
    server.on('connection', (socket) => this.welcome(socket));
    engine.attach(this.httpServer as HttpServer);
    this.engine = engine;
    return server;
  }

  /** Nest would bind a listener for each message to each socket: here one takes all messages of a socket. */
  override bindMessageHandlers(
    socket: Socket,
    handlers: MessageMappingProperties[],
    transform: (result: unknown) => Observable<unknown>,
  ): void {
    this.requests.add(socket, handlers, transform);
  }

  /** All gateways share one server, and Nest passes the end of a socket on to all of them: one listener is enough. */
  override bindClientDisconnect(socket: Socket, callback: (reason: string) => void): void {
    if (socket.listenerCount('disconnect') > 0) return;
    socket.once('disconnect', (reason) => {
      // There is only this namespace: a client that leaves it has no use for its connection.
      if (reason === 'client namespace disconnect') connectionOf(socket).close();
      callback(reason);
    });
  }

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
    return this.admission.refuseUpgrade(request, address);
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
    const sockets = [...server.sockets.sockets.values()];
    const connections = sockets.map(connectionOf);
    const gone = connections.map((connection) => connection.untilGone());
    await inSlices(sockets, (socket) => void socket.disconnect(true));
    await within(PATIENCE.goodbyes, Promise.all(gone));
    for (const connection of connections) connection.cut();
  }

  /** Socket.IO's middleware for the handshake. */
  private async admit(engine: SocketEngine, socket: Socket, next: Next) {
    const connection = engine.noteConnect(socket.conn);
    if (!connection) return next(new Error('closed'));
    const state = await this.authenticate(socket, connection, next);
    if (!state) return;
    if (!connection.isOpen) return this.admission.release(state); // closed while its client was looked up
    connection.state = state;
    socket.data = { ...state, connection };
    forgetRequest(socket);
    engine.keep(connection);
    next();
  }

  private async authenticate({ request, handshake }: Socket, connection: SocketConnection, next: Next) {
    const { token, protocol } = handshake.auth as Readonly<Record<string, unknown>>;
    try {
      return await this.admission.authenticate({ token, protocol, address: connection.address, request });
    } catch (error) {
      this.counters.refusedConnects++;
      const wire = this.admission.toWireError(error, 'connect');
      next(Object.assign(new Error(wire.code), { data: wire }));
      setImmediate(() => connection.close());
      return undefined;
    }
  }

  private welcome(socket: Socket) {
    this.counters.connects++;
    this.requests.listenTo(socket);
  }
}

/**
 * The request of the upgrade, with all of its headers, would stay in memory as long as the connection: Socket.IO's documentation removes it
 * from Engine.IO's socket, and a listener that Engine.IO adds to the TCP socket keeps what is left of it.
 */
function forgetRequest({ conn, handshake, request }: Socket) {
  Object.assign(handshake, { headers: FORGOTTEN, query: FORGOTTEN, auth: FORGOTTEN, url: '', time: '' });
  Object.assign(request, { headers: FORGOTTEN, rawHeaders: [], url: '' });
  Object.assign(conn, { request: null });
}

async function inSlices(sockets: readonly Socket[], act: (socket: Socket) => void): Promise<void> {
  for (let at = 0; at < sockets.length; at += SLICE) {
    sockets.slice(at, at + SLICE).forEach(act);
    await nextTurn();
  }
}
