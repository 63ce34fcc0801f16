export interface FrameParts {
  readonly opcode: number;
  readonly fin?: boolean;
  /** The three reserved bits, RSV1 first, as a number from 0 to 7. */
  readonly reserved?: number;
  readonly isMasked?: boolean;
  readonly payload?: Buffer;
  /** The length in the header instead of the payload's real one. */
  readonly length?: bigint;
}

const MASK = Buffer.from([0x12, 0x34, 0x56, 0x78]);

/** One WebSocket frame (RFC 6455, 5.2), with the given errors. */
export function webSocketFrame(parts: FrameParts): Buffer {
  const { opcode, fin = true, reserved = 0, isMasked = true, payload = Buffer.alloc(0) } = parts;
  const length = parts.length ?? BigInt(payload.length);
  const first = (fin ? 0x80 : 0) | (reserved << 4) | opcode;
  const head = Buffer.from([first, (isMasked ? 0x80 : 0) | shortLength(length)]);
  const more = Buffer.alloc(length < 126n ? 0 : length < 65_536n ? 2 : 8);
  if (more.length === 2) more.writeUInt16BE(Number(length));
  if (more.length === 8) more.writeBigUInt64BE(length);
  const masked = isMasked ? payload.map((byte, at) => byte ^ MASK[at & 3]!) : payload;
  return Buffer.concat([head, more, ...(isMasked ? [MASK] : []), masked]);
}

/** A message cut into this many frames; those beyond its length are empty. */
export function fragments(text: string, count: number): Buffer {
  const bytes = Buffer.from(text);
  const size = Math.max(1, Math.ceil(bytes.length / count));
  return Buffer.concat(
    Array.from({ length: count }, (_, at) =>
      webSocketFrame({
        opcode: at === 0 ? 1 : 0,
        fin: at === count - 1,
        payload: bytes.subarray(at * size, (at + 1) * size),
      }),
    ),
  );
}

function shortLength(length: bigint): number {
  if (length < 126n) return Number(length);
  return length < 65_536n ? 126 : 127;
}

const text = (payload: Buffer | string, more: Partial<FrameParts> = {}) =>
  webSocketFrame({ opcode: 1, payload: Buffer.from(payload), ...more });
const close = (...payload: number[]) => webSocketFrame({ opcode: 8, payload: Buffer.from(payload) });

/** Violations of WebSocket's rules, by name; each closes its connection. */
export const VIOLATIONS: Readonly<Record<string, Buffer>> = {
  'RSV1 without compression': text('2', { reserved: 4 }),
  RSV2: text('2', { reserved: 2 }),
  RSV3: text('2', { reserved: 1 }),
  'opcode 3': webSocketFrame({ opcode: 3 }),
  'opcode 7': webSocketFrame({ opcode: 7 }),
  'opcode 11': webSocketFrame({ opcode: 11 }),
  'opcode 15': webSocketFrame({ opcode: 15 }),
  'no mask': text('42["x"]', { isMasked: false }),
  'invalid UTF-8': text(Buffer.from([0x34, 0x32, 0xc3, 0x28])),
  'half a surrogate in UTF-8': text(Buffer.from([0x34, 0xed, 0xa0, 0x80])),
  'overlong UTF-8': text(Buffer.from([0x34, 0xc0, 0xaf])),
  'a continuation of nothing': webSocketFrame({ opcode: 0, payload: Buffer.from('2') }),
  'a message inside another': Buffer.concat([text('4', { fin: false }), text('2')]),
  'a ping in fragments': webSocketFrame({ opcode: 9, fin: false }),
  'a ping of 126 bytes': webSocketFrame({ opcode: 9, payload: Buffer.alloc(126) }),
  'a close of one byte': close(3),
  'a close with code 999': close(3, 0xe7),
  'a close with code 1005': close(3, 0xed),
  'a close with broken words': close(3, 0xe8, 0xff),
  'a length beyond numbers': text('2', { length: 2n ** 63n }),
  'a length beyond 2^53': text('2', { length: 2n ** 53n + 1n }),
  'a length of a gigabyte': text('2', { length: 2n ** 30n }),
  'one byte above 32 KB': text(Buffer.alloc(32 * 1024 + 1, 0x34)),
  'binary data': webSocketFrame({ opcode: 2, payload: Buffer.from('42["x"]') }),
  'no WebSocket at all': Buffer.from('GET / HTTP/1.1\r\n\r\n'),
};
