import { type Socket as TcpSocket } from 'node:net';
import { WebSocket } from 'ws';
import { type Ack } from '#libs/contract/socket';
import { webSocketFrame } from './web-socket-frames.js';

export type Heard = Ack<unknown> | 'ended' | 'silence';

/** A connection that waits longer than this for an ack or a close was forgotten. */
const PATIENCE = 15_000;
/** Reasons for which a node closes a connection that did nothing wrong itself: a moderator of the fuzz banned its actor. */
const SENT_AWAY = /"reason":"(banned|signed_out)"/;

/** A connection that signed in properly, and over which arbitrary data are written afterwards. */
export class AttackerLine {
  isEnded = false;
  /** Whether it was closed because of another client. */
  isSentAway = false;
  private nextAck = 0;
  private readonly waiting = new Map<number, (heard: Heard) => void>();
  private readonly ends: (() => void)[] = [];

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.hear(data.toString()));
    socket.on('close', () => this.end());
  }

  /** Opens one; null when this actor is not admitted any more. */
  static async open(url: string, token: string): Promise<AttackerLine | null> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
    });
    socket.on('error', () => undefined); // its close is enough
    const isIn = await new Promise<boolean>((resolve) => {
      socket.on('close', () => resolve(false));
      socket.on('message', (data: Buffer) => {
        const packet = data.toString();
        if (packet.startsWith('0')) socket.send(`40${JSON.stringify({ token })}`);
        if (packet.startsWith('40')) resolve(true);
        if (packet.startsWith('44')) resolve(false);
      });
    });
    if (isIn) return new AttackerLine(socket.removeAllListeners('message'));
    socket.terminate();
    return null;
  }

  /** An ack id that is free. */
  ack(): number {
    return (this.nextAck += 1);
  }

  write(packet: string): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(packet);
  }

  /** Writes bytes directly, because the client's WebSocket would refuse to send most of this. */
  writeBytes(bytes: Buffer): void {
    if (this.socket.readyState === WebSocket.OPEN)
      (this.socket as unknown as { _socket: TcpSocket })._socket.write(bytes);
  }

  answerTo(ack: number): Promise<Heard> {
    if (this.isEnded) return Promise.resolve('ended');
    return patiently((resolve) => this.waiting.set(ack, resolve)).finally(() => this.waiting.delete(ack));
  }

  ended(): Promise<Heard> {
    if (this.isEnded) return Promise.resolve('ended');
    return patiently((resolve) => this.ends.push(() => resolve('ended')));
  }

  close(): void {
    this.socket.terminate();
  }

  private hear(packet: string) {
    if (packet === '2') return this.writeBytes(webSocketFrame({ opcode: 1, payload: Buffer.from('3') }));
    if (packet.startsWith('42["connection:closing"')) this.isSentAway ||= SENT_AWAY.test(packet);
    const [head, ack] = /^43(\d+)/.exec(packet) ?? [];
    if (head === undefined) return;
    const [answer] = JSON.parse(packet.slice(head.length)) as [Ack<unknown>];
    this.waiting.get(Number(ack))?.(answer);
  }

  private end() {
    this.isEnded = true;
    for (const resolve of this.waiting.values()) resolve('ended');
    for (const resolve of this.ends) resolve();
  }
}

async function patiently(wait: (resolve: (heard: Heard) => void) => void): Promise<Heard> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<Heard>((resolve) => (timer = setTimeout(() => resolve('silence'), PATIENCE)));
  return Promise.race([new Promise<Heard>(wait), silence]).finally(() => clearTimeout(timer));
}
