import { type Socket as TcpSocket } from 'node:net';
import { type MessageMappingProperties } from '@nestjs/websockets';
import { type Socket } from 'socket.io';

/** Engine.IO's socket of a connection. */
export type EngineSocket = Socket['conn'];
/** Handles a payload; the second argument is a function that sends the ack of a failure. */
type MessageHandler = MessageMappingProperties['callback'];

/** After its end a client has this many ms to read what was sent; then its unsent data is dropped. */
const PATIENCE = 1_000;

/**
 * What the hub keeps of one connection beside Socket.IO, and the fast lane of frames (docs/adr/0006): the TCP socket is Node's own, that of
 * the upgrade request, so complete WebSocket frames can be written behind what Socket.IO has written.
 */
export class SocketConnection {
  /** What `authenticate` returned; undefined before. */
  state: object | undefined;
  /** Nest's handlers, bound to this client, in the order of `SocketRequests`. */
  handlers: MessageHandler[] = [];
  /** The client's behaviour, see SocketRequests: pending requests, and refusals that are not forgiven, at a time. */
  unanswered = 0;
  refusals = 0;
  refusedAt = 0;
  private isResting = false;

  constructor(
    private readonly engineSocket: EngineSocket,
    readonly tcp: TcpSocket,
    /** Its address, as limits count it. */
    readonly address: string,
  ) {}

  get isOpen(): boolean {
    return this.engineSocket.readyState === 'open';
  }

  /** How many bytes are unsent because the client reads slowly. */
  get waiting(): number {
    return this.tcp.writableLength;
  }

  /**
   * Writes a frame of `packet-bytes.ts`, in one or more parts, after everything that was sent before. Returns false for a closed connection.
   * Does not check the amount of unsent data.
   */
  send(frame: Buffer | readonly Buffer[]): boolean {
    const { tcp } = this;
    if (!this.isOpen || !tcp.writable) return false;
    if (Buffer.isBuffer(frame)) tcp.write(frame);
    else {
      tcp.cork();
      for (const part of frame) tcp.write(part);
      tcp.uncork();
    }
    return true;
  }

  /** Pauses reading for this many ms: further data of the client fill its own buffers. */
  rest(ms: number): void {
    if (this.isResting || !this.isOpen) return;
    this.isResting = true;
    this.tcp.pause();
    setTimeout(() => {
      this.isResting = false;
      this.tcp.resume();
    }, ms).unref();
  }

  close(): void {
    this.engineSocket.close();
  }

  /** Resolves when the TCP connection has ended. */
  untilGone(): Promise<void> {
    return new Promise((resolve) => (this.tcp.destroyed ? resolve() : this.tcp.once('close', () => resolve())));
  }

  /** It has closed: a client that does not read would keep its TCP connection, and what is unsent, for half a minute. */
  leave(patience = PATIENCE): void {
    if (!this.tcp.destroyed) setTimeout(() => this.cut(), patience).unref();
  }

  cut(): void {
    this.tcp.destroy();
  }
}

/** The connection of an admitted socket. */
export function connectionOf(socket: { readonly data: object }): SocketConnection {
  return (socket.data as { connection: SocketConnection }).connection;
}
