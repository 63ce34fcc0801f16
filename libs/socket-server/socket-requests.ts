import { type MessageMappingProperties } from '@nestjs/websockets';
import { lastValueFrom, type Observable } from 'rxjs';
import { type Socket } from 'socket.io';
import { type WireError } from '#libs/contract/errors';
import { encodeSharedAck } from './packet-bytes.js';
import { SharedAnswer } from './shared-answer.js';
import { connectionOf, type SocketConnection } from './socket-connection.js';

/** Handles a message without Nest's pipeline; resolves to the data of its ack. */
export type DirectHandler = (socket: Socket, payload: unknown) => Promise<unknown>;

export interface SocketRequestsOptions {
  /** The few messages that are handled directly. */
  readonly direct: { get(message: string): DirectHandler | undefined };
  /** An error as it is sent to the client. */
  readonly toWireError: (error: unknown, message: string) => WireError;
  /** Called when a connection is closed because it floods; returns for how many ms its client must stay away. */
  readonly onFlooding: (socket: Socket) => number;
  /** Called with the duration of each request, in ms. */
  readonly observe?: (message: string, milliseconds: number) => void;
}

/** The message of the handler for all messages that have none: it only refuses, after guards and limits. */
export const ANY_OTHER_MESSAGE = '*';

type Transform = (result: unknown) => Observable<unknown>;
type Ack = (answer: unknown) => void;

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
 * Takes the requests of all sockets and gives them to Nest's handlers: every request gets its ack, and one socket can neither pile up work
 * nor continue after many refusals.
 */
export class SocketRequests {
  private readonly answering = new Set<Promise<void>>();
  private isClosed = false;
  readonly counters = { requests: 0, flooding: 0, slow: 0 };
  /** The place of each message's handler in `SocketConnection.handlers`: the same for all, so that no connection needs a map. */
  private readonly places = new Map<string, number>();

  /** Nest's: makes an Observable of what a handler returns. */
  private transform: Transform = () => {
    throw new Error('there are no handlers');
  };

  constructor(private readonly options: SocketRequestsOptions) {}

  /** How many are pending. */
  get underWay(): number {
    return this.answering.size;
  }

  /** Keeps the handlers of one gateway for a socket. */
  add(socket: Socket, handlers: readonly MessageMappingProperties[], transform: Transform): void {
    this.transform = transform;
    const connection = connectionOf(socket);
    if (connection.handlers.length === 0) connection.handlers = new Array<never>(this.places.size); // of just this size
    for (const { message, callback } of handlers) connection.handlers[this.placeOf(message as string)] = callback;
  }

  /** Takes the requests of a socket from now on. */
  listenTo(socket: Socket): void {
    socket.onAny((...packet: unknown[]) => this.take(socket, packet));
  }

  /** Refuses requests from now on; resolves when all accepted ones are acknowledged. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all(this.answering);
  }

  private placeOf(message: string): number {
    const place = this.places.get(message) ?? this.places.size;
    this.places.set(message, place);
    return place;
  }

  /** A packet: the message's name, its arguments, and where an ack is requested its id and a function that sends it. */
  private take(socket: Socket, packet: readonly unknown[]) {
    const connection = connectionOf(socket);
    const ack = ackOf(packet, connection);
    const [message, payload] = ack ? packet.slice(0, -2) : packet;
    if (typeof message !== 'string' && typeof message !== 'number') return connection.close();
    if (this.isClosed) return this.refuse(socket, ack, STOPPING);
    if (connection.waiting > WAITING_AT_MOST) return this.cutSlow(connection);
    if (connection.unanswered >= UNANSWERED_AT_MOST) return this.refuse(socket, ack, TOO_MANY);
    this.counters.requests++;
    connection.unanswered++;
    const answered = this.answer(socket, String(message), payload, ack);
    this.answering.add(answered);
    void answered.then(() => this.answering.delete(answered));
  }

  private async answer(socket: Socket, message: string, payload: unknown, ack: Ack | undefined) {
    const began = performance.now();
    const connection = connectionOf(socket);
    const reply = (answer: unknown) => {
      ack?.(answer);
      this.noteRefusal(socket, answer);
    };
    const direct = this.options.direct.get(message);
    if (direct) reply(await this.answerDirectly(direct, socket, message, payload));
    else await this.giveToNest(connection, message, payload, reply);
    connection.unanswered--;
    this.options.observe?.(message, performance.now() - began);
  }

  private async answerDirectly(handle: DirectHandler, socket: Socket, message: string, payload: unknown) {
    try {
      return { ok: true, data: await handle(socket, payload) };
    } catch (error) {
      return { ok: false, error: this.options.toWireError(error, message) };
    }
  }

  /** Nest's exception filter replies to a failed request itself: then there is no answer. */
  private async giveToNest({ handlers }: SocketConnection, message: string, payload: unknown, reply: Ack) {
    const place = this.places.get(message) ?? this.places.get(ANY_OTHER_MESSAGE) ?? -1;
    const answer = await lastValueFrom(this.transform(handlers[place]?.(payload, reply)), { defaultValue: undefined });
    if (answer !== undefined) reply(answer);
  }

  private refuse(socket: Socket, ack: Ack | undefined, error: WireError) {
    ack?.({ ok: false, error });
    if (error === TOO_MANY) this.countRefusal(socket);
  }

  private noteRefusal(socket: Socket, answer: unknown) {
    const { error } = answer as { readonly error?: WireError };
    if (error?.code === 'rate.limited') this.countRefusal(socket);
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
    connection.cut();
  }
}

/** Socket.IO's function for the ack, but for an answer with a shared part, which is written without being copied. */
function ackOf(packet: readonly unknown[], connection: SocketConnection): Ack | undefined {
  const [id, ack] = packet.slice(-2);
  if (typeof ack !== 'function') return undefined;
  return (answer) => {
    if (answer instanceof SharedAnswer) connection.send(encodeSharedAck(id as number, answer.parts()));
    else (ack as Ack)(answer);
  };
}
