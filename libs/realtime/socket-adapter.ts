import { type IncomingMessage } from 'node:http';
import { type INestApplicationContext } from '@nestjs/common';
import { type MessageMappingProperties } from '@nestjs/websockets';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { type Server, type ServerOptions, type Socket } from 'socket.io';
import { type WireError } from '#libs/contract/errors';

/** What a connection presents when it opens. */
export interface Handshake {
  readonly token: unknown;
  readonly cookie: string | undefined;
  readonly request: IncomingMessage;
}

export interface SocketAdapterOptions<A> {
  /** The actor of a new connection; a rejection refuses it. Runs once, before any message is read. */
  readonly authenticate: (handshake: Handshake) => Promise<A>;
  /** Whether a page of this origin may connect: CORS does not cover WebSocket. */
  readonly isAllowedOrigin: (request: IncomingMessage) => boolean;
  /** The refusal as the client sees it, in `connect_error`'s data. */
  readonly toWireError: (error: unknown) => WireError;
}

const STOPPING = { code: 'busy', message: 'This node is stopping.', retryAfter: 1 } satisfies WireError;

type Ack = (answer: unknown) => void;
type Handler = (data: unknown, ack?: Ack) => Promise<unknown>;

/** Messages are small: a question is 500 characters. */
const MAX_MESSAGE_BYTES = 32 * 1024;

/** What is being answered when the hub stops gets this long, in ms; then this long to reach whoever asked. */
const PATIENCE = { answers: 5_000, goodbyes: 1_000 };

/**
 * Socket.IO as the hub uses it: WebSocket only, authenticated before the first message, every request answered. Without rxjs
 * streams per handler and without Socket.IO's recovery, which would skip authentication.
 */
export class SocketAdapter<A> extends IoAdapter {
  private readonly silenced = new WeakSet<Socket>();
  private readonly answering = new Set<Promise<unknown>>();
  private isClosing = false;

  constructor(
    app: INestApplicationContext,
    private readonly options: SocketAdapterOptions<A>,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, {
      ...options,
      transports: ['websocket'],
      serveClient: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      httpCompression: false,
      connectTimeout: 5_000,
      pingInterval: 20_000,
      pingTimeout: 20_000,
      allowRequest: (request: IncomingMessage, decide: (error: string | null, allowed: boolean) => void) =>
        decide(null, this.options.isAllowedOrigin(request)),
    } as unknown as ServerOptions);
    server.use((socket, next) => void this.authenticate(socket, next));
    return server;
  }

  /** Plain listeners instead of Nest's rxjs streams; what a handler answers goes to the ack. */
  override bindMessageHandlers(socket: Socket, handlers: MessageMappingProperties[]): void {
    this.answerUnknown(socket);
    for (const { message, callback } of handlers) {
      // Nest binds the handler behind its pipes and filters to the socket: it answers a promise.
      const handle = callback as Handler;
      socket.on(String(message), (...args: unknown[]) => {
        const ack = args.find((argument): argument is Ack => typeof argument === 'function');
        const [data] = typeof args[0] === 'function' ? [undefined] : args;
        if (this.isClosing) return ack?.({ ok: false, error: STOPPING });
        const answered = handle(data, ack)
          .then(
            (answer) => answer !== undefined && ack?.(answer),
            (error: unknown) => ack?.({ ok: false, error: this.options.toWireError(error) }),
          )
          .finally(() => this.answering.delete(answered));
        this.answering.add(answered);
      });
    }
  }

  /** Takes no more requests, answers those it took, and lets the answers and goodbyes leave before the sockets are cut. */
  override async close(server: Server): Promise<void> {
    this.isClosing = true;
    await within(PATIENCE.answers, Promise.allSettled(this.answering));
    const gone = [...server.sockets.sockets.values()].map(
      ({ conn }) => new Promise((resolve) => conn.once('close', resolve)),
    );
    server.local.disconnectSockets(true);
    await within(PATIENCE.goodbyes, Promise.all(gone));
    await super.close(server);
  }

  private async authenticate(socket: Socket, next: (error?: Error) => void) {
    const { auth, headers } = socket.handshake;
    try {
      const handshake = { token: auth.token as unknown, cookie: headers.cookie, request: socket.request };
      (socket.data as { actor: A }).actor = await this.options.authenticate(handshake);
      next();
    } catch (error) {
      const wire = this.options.toWireError(error);
      next(Object.assign(new Error(wire.code), { data: wire }));
    }
  }

  /** A message that nobody handles is refused like any other wrong request, once per socket and not once per gateway. */
  private answerUnknown(socket: Socket) {
    if (this.silenced.has(socket)) return;
    this.silenced.add(socket);
    socket.onAny((message: string, ...args: unknown[]) => {
      if (socket.listenerCount(message) > 0) return;
      const ack = args.find((argument): argument is Ack => typeof argument === 'function');
      ack?.({
        ok: false,
        error: { code: 'request.invalid', message: 'There is no such message.' } satisfies WireError,
      });
    });
  }
}

/** Waits for it, but not longer than so many ms. */
async function within(patience: number, done: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise((resolve) => (timer = setTimeout(resolve, patience)));
  await Promise.race([done, over]).finally(() => clearTimeout(timer));
}
