import { type IncomingMessage, type Server as HttpServer, STATUS_CODES } from 'node:http';
import { type Duplex } from 'node:stream';
import { Server as EngineServer } from 'engine.io';
import { ImmediateWebSocketServer } from './immediate-web-socket.js';
import { type EngineSocket, SocketConnection } from './socket-connection.js';
import { Counters } from './counters.js';
import { WaitingList } from './waiting-list.js';

/** Why an upgrade is refused; `retryAfter` in seconds. */
export interface UpgradeRejection {
  readonly status: 400 | 403 | 404 | 503;
  readonly retryAfter?: number;
}

export interface SocketEngineOptions {
  readonly path: string;
  /** A larger message closes its connection. */
  readonly maxPayload: number;
  /** A client gets a ping this often, in ms, and is closed when it does not answer within the same time. */
  readonly pingInterval: number;
  /** A connection without CONNECT within this many ms is closed. */
  readonly askWithin: number;
  /** A connection that sent CONNECT and was not admitted within this many ms is closed: longer than the queue of a large audience that reconnects. */
  readonly letInWithin: number;
  /** How many connections may be open, by their memory, and how many of one address; others are refused with 503. */
  readonly atMost: { readonly all: number; readonly address: number };
  /** The address of an upgrade, as limits count it. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Called first for an upgrade: it must be very cheap. */
  readonly refuse: (request: IncomingMessage, address: string) => UpgradeRejection | null;
  /** Takes one of the connections that the node accepts in a second; returns 0, or the seconds after which to retry. */
  readonly take: (address: string) => number;
  /** Called when a connection has closed. */
  readonly onEnd: (connection: SocketConnection) => void;
}

/** Seconds after which a connection slot may be free again. */
const FULL = { status: 503, retryAfter: 10 } as const satisfies UpgradeRejection;

/** How often connections that are not admitted yet are checked, in ms. */
const LOOK_EVERY = 250;

/** Packets of Engine.IO that no client sends over a WebSocket that it goes on using. */
const UNEXPECTED = new Set(['open', 'close', 'upgrade', 'noop']);

/**
 * Engine.IO for WebSocket only, with admission in front: an upgrade is refused before Engine.IO sees it, and connections that do not
 * authenticate are closed.
 */
export class SocketEngine {
  /** For `bind` of Socket.IO's server. */
  readonly server: EngineServer;
  private readonly connections = new Map<EngineSocket, SocketConnection>();
  private readonly addresses = new Counters();
  /** Connections that have sent nothing yet, and those that have sent CONNECT. */
  private readonly silent: WaitingList<SocketConnection>;
  private readonly asking: WaitingList<SocketConnection>;
  /** Silent connections whose time was over at the last check. */
  private overdue: SocketConnection[] = [];
  private readonly timer: NodeJS.Timeout;
  /** `refused` counts the upgrades that were refused because of too many at once. */
  readonly counters = { upgrades: 0, refused: 0, timeouts: 0 };

  constructor(private readonly options: SocketEngineOptions) {
    const { maxPayload, pingInterval } = options;
    this.silent = new WaitingList(options.askWithin);
    this.asking = new WaitingList(options.letInWithin);
    this.server = new EngineServer({
      transports: ['websocket'],
      allowUpgrades: false,
      pingInterval,
      pingTimeout: pingInterval,
      maxHttpBufferSize: maxPayload,
      perMessageDeflate: false,
      wsEngine: ImmediateWebSocketServer,
    });
    this.server.on('connection', (engineSocket: EngineSocket) => this.accept(engineSocket));
    this.timer = setInterval(() => this.closeUnknown(), LOOK_EVERY).unref();
  }

  /** Connections that are open now. */
  get open(): number {
    return this.connections.size;
  }

  /** How many entries are kept, by map. */
  countEntries() {
    return {
      connections: this.connections.size,
      addresses: this.addresses.size,
      waiting: this.silent.size + this.asking.size,
      overdue: this.overdue.length,
    };
  }

  attach(server: HttpServer): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.upgrade(request, socket, head),
    );
  }

  /** Its client has sent CONNECT. */
  noteConnect(engineSocket: EngineSocket): SocketConnection | undefined {
    const connection = this.connections.get(engineSocket);
    if (!connection) return undefined;
    this.silent.delete(connection);
    this.asking.add(connection);
    return connection;
  }

  /** It was admitted, and may stay. */
  keep(connection: SocketConnection): void {
    this.asking.delete(connection);
  }

  close(): void {
    clearInterval(this.timer);
    this.server.close();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    const address = this.options.addressOf(request);
    const refusal = this.refusalOfRequest(request) ?? this.options.refuse(request, address) ?? this.crowded(address);
    if (refusal) this.refuse(socket, refusal);
    else this.server.handleUpgrade(request, socket, head);
  }

  private accept(engineSocket: EngineSocket) {
    const { request } = engineSocket;
    const connection = new SocketConnection(engineSocket, request.socket, this.options.addressOf(request));
    this.connections.set(engineSocket, connection);
    this.addresses.add(connection.address);
    this.silent.add(connection);
    this.counters.upgrades++;
    engineSocket.on('packet', closeOnUnexpected);
    engineSocket.once('close', (reason: string) => this.forget(engineSocket, connection, reason));
  }

  private forget(engineSocket: EngineSocket, connection: SocketConnection, reason: string) {
    if (reason === 'ping timeout') this.counters.timeouts++;
    this.connections.delete(engineSocket);
    this.silent.delete(connection);
    this.asking.delete(connection);
    this.addresses.remove(connection.address);
    connection.leave();
    this.options.onEnd(connection);
  }

  private crowded(address: string): UpgradeRejection | null {
    const { all, address: ofOne } = this.options.atMost;
    if (this.connections.size >= all || this.addresses.of(address) >= ofOne) return FULL;
    const wait = this.options.take(address); // last, so that an upgrade that is refused for another reason takes nothing from others
    return wait > 0 ? { status: 503, retryAfter: Math.ceil(wait) } : null;
  }

  /** Only this path, this protocol and no polling session. */
  private refusalOfRequest({ url = '', method }: IncomingMessage): UpgradeRejection | null {
    const [path = '', query] = url.split('?', 2);
    if (path !== this.options.path && path !== `${this.options.path}/`) return { status: 404 };
    const asked = new URLSearchParams(query);
    const isFit = asked.get('EIO') === '4' && asked.get('transport') === 'websocket' && !asked.has('sid');
    return isFit && method === 'GET' ? null : { status: 400 };
  }

  private refuse(socket: Duplex, { status, retryAfter }: UpgradeRejection) {
    if (status === 503) this.counters.refused++;
    socket.on('error', () => socket.destroy());
    const wait = retryAfter === undefined ? '' : `Retry-After: ${retryAfter}\r\n`;
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n${wait}Cache-Control: no-store\r\nContent-Length: 0\r\n\r\n`,
    );
  }

  /**
   * A node under load has not yet read all data that arrived in time: a connection that seems silent is closed when it still is at the
   * next check, after a turn of the loop in which all data that had arrived were read.
   */
  private closeUnknown() {
    for (const connection of this.overdue) if (this.silent.has(connection)) connection.close();
    this.overdue = [...this.silent.late()];
    for (const connection of this.asking.late()) connection.close();
  }
}

/** Engine.IO ignores them; a client that sends one leaves, or is not a client of this hub. */
function closeOnUnexpected(
  this: EngineSocket,
  { type, data }: { readonly type: string; readonly data?: unknown },
): void {
  if (UNEXPECTED.has(type) || (type === 'pong' && data !== undefined)) this.close();
}
