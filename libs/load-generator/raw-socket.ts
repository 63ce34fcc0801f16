import { randomBytes } from 'node:crypto';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import { pongFrame } from './packets.js';

/** Enough of every message to recognise its kind; acks fit completely. */
const HEAD = 320;
/** Reading uses one shared buffer: an idle connection costs no memory for reading, and nothing is allocated per read. */
const READING = Buffer.allocUnsafeSlow(64 * 1024);

export interface RawSocketListener {
  /** One text message: bytes `start` to `end` of a buffer that is reused after the call. `end` is short of the whole for long ones. */
  onText(bytes: Buffer, start: number, end: number): void;
  /** The connection is closed, or was never open; `status` of a refused upgrade. Called once. */
  onEnd(reason: string, status?: number): void;
}

export interface RawSocketOptions {
  readonly url: string;
  /** The source address on this machine: each has 28,000 ports. */
  readonly localAddress?: string;
  /** Every message is delivered whole, instead of its first 320 bytes. */
  readonly whole?: boolean;
}

/** A WebSocket of one person, for tens of thousands in one process: no streams, no copies, no unneeded parsing. */
export class RawSocket {
  private readonly socket: Socket;
  /** Remaining bytes of the current message that are skipped. */
  private skip = 0;
  /** The beginning of an incomplete frame. */
  private rest: Buffer | null = null;
  private isOpen = false;
  private isOver = false;
  /** Reads only after `resume`, and then all available data: far cheaper than reading every message when it arrives. */
  isLazy = false;

  constructor(
    private readonly options: RawSocketOptions,
    private readonly listener: RawSocketListener,
  ) {
    this.socket = this.open(new URL(options.url));
    this.socket.setNoDelay(true);
    this.socket.on('error', (error: NodeJS.ErrnoException) => this.end(error.code ?? error.message));
    this.socket.on('close', () => this.end('closed'));
  }

  write(frame: Buffer): void {
    if (!this.isOver) this.socket.write(frame);
  }

  /** Closes it without notifying the listener. */
  destroy(): void {
    this.isOver = true;
    this.socket.destroy();
  }

  /** Stops reading, as a page that hangs does: for tests of slow readers. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  private open(url: URL): Socket {
    const isSecure = url.protocol === 'https:' || url.protocol === 'wss:';
    const { localAddress } = this.options;
    const to = { host: url.hostname, port: Number(url.port) || (isSecure ? 443 : 80), localAddress };
    if (isSecure) {
      const socket = connectSecure({ ...to, servername: url.hostname }, () => this.upgrade(url));
      return socket.on('data', (bytes: Buffer) => this.read(bytes, bytes.length));
    }
    const onread = {
      buffer: READING,
      callback: (size: number, bytes: Uint8Array) => {
        this.read(bytes as Buffer, size);
        return !this.isLazy;
      },
    };
    return connectPlain({ ...to, onread }, () => this.upgrade(url));
  }

  private upgrade({ host }: URL) {
    const key = randomBytes(16).toString('base64');
    this.socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\nUser-Agent: plenum-audience\r\n\r\n`,
      'latin1',
    );
  }

  private read(bytes: Buffer, size: number) {
    if (this.rest) {
      bytes = Buffer.concat([this.rest, bytes.subarray(0, size)]);
      size = bytes.length;
      this.rest = null;
    }
    let at = this.isOpen ? 0 : this.readUpgrade(bytes, size);
    if (this.skip > 0) {
      const step = Math.min(this.skip, size - at);
      this.skip -= step;
      at += step;
    }
    while (at < size && !this.isOver) at = this.readFrame(bytes, at, size);
  }

  /** Returns the offset of the first frame. */
  private readUpgrade(bytes: Buffer, size: number): number {
    const text = bytes.toString('latin1', 0, size);
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) return this.keep(bytes, 0, size);
    const status = Number(text.slice(9, 12));
    if (status !== 101) {
      this.end(`http ${status}`, status);
      this.socket.destroy();
      return size;
    }
    this.isOpen = true;
    return end + 4;
  }

  /** Processes one frame that begins at `at`; returns the offset of the next one. */
  private readFrame(bytes: Buffer, at: number, size: number): number {
    const short = size - at < 2 ? 0 : bytes[at + 1]! & 127;
    const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
    if (size - at < 2 || start > size) return this.keep(bytes, at, size);
    const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6);
    const end = start + (this.options.whole ? length : Math.min(length, HEAD));
    if (end > size) return this.keep(bytes, at, size);
    this.takeFrame(bytes[at]!, bytes, start, end);
    this.skip = Math.max(0, start + length - size);
    return start + length;
  }

  private takeFrame(firstByte: number, bytes: Buffer, start: number, end: number) {
    if (firstByte === 0x81) return this.listener.onText(bytes, start, end);
    const opcode = firstByte & 15;
    if (opcode === 8) {
      this.end(`websocket ${end - start >= 2 ? bytes.readUInt16BE(start) : 1005}`);
      this.socket.destroy();
    } else if (opcode === 9) this.write(pongFrame(Buffer.from(bytes.subarray(start, end))));
    else if (opcode !== 10) {
      this.end(`a frame that begins with 0x${firstByte.toString(16)}`);
      this.socket.destroy();
    }
  }

  /** Keeps an incomplete frame for the next read. */
  private keep(bytes: Buffer, at: number, size: number): number {
    this.rest = Buffer.from(bytes.subarray(at, size));
    return size;
  }

  private end(reason: string, status?: number) {
    if (this.isOver) return;
    this.isOver = true;
    this.listener.onEnd(reason, status);
  }
}
