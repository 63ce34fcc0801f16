import { type Namespace, Socket } from 'socket.io';
import { type SocketConnection } from './socket-connection.js';

/** The namespace's own event for a socket that has left it. */
const LEFT = 'left';

/** What Socket.IO stores of each handshake; it is not used once the client is known. */
const FORGOTTEN = Object.freeze({});
/** Pending acks of clients: this hub sends them no requests. */
const NO_ANSWERS = {
  get: () => undefined,
  set: () => {
    throw new Error('a client is asked nothing: what is sent to it wants no answer');
  },
};

/**
 * Socket.IO's socket of an admitted client, without the fields that are the same for all: the handshake, maps of acks and middlewares,
 * flags and listeners, which made up half of its memory.
 */
export class LeanSocket extends Socket {
  constructor(channel: Namespace, connection: SocketConnection, state: object) {
    super(channel as never, connection as never, FORGOTTEN);
    this.data = state;
    Object.assign(this, { _events: undefined, _eventsCount: 0 }); // of Node's EventEmitter, which recreates it when needed
  }

  /** Adds it to its namespace, and notifies the client and the server's listeners. */
  enter(): void {
    (this.nsp as unknown as { _doConnect(socket: Socket): void })._doConnect(this);
  }

  override _onclose(...why: Parameters<Socket['_onclose']>): this | undefined {
    const wasConnected = this.connected;
    super._onclose(...why);
    if (wasConnected) this.nsp.listeners(LEFT as never).forEach((tell: (socket: Socket) => void) => tell(this));
    return this;
  }
}

/** Called for all sockets that leave: a listener for each socket would cost as much as the rest of it. */
export function onLeft(channel: object, listener: (socket: never) => void): void {
  (channel as Namespace).on(LEFT as never, listener as never);
}

/** The fields that the constructor of Socket.IO would set in each socket. */
const SHARED = { acks: NO_ANSWERS, fns: Object.freeze([]), flags: FORGOTTEN, recovered: false, handshake: FORGOTTEN };
for (const [name, value] of Object.entries(SHARED))
  Object.defineProperty(LeanSocket.prototype, name, { get: () => value, set: () => undefined });
Object.defineProperty(LeanSocket.prototype, 'buildHandshake', { value: () => FORGOTTEN });
