import { type Namespace, Socket } from 'socket.io';
import { type SocketConnection } from './socket-connection.js';

/** The channel's own event for whoever has left it. */
const LEFT = 'left';

/** What Socket.IO keeps of each handshake; nobody reads it once the client is known. */
const FORGOTTEN = Object.freeze({});
/** Answers of clients: this hub asks them nothing. */
const NO_ANSWERS = {
  get: () => undefined,
  set: () => {
    throw new Error('a client is asked nothing: what is sent to it wants no answer');
  },
};

/**
 * Socket.IO's socket of a client that was let in, without what is the same for all: the handshake, maps of answers and middlewares,
 * flags and listeners, which made up half of it.
 */
export class LeanSocket extends Socket {
  constructor(channel: Namespace, connection: SocketConnection, state: object) {
    super(channel as never, connection as never, FORGOTTEN);
    this.data = state;
    Object.assign(this, { _events: undefined, _eventsCount: 0 }); // of Node's EventEmitter, which makes it anew when needed
  }

  /** Lets it into its channel, and tells the client and whoever listens to the server. */
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

/** Tells about everybody who leaves: a listener for each socket would cost as much as all else that is kept of it. */
export function onLeft(channel: object, listener: (socket: never) => void): void {
  (channel as Namespace).on(LEFT as never, listener as never);
}

/** What the constructor of Socket.IO would set in each socket. */
const SHARED = { acks: NO_ANSWERS, fns: Object.freeze([]), flags: FORGOTTEN, recovered: false, handshake: FORGOTTEN };
for (const [name, value] of Object.entries(SHARED))
  Object.defineProperty(LeanSocket.prototype, name, { get: () => value, set: () => undefined });
Object.defineProperty(LeanSocket.prototype, 'buildHandshake', { value: () => FORGOTTEN });
