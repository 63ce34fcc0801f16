import { type ServerOptions, WebSocket, WebSocketServer } from 'ws';

/**
 * A WebSocket that counts a message as sent when it is in the queue of its TCP socket. Otherwise Engine.IO keeps further packets in a queue
 * of its own until the kernel has taken the previous one: nothing would show how much a slow client has not read yet, and a frame that is
 * written to TCP would arrive before an ack that was sent earlier.
 */
class ImmediateWebSocket extends WebSocket {
  override send(...args: unknown[]): void {
    const [data, sent] = args;
    if (this.readyState !== WebSocket.OPEN || typeof sent !== 'function') return super.send(...(args as [string]));
    super.send(data as string);
    (sent as () => void)();
  }
}

/** The server of such WebSockets, for Engine.IO's option `wsEngine`. */
export class ImmediateWebSocketServer extends WebSocketServer {
  constructor(options: ServerOptions) {
    super({ ...options, WebSocket: ImmediateWebSocket });
  }
}
