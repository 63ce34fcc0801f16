import { type Socket as TcpSocket } from 'node:net';
import { type Socket } from 'socket.io';

/** What `send` did: written to TCP at once, handed to engine.io behind what waits there, or nothing, because the socket is over. */
export type Sent = 'written' | 'queued' | 'gone';

/** A Socket.IO socket of the default namespace, of whatever events. */
export interface Recipient {
  readonly connected: boolean;
  readonly conn: Socket['conn'];
  disconnect(close: boolean): unknown;
}

/**
 * What is read of engine.io 6.6 and ws 8.21 beside their public API. All optional: where something is missing or other than
 * expected, packets go through engine.io, and outlet.spec.ts fails.
 */
interface Conn {
  readonly readyState: string;
  readonly upgrading?: boolean;
  /** Packets that wait for the transport, which takes one batch at a time. */
  readonly writeBuffer?: readonly { readonly data?: unknown }[];
  readonly transport: { readonly name: string; readonly readyState?: string; readonly socket?: WebSocket };
  write(text: string, options: { compress: boolean }): unknown;
}
interface WebSocket {
  readonly readyState: number;
  readonly bufferedAmount?: number;
  readonly _sender?: { readonly _state?: number; readonly _firstFragment?: boolean };
  readonly _socket?: TcpSocket | null;
  terminate?(): void;
}

const OPEN = 1;
/** The state of a ws sender that neither compresses nor reads a blob, and so has nothing queued. */
const SENDS_AT_ONCE = 0;

/** The packet of `socket.emit(name, payload)` as one complete WebSocket frame, for any number of sockets. The payload is plain JSON. */
export function encodeEvent(name: string, payload: unknown): Buffer {
  return toFrame(`42${JSON.stringify([name, payload])}`);
}

/** The packet of an ack as one complete WebSocket frame; `id` is the one that the request carried. */
export function encodeAck(id: number, answer: unknown): Buffer {
  return toFrame(`43${id}${JSON.stringify([answer])}`);
}

/**
 * Sends a packet made by `encodeEvent` or `encodeAck` in order with everything else that is sent to the socket. Past Socket.IO,
 * engine.io and ws where none of them holds anything back: see docs/adr/0006. Does not look at what waits already.
 */
export function send(socket: Recipient, frame: Buffer): Sent {
  const conn = socket.conn as unknown as Conn;
  if (!socket.connected || conn.readyState !== 'open') return 'gone';
  const tcp = findFreeTcp(conn);
  if (tcp) {
    tcp.write(frame);
    return 'written';
  }
  conn.write(toText(frame), { compress: false });
  return 'queued';
}

/** About how many bytes wait in this process for the socket to read: in TCP's queue, in ws and in engine.io. */
export function waitingBytes({ conn }: Pick<Recipient, 'conn'>): number {
  const { transport, writeBuffer = [] } = conn as unknown as Conn;
  let bytes = transport.socket?.bufferedAmount ?? 0;
  for (const { data } of writeBuffer) if (typeof data === 'string') bytes += data.length;
  return bytes;
}

/** Ends a connection whose client may not read any more: a last packet, and after `patience` ms whatever it has not read is dropped. */
export function hangUp(socket: Recipient, goodbye: Buffer, patience = 1_000): void {
  const { transport } = socket.conn as unknown as Conn;
  send(socket, goodbye);
  socket.disconnect(true);
  // A closing handshake would wait for 30 s behind what the client does not read.
  setTimeout(() => transport.socket?.terminate?.(), patience).unref();
}

/**
 * The TCP socket, when everything that was sent before is already in its queue: engine.io hands packets to ws in the same call in
 * which it takes them out of its buffer, and ws writes them at once unless it compresses, reads a blob or is within a fragmented message.
 */
function findFreeTcp({ transport, writeBuffer, upgrading }: Conn): TcpSocket | undefined {
  if (writeBuffer?.length !== 0 || upgrading !== false) return undefined;
  if (transport.name !== 'websocket' || transport.readyState !== 'open') return undefined;
  const { socket } = transport;
  if (socket?.readyState !== OPEN) return undefined;
  if (socket._sender?._state !== SENDS_AT_ONCE || socket._sender._firstFragment !== true) return undefined;
  return socket._socket?.writable ? socket._socket : undefined;
}

/** One final, unmasked, uncompressed text frame (RFC 6455, 5.2). */
function toFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const offset = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(offset + length);
  frame[0] = 0x81;
  frame[1] = offset === 2 ? length : offset === 4 ? 126 : 127;
  if (offset === 4) frame.writeUInt16BE(length, 2);
  if (offset === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.write(text, offset);
  return frame;
}

/** The packet without engine.io's type before it, as engine.io takes it. */
function toText(frame: Buffer): string {
  const [, length] = frame;
  return frame.toString('utf8', length === 127 ? 11 : length === 126 ? 5 : 3);
}
