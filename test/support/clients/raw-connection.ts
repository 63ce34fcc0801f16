import { WebSocket } from 'ws';
import { until } from '../until.js';

/** A connection of which the test writes every packet itself. */
export interface Line {
  readonly heard: string[];
  /** The close code. */
  readonly closed: Promise<number>;
  readonly socket: WebSocket;
  write(packet: string | Buffer): void;
  /** Waits for a packet that matches. */
  until(pattern: RegExp): Promise<string>;
}

/** Opens such connections; `close` terminates all that are left. They answer pings by default. */
export function lines() {
  const all: WebSocket[] = [];

  async function line(url: string, { answersPings = true } = {}): Promise<Line> {
    const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(address, { perMessageDeflate: false });
    const heard: string[] = [];
    all.push(socket);
    socket.on('error', () => undefined); // its close is enough
    socket.on('message', (data: Buffer) => {
      heard.push(data.toString());
      if (answersPings && heard.at(-1) === '2') socket.send('3');
    });
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    await until('the first packet', () => heard[0]?.startsWith('0'));
    return {
      heard,
      closed,
      socket,
      write: (packet) => socket.send(packet),
      until: (pattern) => until(String(pattern), () => heard.find((packet) => pattern.test(packet))),
    };
  }

  return { line, close: () => all.splice(0).forEach((socket) => socket.terminate()) };
}
