import { EventEmitter } from 'node:events';
import { type IncomingMessage } from 'node:http';
import { type Duplex } from 'node:stream';
import { WebSocket } from 'ws';

/** The part of `ws` that writes ready frames; Socket.IO's own adapter uses it too. */
interface Sender {
  sendFrame(frame: readonly Buffer[]): void;
}
type Wired = WebSocket & { readonly _sender: Sender; readonly _socket: Duplex; connection: SocketConnection };

/** Packet types of Engine.IO that travel over a WebSocket. */
const PACKET = { open: '0', ping: '2', pong: '3', message: '4' } as const;
/** Packet types of Socket.IO that a client of this hub sends: it is asked nothing, and sends nothing binary. */
const ASKED = { connect: '0', disconnect: '1', event: '2' } as const;
const NOTHING: readonly never[] = Object.freeze([]);

/**
 * One client's line, as Socket.IO's `Client` needs it: Engine.IO's protocol spoken on a WebSocket and nothing else. It is its own
 * transport, owns no timer and shares its listeners with all others, which is most of what a connection of engine.io costs.
 */
export class SocketConnection extends EventEmitter {
  readonly protocol = 4;
  readonly name = 'websocket';
  readyState: 'open' | 'closed' = 'open';
  /** Gone once the client is known: it would keep all headers. */
  request: IncomingMessage | null;
  readonly remoteAddress: string | undefined;
  /** Whether anything came since the last ping. */
  isHeard = true;
  private hasAsked = false;
  /** Told once when it has ended. */
  onEnd: ((connection: SocketConnection) => void) | undefined;
  /** What the hub keeps of whoever was let in; undefined before. */
  state: object | undefined;
  /** How the client behaves, see SocketRequests: requests under way, and refusals that are not forgiven, at a moment. */
  unanswered = 0;
  refusals = 0;
  refusedAt = 0;
  private isResting = false;
  readonly socket: WebSocket;

  constructor(
    readonly id: string,
    socket: WebSocket,
    request: IncomingMessage,
    hello: string,
    /** Where it comes from, as limits count it. */
    readonly address: string,
  ) {
    super();
    this.socket = socket;
    this.request = request;
    this.remoteAddress = request.socket.remoteAddress;
    (socket as Wired).connection = this;
    socket.on('message', hear);
    socket.on('close', end);
    socket.on('error', ignore); // `ws` closes by itself afterwards
    socket.send(PACKET.open + hello);
  }

  /** Socket.IO looks for these where engine.io has them: nothing is ever upgraded or kept back here. */
  get transport(): this {
    return this;
  }
  get writable(): boolean {
    return this.readyState === 'open';
  }
  get upgrading(): boolean {
    return false;
  }
  get writeBuffer(): readonly never[] {
    return NOTHING;
  }

  /** How many bytes wait because the client reads slowly. */
  get waiting(): number {
    return this.socket.bufferedAmount;
  }

  /** Sends one packet of Socket.IO; a ready frame of it goes out as it is. */
  write(data: string | Buffer, options?: { readonly wsPreEncodedFrame?: readonly Buffer[] }): this {
    if (this.readyState !== 'open' || this.socket.readyState !== WebSocket.OPEN) return this;
    if (options?.wsPreEncodedFrame) (this.socket as Wired)._sender.sendFrame(options.wsPreEncodedFrame);
    else this.socket.send(typeof data === 'string' ? PACKET.message + data : data);
    return this;
  }

  /** Sends one packet of Socket.IO made of parts, without copying them: what many get is in memory once. */
  writeParts(parts: readonly Buffer[]): void {
    if (this.readyState !== 'open' || this.socket.readyState !== WebSocket.OPEN) return;
    const { _socket: socket } = this.socket as Wired;
    const length = parts.reduce((sum, part) => sum + part.length, 1);
    socket.cork();
    socket.write(frameHeader(length));
    for (const part of parts) socket.write(part);
    socket.uncork();
  }

  /** Reads nothing for so many ms: what the client goes on sending fills its own buffers. */
  rest(ms: number): void {
    if (this.isResting || this.socket.readyState !== WebSocket.OPEN) return;
    this.isResting = true;
    this.socket.pause();
    setTimeout(() => {
      this.isResting = false;
      this.socket.resume();
    }, ms).unref();
  }

  ping(): void {
    this.isHeard = false;
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(PACKET.ping);
  }

  close(): void {
    if (this.readyState === 'closed') return;
    this.socket.close();
    this.end('forced close');
  }

  /** Cuts a client that does not answer: it would not answer a closing handshake either. */
  cut(reason: string): void {
    this.socket.terminate();
    this.end(reason);
  }

  receive(data: Buffer, isBinary: boolean): void {
    if (this.readyState !== 'open') return;
    this.isHeard = true;
    const text = isBinary ? '' : data.toString();
    if (text === PACKET.pong) return;
    if (text[0] !== PACKET.message || !this.isExpected(text[1])) return this.cut('parse error');
    this.emit('data', text.slice(1));
  }

  /** One channel, asked for once: each attempt costs a look at the database, and whoever left it is gone. */
  private isExpected(type: string | undefined): boolean {
    if (type === ASKED.disconnect) setImmediate(() => this.close()); // Socket.IO hears it in the turn between
    if (type !== ASKED.connect) return type === ASKED.event || type === ASKED.disconnect;
    const isFirst = !this.hasAsked;
    this.hasAsked = true;
    return isFirst;
  }

  end(reason: string): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    this.onEnd?.(this);
    this.emit('close', reason);
  }
}

function hear(this: WebSocket, data: unknown, isBinary: boolean): void {
  (this as Wired).connection.receive(data as Buffer, isBinary);
}

function end(this: WebSocket): void {
  (this as Wired).connection.end('transport close');
}

function ignore(): void {}

/** The header of an unmasked text frame (RFC 6455, 5.2) with the type of the packet, which counts as its first byte. */
function frameHeader(length: number): Buffer {
  const size = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const header = Buffer.allocUnsafe(size + 1);
  header[0] = 0x81;
  header[1] = size === 2 ? length : size === 4 ? 126 : 127;
  if (size === 4) header.writeUInt16BE(length, 2);
  if (size === 10) header.writeBigUInt64BE(BigInt(length), 2);
  header.write(PACKET.message, size, 'latin1');
  return header;
}
