import { type IncomingMessage } from 'node:http';
import { type Duplex } from 'node:stream';
import { type Socket } from 'socket.io';
import { Decoder, Encoder, type Packet, PacketType } from 'socket.io-parser';
import { WebSocket } from 'ws';
import { toFrame } from './packet-bytes.js';

/** The part of `ws` that writes ready frames; Socket.IO's own adapter uses it too. */
interface Sender {
  sendFrame(frame: readonly Buffer[]): void;
}
type Wired = WebSocket & {
  readonly _sender: Sender;
  readonly _receiver: { _mask: Buffer | undefined };
  readonly _socket: Duplex | null;
  connection: SocketConnection;
};

/** Socket.IO's socket, as far as it receives packets. */
export type Recipient = Pick<Socket, '_onpacket' | '_onclose'>;

/** The owner of connections: one for all of them. */
export interface ConnectionKeeper {
  /** A client sends CONNECT, once; `auth` is what it sent. */
  letIn(connection: SocketConnection, auth: Readonly<Record<string, unknown>>): void;
  /** It was admitted. */
  keep(connection: SocketConnection): void;
  /** It has closed. */
  forget(connection: SocketConnection): void;
}

/** Packet types of Engine.IO that travel over a WebSocket. */
const PACKET = { open: '0', ping: '2', pong: '3', message: '4' } as const;
/** Packet types of Socket.IO that a client of this hub sends: neither acks nor binary data. */
const ASKED = { connect: '0', disconnect: '1', event: '2' } as const;

/**
 * One client's connection: Engine.IO's protocol on a WebSocket, and Socket.IO's client and connection in one, with one namespace only. It
 * has no timer, decoder, map or listener of its own, which is most of the memory of engine.io's and Socket.IO's (docs/adr/0007).
 */
export class SocketConnection {
  readyState: 'open' | 'closed' = 'open';
  /** Removed once the client is known: it would keep all headers in memory. */
  request: IncomingMessage | null;
  /** Whether anything arrived since the last ping. */
  isHeard = true;
  private hasAsked = false;
  /** Socket.IO's socket, once the client was admitted. */
  private channel: Recipient | null = null;
  /** What the hub stores of an admitted client; undefined before. */
  state: object | undefined;
  /** The client's behaviour, see SocketRequests: pending requests, and refusals that are not forgiven, at a time. */
  unanswered = 0;
  refusals = 0;
  refusedAt = 0;
  private isResting = false;

  constructor(
    readonly socket: WebSocket,
    request: IncomingMessage,
    private readonly keeper: ConnectionKeeper,
    /** The index of its part in the engine. */
    readonly part: number,
    hello: string,
    /** Its address, as limits count it. */
    readonly address: string,
  ) {
    this.request = request;
    (socket as Wired).connection = this;
    socket.on('message', hear);
    socket.on('close', end);
    socket.on('error', ignore); // `ws` closes it afterwards
    this.writeText(PACKET.open + hello);
  }

  /** Socket.IO expects these of a client and its connection: here they are one object, and nothing is buffered or upgraded. */
  get conn(): this {
    return this;
  }
  get transport(): this {
    return this;
  }
  get protocol(): number {
    return 4;
  }
  get name(): string {
    return 'websocket';
  }
  get writable(): boolean {
    return this.isOpen;
  }

  /** How many bytes are unsent because the client reads slowly. */
  get waiting(): number {
    return this.socket.bufferedAmount;
  }

  /** The client was admitted: from now on Socket.IO's socket gets its packets. */
  open(socket: Recipient): void {
    this.channel = socket;
    this.request = null;
    this.keeper.keep(this);
  }

  /** The client was refused: it gets the reason, and nothing is stored for it any more. */
  refuse(why: object, nsp = CHANNEL): void {
    this.request = null;
    this._packet({ type: PacketType.CONNECT_ERROR, nsp, data: why });
    this.leave();
  }

  /**
   * Writes bytes of `packet-bytes.ts`, one frame in one or more parts, after everything that was sent before: `ws` buffers nothing
   * (docs/adr/0006). Returns false for a closed connection. Does not check the amount of unsent data.
   */
  send(frame: Buffer | readonly Buffer[]): boolean {
    const tcp = (this.socket as Wired)._socket;
    if (!this.isOpen || !tcp?.writable) return false;
    if (Buffer.isBuffer(frame)) tcp.write(frame);
    else {
      tcp.cork();
      for (const part of frame) tcp.write(part);
      tcp.uncork();
    }
    return true;
  }

  /** Closes it for a client that may have stopped reading: a last frame, and after `patience` ms its unsent data is dropped. */
  hangUp(goodbye: Buffer, patience = 1_000): void {
    this.send(goodbye);
    this._disconnect();
    this.leave(patience);
  }

  /** Pauses reading for this many ms: further data of the client fill its own buffers. */
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
    this.writeText(PACKET.ping);
  }

  close(): void {
    if (this.readyState === 'closed') return;
    this.socket.close();
    this.end('forced close');
  }

  /** Terminates a client that does not respond: it would not answer a closing handshake either. */
  cut(reason: string): void {
    this.socket.terminate();
    this.end(reason);
  }

  receive(data: Buffer, isBinary: boolean): void {
    if (this.readyState !== 'open') return;
    (this.socket as Wired)._receiver._mask = undefined; // otherwise `ws` keeps the whole chunk of this message until the next one
    this.isHeard = true;
    const text = isBinary ? '' : data.toString();
    if (text === PACKET.pong) return;
    if (text[0] !== PACKET.message || !this.isExpected(text[1])) return this.cut('parse error');
    const packet = decode(text.slice(1));
    if (!packet) this.close();
    else if (packet.type === PacketType.CONNECT) this.takeConnect(packet);
    else if (this.channel && packet.nsp === CHANNEL) this.channel._onpacket(packet);
    else this.close();
  }

  end(reason: string): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    this.keeper.forget(this);
    this.channel?._onclose(reason as 'transport close');
  }

  /** Socket.IO sends a packet. */
  _packet(packet: Packet): void {
    this.writeToEngine(encoder.encode(packet) as [string]);
  }

  /** Socket.IO sends an encoded packet, which its adapter may have turned into a frame. */
  writeToEngine([text]: readonly [string], options?: { readonly wsPreEncodedFrame?: readonly Buffer[] }): void {
    if (!this.isOpen) return;
    if (options?.wsPreEncodedFrame) (this.socket as Wired)._sender.sendFrame(options.wsPreEncodedFrame);
    else this.writeText(PACKET.message + text);
  }

  /** Socket.IO closes everything of this client. */
  _disconnect(): void {
    (this.channel as Socket | null)?.disconnect();
    this.close();
  }

  /** Socket.IO's socket has closed, with its only namespace: there is nothing more to remove here. */
  _remove(): void {}

  /** Closes it after everything sent. A closing handshake would wait for 30 s for a client that does not respond, or read. */
  private leave(patience = 1_000) {
    this.close();
    setTimeout(() => this.socket.terminate(), patience).unref();
  }

  private get isOpen(): boolean {
    return this.readyState === 'open' && this.socket.readyState === WebSocket.OPEN;
  }

  private writeText(text: string) {
    this.send(toFrame(text));
  }

  private takeConnect({ nsp, data }: Packet) {
    if (nsp === CHANNEL) return this.keeper.letIn(this, (data ?? {}) as Readonly<Record<string, unknown>>);
    return this.refuse({ message: 'Invalid namespace' }, nsp);
  }

  /** One namespace, requested once: each attempt costs a database query, and a client that left it cannot return. */
  private isExpected(type: string | undefined): boolean {
    if (type === ASKED.disconnect) setImmediate(() => this.close()); // Socket.IO gets it in the next microtask
    if (type !== ASKED.connect) return type === ASKED.event || type === ASKED.disconnect;
    const isFirst = !this.hasAsked;
    this.hasAsked = true;
    return isFirst;
  }
}

/** The connection of a socket, bypassing Socket.IO's processing of each packet. */
export function connectionOf(socket: { readonly conn: Socket['conn'] }): SocketConnection {
  return socket.conn as unknown as SocketConnection;
}

/** The only namespace. */
const CHANNEL = '/';
const encoder = new Encoder();
const decoder = new Decoder();
const decoded: Packet[] = [];
decoder.on('decoded', (packet: Packet) => decoded.push(packet));

/**
 * One packet of Socket.IO; undefined when it is not one. One decoder for all: it has state between two packets only while binary data are
 * incomplete, and no packet that announces those gets here.
 */
function decode(text: string): Packet | undefined {
  try {
    decoder.add(text);
  } catch {
    return undefined;
  }
  return decoded.pop();
}

function hear(this: WebSocket, data: unknown, isBinary: boolean): void {
  (this as Wired).connection.receive(data as Buffer, isBinary);
}

function end(this: WebSocket): void {
  (this as Wired).connection.end('transport close');
}

function ignore(): void {}
