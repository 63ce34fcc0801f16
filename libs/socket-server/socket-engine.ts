import { type IncomingMessage, type Server as HttpServer, STATUS_CODES } from 'node:http';
import { type Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { type ConnectionKeeper, SocketConnection } from './socket-connection.js';
import { Counters } from './tally.js';
import { WaitingList } from './waiting-list.js';

/** Why an upgrade is refused; `retryAfter` in seconds. */
export interface UpgradeRefusal {
  readonly status: 400 | 403 | 404 | 503;
  readonly retryAfter?: number;
}

export interface SocketEngineOptions {
  readonly path: string;
  /** A larger message ends its connection. */
  readonly maxPayload: number;
  /** A client hears a ping this often, in ms, and is cut when nothing came from it until the next. */
  readonly pingInterval: number;
  /** Who does not ask to be let in within so many ms is closed. */
  readonly askWithin: number;
  /** Who asked and was not let in within so many ms is closed: longer than the queue of a crowd that comes back. */
  readonly letInWithin: number;
  /** How many connections may be open, by their memory, and how many of one address; others are refused with 503. */
  readonly atMost: { readonly all: number; readonly address: number };
  /** Where an upgrade comes from, as limits count it. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Asked before anything else is done for an upgrade: it must cost next to nothing. */
  readonly refuse: (request: IncomingMessage, address: string) => UpgradeRefusal | null;
  /** Takes one of the connections that the node makes in a second; answers 0, or the seconds after which to come back. */
  readonly take: (address: string) => number;
  readonly letIn: ConnectionKeeper['letIn'];
  /** Told when a connection has ended. */
  readonly onEnd: (connection: SocketConnection) => void;
}

/** Seconds after which a place may be free again. */
const FULL = { status: 503, retryAfter: 10 } as const satisfies UpgradeRefusal;

/** One timer for all connections: each tick looks at one part of them. */
const PARTS = 80;

/**
 * Engine.IO's part of Socket.IO for WebSocket only: takes upgrades, and keeps connections alive with one timer for all. Clients of
 * Socket.IO notice no difference.
 */
export class SocketEngine implements ConnectionKeeper {
  private readonly sockets: WebSocketServer;
  private readonly parts = Array.from({ length: PARTS }, () => new Set<SocketConnection>());
  private readonly addresses = new Counters();
  /** Those who have said nothing yet, and those who have asked to be let in. */
  private readonly silent: WaitingList<SocketConnection>;
  private readonly asking: WaitingList<SocketConnection>;
  /** Those of the silent whose time was over at the last look. */
  private overdue: SocketConnection[] = [];
  private readonly hello: string;
  private readonly timer: NodeJS.Timeout;
  private next = 0;
  private turn = 0;
  /** `refused` counts the upgrades that were turned away for being too many at once. */
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

  /** It was let in, and may stay. */
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
    socket.cork(); // the upgrade's answer and the first packet leave as one
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

  private crowded(address: string): UpgradeRefusal | null {
    const { all, address: ofOne } = this.options.atMost;
    if (this.open >= all || this.addresses.of(address) >= ofOne) return FULL;
    const wait = this.options.take(address); // last, so that what is refused for itself takes nothing from others
    return wait > 0 ? { status: 503, retryAfter: Math.ceil(wait) } : null;
  }

  /** Only this path, this protocol and no older session of polling. */
  private refusalOfRequest({ url = '' }: IncomingMessage): UpgradeRefusal | null {
    const [path = '', query] = url.split('?', 2);
    if (path !== this.options.path && path !== `${this.options.path}/`) return { status: 404 };
    const asked = new URLSearchParams(query);
    const isFit = asked.get('EIO') === '4' && asked.get('transport') === 'websocket' && !asked.has('sid');
    return isFit ? null : { status: 400 };
  }

  private refuse(socket: Duplex, { status, retryAfter }: UpgradeRefusal) {
    if (status === 503) this.counters.refused++;
    socket.on('error', () => socket.destroy());
    const wait = retryAfter === undefined ? '' : `Retry-After: ${retryAfter}\r\n`;
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n${wait}Cache-Control: no-store\r\nContent-Length: 0\r\n\r\n`,
    );
  }

  /** Pings one part of the connections, after cutting those of it that did not answer the last time. */
  private look() {
    this.closeUnknown();
    const part = this.parts[this.turn++ % PARTS] as Set<SocketConnection>;
    for (const connection of part) {
      if (connection.isHeard) connection.ping();
      else this.timeOut(connection);
    }
  }

  /**
   * A node that is behind has not yet read what came in time: whoever seems silent is closed when they still are at the next look,
   * after a turn of the loop in which everything that had come was read.
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
