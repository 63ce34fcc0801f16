/** The packet of `socket.emit(name, payload)` as one complete WebSocket frame, for any number of sockets. The payload is plain JSON. */
export function encodeEvent(name: string, payload: unknown): Buffer {
  return toFrame(`42${JSON.stringify([name, payload])}`);
}

/** The packet of an ack as one complete WebSocket frame; `id` is the one that the request carried. */
export function encodeAck(id: number, answer: unknown): Buffer {
  return toFrame(`43${id}${JSON.stringify([answer])}`);
}

/** The packet of an ack in parts of which the largest is shared by many: that one is neither copied nor encoded again. */
export function encodeSharedAck(
  id: number,
  [before, shared, after]: readonly [before: string, shared: Buffer, after: string],
): Buffer[] {
  const end = Buffer.from(`${after}]`);
  return [toFrame(`43${id}[${before}`, shared.length + end.length), shared, end];
}

/** One final, unmasked, uncompressed text frame (RFC 6455, 5.2), or its beginning, when `rest` more bytes are written separately. */
export function toFrame(text: string, elsewhere = 0): Buffer {
  const own = Buffer.byteLength(text);
  const length = own + elsewhere;
  const offset = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(offset + own);
  frame[0] = 0x81;
  frame[1] = offset === 2 ? length : offset === 4 ? 126 : 127;
  if (offset === 4) frame.writeUInt16BE(length, 2);
  if (offset === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.write(text, offset);
  return frame;
}
