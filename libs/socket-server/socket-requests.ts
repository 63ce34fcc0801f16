import { type Socket } from 'socket.io';
import { type WireError } from '#libs/contract/errors';
import { SharedAnswer } from './shared-answer.js';
import { encodeAck, encodeSharedAck } from './packet-bytes.js';
import { connectionOf, type SocketConnection } from './socket-connection.js';

export interface SocketRequestsOptions {
  /** Handles one request: returns the whole ack, or undefined where there is none. */
  readonly answer: (socket: Socket, message: string, payload: unknown) => Promise<unknown>;
  /** A failure as it is sent to the client. */
  readonly toWireError: (error: unknown, message: string) => WireError;
  /** Called when a connection is closed because it floods; returns for how many ms its client must stay away. */
  readonly onFlooding: (socket: Socket) => number;
  /** Called with the duration of each request, in ms. */
  readonly observe?: (message: string, milliseconds: number) => void;
}

/** A packet of Socket.IO: the message's name and its arguments; `id` when an ack is requested. */
interface EventPacket {
  readonly id?: number;
  /** Socket.IO accepts a packet without any, which even its own client never sends. */
  readonly data?: readonly unknown[];
}

/** A client has a handful of requests pending at once; further ones are refused. */
const UNANSWERED_AT_MOST = 64;
/**
 * A client that respects `retryAfter` has next to no refusals. One with more than this many is read more slowly, with a pause of this
 * many ms after each refusal; one that continues is closed. This many a second are forgiven.
 */
const FLOODING = { slowedAfter: 50, rest: 100, closedAfter: 200, forgiven: 5 };
/** A client that sends requests without reading the acks is closed when this many bytes are unsent. */
const WAITING_AT_MOST = 1024 * 1024;

const STOPPING = { code: 'busy', message: 'This node is stopping.', retryAfter: 1 } satisfies WireError;
const TOO_MANY = {
  code: 'busy',
  message: 'Too many requests are pending on this connection.',
  retryAfter: 1,
} satisfies WireError;

/**
 * Takes the requests of all sockets: nothing is bound to a socket, every request gets its ack, and one socket can neither pile up work
 * nor continue after many refusals.
 */
export class SocketRequests {
  private readonly answering = new Set<Promise<void>>();
  private isClosed = false;
  readonly counters = { requests: 0, flooding: 0, slow: 0 };
  private readonly onevent: (packet: EventPacket) => void;

  constructor(private readonly options: SocketRequestsOptions) {
    const take = (socket: Socket, packet: EventPacket) => this.take(socket, packet);
    this.onevent = function (this: unknown, packet) {
      take(this as Socket, packet);
    };
  }

  /** How many are pending. */
  get underWay(): number {
    return this.answering.size;
  }

  /** Takes the requests of a socket instead of Socket.IO's listeners, of which each would cost a closure per socket. */
  listenTo(socket: Socket): void {
    (socket as unknown as { onevent: (packet: EventPacket) => void }).onevent = this.onevent;
  }

  /** Refuses requests from now on; resolves when all accepted ones are acknowledged. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all(this.answering);
  }

  private take(socket: Socket, { id, data }: EventPacket) {
    const connection = connectionOf(socket);
    if (!data) return connection.cut('parse error');
    const [message, payload] = data;
    const name = String(message);
    if (this.isClosed) return this.refuse(socket, id, STOPPING);
    if (connection.waiting > WAITING_AT_MOST) return this.cutSlow(connection);
    if (connection.unanswered >= UNANSWERED_AT_MOST) return this.refuse(socket, id, TOO_MANY);
    this.counters.requests++;
    connection.unanswered++;
    const answered = this.answer(socket, id, name, payload);
    this.answering.add(answered);
    void answered.then(() => this.answering.delete(answered));
  }

  private async answer(socket: Socket, id: number | undefined, name: string, payload: unknown) {
    const began = performance.now();
    try {
      const answer = await this.options.answer(socket, name, payload);
      if (id !== undefined && answer !== undefined) reply(socket, id, answer);
    } catch (error) {
      this.refuse(socket, id, this.options.toWireError(error, name));
    }
    connectionOf(socket).unanswered--;
    this.options.observe?.(name, performance.now() - began);
  }

  private refuse(socket: Socket, id: number | undefined, error: WireError) {
    if (id !== undefined) reply(socket, id, { ok: false, error });
    if (error.code === 'rate.limited' || error === TOO_MANY) this.countRefusal(socket);
  }

  private countRefusal(socket: Socket) {
    const connection = connectionOf(socket);
    const now = performance.now();
    const forgiven = ((now - connection.refusedAt) / 1_000) * FLOODING.forgiven;
    connection.refusals = Math.max(0, connection.refusals - forgiven) + 1;
    connection.refusedAt = now;
    if (connection.refusals > FLOODING.closedAfter && socket.connected) this.sendAway(socket);
    else if (connection.refusals > FLOODING.slowedAfter) connection.rest(FLOODING.rest);
  }

  private sendAway(socket: Socket) {
    this.counters.flooding++;
    socket.emit('connection:closing', { reason: 'flooding', reconnectAfter: this.options.onFlooding(socket) });
    socket.disconnect(true);
  }

  private cutSlow(connection: SocketConnection) {
    this.counters.slow++;
    connection.cut('slow');
  }
}

/** Writes an ack; Socket.IO would search all of it for binary data first. */
function reply(socket: Socket, id: number, answer: unknown) {
  connectionOf(socket).send(
    answer instanceof SharedAnswer ? encodeSharedAck(id, answer.parts()) : encodeAck(id, answer),
  );
}
