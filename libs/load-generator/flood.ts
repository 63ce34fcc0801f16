import { randomUUID } from 'node:crypto';
import { ackOf, kindOf } from './message.js';
import { clientFrame, connectFrame, PONG, requestFrame } from './packets.js';
import { RawSocket } from './raw-socket.js';

export interface FloodOptions {
  readonly url: string;
  readonly sessionId: string;
  readonly questionIds: readonly string[];
  /** One hostile connection each. */
  readonly tokens: readonly string[];
  /** Messages a second of all of them together. */
  readonly perSecond: number;
  readonly localAddress?: string;
}

/** The result of the flood. `kept`: messages for which there was no open connection. */
export interface FloodReport {
  readonly sent: number;
  readonly kept: number;
  readonly accepted: number;
  readonly refused: number;
  readonly ended: Readonly<Record<string, number>>;
}

/** Ms between two rounds of messages, and until a lost connection is retried, regardless of the hub's `reconnectAfter`. */
const ROUND = 20;
const AGAIN = 500;

/** Hostile connections: they send what costs a hub most, wait for nothing, and reconnect at once. For benchmarks on loopback. */
export class Flood {
  private readonly sockets: (RawSocket | null)[];
  private readonly counts = { sent: 0, kept: 0, accepted: 0, refused: 0 };
  private readonly ended: Record<string, number> = {};
  private readonly timers = new Set<NodeJS.Timeout>();
  private sending: NodeJS.Timeout | undefined;
  private due = 0;
  private next = 0;

  constructor(private readonly options: FloodOptions) {
    this.sockets = options.tokens.map(() => null);
  }

  /** Connects and begins. */
  start(): this {
    this.sockets.forEach((_, at) => this.connect(at));
    this.sending = setInterval(() => this.round(), ROUND);
    return this;
  }

  /** Disconnects, and returns the result. */
  stop(): FloodReport {
    clearInterval(this.sending);
    for (const timer of this.timers) clearTimeout(timer);
    for (const socket of this.sockets.splice(0)) socket?.destroy();
    return { ...this.counts, ended: this.ended };
  }

  private connect(at: number) {
    const { url, localAddress, tokens } = this.options;
    const socket: RawSocket = new RawSocket(
      { url, localAddress },
      {
        onText: (bytes, start, end) => {
          const kind = kindOf(bytes, start, end);
          if (kind === 'opened') socket.write(connectFrame(tokens[at]!));
          else if (kind === 'connected') this.sockets[at] = socket;
          else if (kind === 'ping') socket.write(PONG);
          else if (kind === 'ack' && ackOf(bytes, start, end) >= 0)
            this.count(bytes.subarray(start, end).includes('"ok":true'));
          else if (kind === 'refused') this.lost(at, 'refused', socket);
        },
        onEnd: (reason) => this.lost(at, reason, socket),
      },
    );
  }

  private count(isAccepted: boolean) {
    this.counts[isAccepted ? 'accepted' : 'refused']++;
  }

  private lost(at: number, reason: string, socket: RawSocket) {
    socket.destroy();
    this.ended[reason] = (this.ended[reason] ?? 0) + 1;
    this.sockets[at] = null;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.connect(at);
    }, AGAIN);
    this.timers.add(timer);
  }

  private round() {
    this.due += (this.options.perSecond * ROUND) / 1_000;
    for (; this.due >= 1; this.due--) {
      const number = this.next++;
      const socket = this.sockets[number % this.sockets.length];
      this.counts[socket ? 'sent' : 'kept']++;
      socket?.write(this.message(number));
    }
  }

  /** Votes, joins, questions, and invalid requests. */
  private message(number: number): Buffer {
    const { sessionId, questionIds } = this.options;
    const ack = number % 1_000;
    const turn = Math.floor(number / this.sockets.length) % 10;
    const questionId = questionIds[number % questionIds.length];
    if (turn < 4) return requestFrame(ack, 'question:vote', { questionId, value: turn % 2 === 0 });
    if (turn < 6) return requestFrame(ack, 'session:join', { sessionId, since: turn === 4 ? 0 : 1 });
    if (turn === 6) return requestFrame(ack, 'question:ask', { id: randomUUID(), sessionId, text: `Flood ${number}?`, anonymous: false }); // prettier-ignore
    if (turn === 7) return requestFrame(ack, 'question:moderate', { questionId, action: 'hide' });
    if (turn === 8) return clientFrame(`42${ack}["no:such",{}]`);
    return requestFrame(ack, 'poll:answer', { pollId: 7 });
  }
}
