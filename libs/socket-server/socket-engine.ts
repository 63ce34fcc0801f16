import { type IncomingMessage, type Server as HttpServer, STATUS_CODES } from 'node:http';
import { type Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { type ConnectionKeeper, SocketConnection } from './socket-connection.js';
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
  /** A client gets a ping this often, in ms, and is terminated when nothing arrived from it until the next. */
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
  readonly letIn: ConnectionKeeper['letIn'];
  /** Called when a connection has closed. */
  readonly onEnd: (connection: SocketConnection) => void;
}

/** Seconds after which a connection slot may be free again. */
const FULL = { status: 503, retryAfter: 10 } as const satisfies UpgradeRejection;

/** One timer for all connections: each tick checks one part of them. */
const PARTS = 80;

/**
 * Engine.IO's part of Socket.IO for WebSocket only: accepts upgrades, and keeps connections alive with one timer for all. Clients of
 * Socket.IO see no difference.
 */
export class SocketEngine implements ConnectionKeeper {
  private readonly sockets: WebSocketServer;
  private readonly parts = Array.from({ length: PARTS }, () => new Set<SocketConnection>());
  private readonly addresses = new Counters();
  /** Connections that have sent nothing yet, and those that have sent CONNECT. */
  private readonly silent: WaitingList<SocketConnection>;
  private readonly asking: WaitingList<SocketConnection>;
  /** Silent connections whose time was over at the last check. */
  private overdue: SocketConnection[] = [];
  private readonly hello: string;
  private readonly timer: NodeJS.Timeout;
  private next = 0;
  private turn = 0;
  /** `refused` counts the upgrades that were refused because of too many at once. */
  readonly counters = { upgrades: 0, refused: 0, timeouts: 0 };

  constructor(private readonly options: SocketEngineOptions) {
    const { maxPayload, pingInterval } = options;
    this.silent = new WaitingList(options.askWithin);
    this.asking = new WaitingList(options.letInWithin);
    this.sockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload,
    });
    this.hello = JSON.stringify({ upgrades: [], pingInterval, pingTimeout: pingInterval, maxPayload }).slice(1);
    this.timer = setInterval(() => this.look(), pingInterval / PARTS).unref();
  }

  /** Connections that are open now. */
  get open(): number {
    return this.addresses.total;
  }

  /** How many entries are kept, by map. */
  countEntries() {
    return {
      connections: this.parts.reduce((sum, { size }) => sum + size, 0),
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

  letIn(connection: SocketConnection, auth: Readonly<Record<string, unknown>>): void {
    this.silent.delete(connection);
    this.asking.add(connection);
    this.options.letIn(connection, auth);
  }

  /** It was admitted, and may stay. */
  keep(connection: SocketConnection): void {
    this.asking.delete(connection);
  }

  forget(connection: SocketConnection): void {
    this.silent.delete(connection);
    this.asking.delete(connection);
    this.parts[connection.part]?.delete(connection);
    this.addresses.remove(connection.address);
    this.options.onEnd(connection);
  }

  close(): void {
    clearInterval(this.timer);
    for (const part of this.parts) for (const connection of part) connection.cut('server shutting down');
    this.sockets.close();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    const address = this.options.addressOf(request);
    const refusal = this.refusalOfRequest(request) ?? this.options.refuse(request, address) ?? this.crowded(address);
    if (refusal) return this.refuse(socket, refusal);
    socket.cork(); // the response of the upgrade and the first packet are sent as one
    this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const number = ++this.next;
      const hello = `{"sid":"${number}",${this.hello}`;
      const connection = new SocketConnection(webSocket, request, this, number % PARTS, hello, address);
      this.parts[connection.part]?.add(connection);
      this.addresses.add(address);
      this.silent.add(connection);
      this.counters.upgrades++;
    });
    socket.uncork();
  }

  private crowded(address: string): UpgradeRejection | null {
    const { all, address: ofOne } = this.options.atMost;
    if (this.open >= all || this.addresses.of(address) >= ofOne) return FULL;
    const wait = this.options.take(address); // last, so that an upgrade that is refused for another reason takes nothing from others
    return wait > 0 ? { status: 503, retryAfter: Math.ceil(wait) } : null;
  }

  /** Only this path, this protocol and no polling session. */
  private refusalOfRequest({ url = '' }: IncomingMessage): UpgradeRejection | null {
    const [path = '', query] = url.split('?', 2);
    if (path !== this.options.path && path !== `${this.options.path}/`) return { status: 404 };
    const asked = new URLSearchParams(query);
    const isFit = asked.get('EIO') === '4' && asked.get('transport') === 'websocket' && !asked.has('sid');
    return isFit ? null : { status: 400 };
  }

  private refuse(socket: Duplex, { status, retryAfter }: UpgradeRejection) {
    if (status === 503) this.counters.refused++;
    socket.on('error', () => socket.destroy());
    const wait = retryAfter === undefined ? '' : `Retry-After: ${retryAfter}\r\n`;
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n${wait}Cache-Control: no-store\r\nContent-Length: 0\r\n\r\n`,
    );
  }

  /** Pings one part of the connections, after terminating those that did not answer the last ping. */
  private look() {
    this.closeUnknown();
    const part = this.parts[this.turn++ % PARTS] as Set<SocketConnection>;
    for (const connection of part) {
      if (connection.isHeard) connection.ping();
      else this.timeOut(connection);
    }
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

  private timeOut(connection: SocketConnection) {
    this.counters.timeouts++;
    connection.cut('ping timeout');
  }
}
