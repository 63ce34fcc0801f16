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

/** Socket.IO's socket, as far as it is told what comes. */
export type Recipient = Pick<Socket, '_onpacket' | '_onclose'>;

/** Whoever keeps connections: one for all of them. */
export interface ConnectionKeeper {
  /** A client asks to be let in, once; `auth` is whatever it sent. */
  letIn(connection: SocketConnection, auth: Readonly<Record<string, unknown>>): void;
  /** It was let in. */
  keep(connection: SocketConnection): void;
  /** It is over. */
  forget(connection: SocketConnection): void;
}

/** Packet types of Engine.IO that travel over a WebSocket. */
const PACKET = { open: '0', ping: '2', pong: '3', message: '4' } as const;
/** Packet types of Socket.IO that a client of this hub sends: it is asked nothing, and sends nothing binary. */
const ASKED = { connect: '0', disconnect: '1', event: '2' } as const;

/**
 * One client's line: Engine.IO's protocol spoken on a WebSocket, and what Socket.IO calls a client and its connection, of one channel
 * only. It owns no timer, decoder, map or listener, which is most of what those of engine.io and Socket.IO cost (docs/adr/0007).
 */
export class SocketConnection {
  readyState: 'open' | 'closed' = 'open';
  /** Gone once the client is known: it would keep all headers. */
  request: IncomingMessage | null;
  /** Whether anything came since the last ping. */
  isHeard = true;
  private hasAsked = false;
  /** Socket.IO's socket, once the client was let in. */
  private channel: Recipient | null = null;
  /** What the hub keeps of whoever was let in; undefined before. */
  state: object | undefined;
  /** How the client behaves, see SocketRequests: requests under way, and refusals that are not forgiven, at a moment. */
  unanswered = 0;
  refusals = 0;
  refusedAt = 0;
  private isResting = false;

  constructor(
    readonly socket: WebSocket,
    request: IncomingMessage,
    private readonly keeper: ConnectionKeeper,
    /** Of the keeper's parts, the one that it is in. */
    readonly part: number,
    hello: string,
    /** Where it comes from, as limits count it. */
    readonly address: string,
  ) {
    this.request = request;
    (socket as Wired).connection = this;
    socket.on('message', hear);
    socket.on('close', end);
    socket.on('error', ignore); // `ws` closes by itself afterwards
    this.writeText(PACKET.open + hello);
  }

  /** Socket.IO looks for these at a client and its connection: here they are one, and nothing is ever kept back or upgraded. */
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

  /** How many bytes wait because the client reads slowly. */
  get waiting(): number {
    return this.socket.bufferedAmount;
  }

  /** The client was let in: from now on Socket.IO's socket takes what comes. */
  open(socket: Recipient): void {
    this.channel = socket;
    this.request = null;
    this.keeper.keep(this);
  }

  /** The client was not let in: it hears why, and nothing is kept for it any more. */
  refuse(why: object, nsp = CHANNEL): void {
    this.request = null;
    this._packet({ type: PacketType.CONNECT_ERROR, nsp, data: why });
    this.leave();
  }

  /**
   * Writes bytes of `packet-bytes.ts`, one frame in one or more parts, behind everything that was sent before: `ws` keeps nothing back
   * (docs/adr/0006). Answers false for a connection that is over. Does not look at what waits already.
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

  /** Ends it for a client that may not read any more: a last frame, and after `patience` ms whatever it has not read is dropped. */
  hangUp(goodbye: Buffer, patience = 1_000): void {
    this.send(goodbye);
    this._disconnect();
    this.leave(patience);
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
    this.writeText(PACKET.ping);
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
    (this.socket as Wired)._receiver._mask = undefined; // or `ws` keeps all that came with this message until the next one
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

  /** Socket.IO sends an encoded packet, which its adapter may have made a frame of. */
  writeToEngine([text]: readonly [string], options?: { readonly wsPreEncodedFrame?: readonly Buffer[] }): void {
    if (!this.isOpen) return;
    if (options?.wsPreEncodedFrame) (this.socket as Wired)._sender.sendFrame(options.wsPreEncodedFrame);
    else this.writeText(PACKET.message + text);
  }

  /** Socket.IO ends everything of this client. */
  _disconnect(): void {
    (this.channel as Socket | null)?.disconnect();
    this.close();
  }

  /** Socket.IO's socket has ended, with its only channel: nothing is kept of it here that could go. */
  _remove(): void {}

  /** Closes it behind what was sent. A closing handshake would wait for 30 s for a client that does not answer, or read. */
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

  /** One channel, asked for once: each attempt costs a look at the database, and whoever left it is gone. */
  private isExpected(type: string | undefined): boolean {
    if (type === ASKED.disconnect) setImmediate(() => this.close()); // Socket.IO hears it in the turn between
    if (type !== ASKED.connect) return type === ASKED.event || type === ASKED.disconnect;
    const isFirst = !this.hasAsked;
    this.hasAsked = true;
    return isFirst;
  }
}

/** The line of a socket, past what Socket.IO does to each packet. */
export function connectionOf(socket: { readonly conn: Socket['conn'] }): SocketConnection {
  return socket.conn as unknown as SocketConnection;
}

/** The only channel ("namespace") there is. */
const CHANNEL = '/';
const encoder = new Encoder();
const decoder = new Decoder();
const decoded: Packet[] = [];
decoder.on('decoded', (packet: Packet) => decoded.push(packet));

/**
 * One packet of Socket.IO; nothing when it is none. One decoder for all: it only keeps something between two packets while binary data
 * are on their way, and no packet that announces those gets here.
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
