/** The kind of a server message, read from its first bytes (Engine.IO 4 and Socket.IO 5 packets as text). */
export type MessageKind = 'opened' | 'connected' | 'refused' | 'ended' | 'ping' | 'ack' | 'frame' | 'closing' | 'other';

const [ZERO, ONE, TWO, THREE, FOUR, NINE] = [48, 49, 50, 51, 52, 57];

/** The kind of the message in bytes `start` to `end`. */
export function kindOf(bytes: Buffer, start: number, end: number): MessageKind {
  switch (bytes[start]) {
    case FOUR:
      return kindOfPacket(bytes, start + 1, end);
    case TWO:
      return 'ping';
    case ZERO:
      return 'opened';
    case ONE:
      return 'ended';
    default:
      return 'other';
  }
}

function kindOfPacket(bytes: Buffer, start: number, end: number): MessageKind {
  switch (bytes[start]) {
    case TWO:
      return kindOfEvent(bytes, start, end);
    case THREE:
      return 'ack';
    case ZERO:
      return 'connected';
    case FOUR:
      return 'refused';
    case ONE:
      return 'ended';
    default:
      return 'other';
  }
}

/** Events are distinguished by their first letter: `session:frame`, `connection:closing`, `actor:notice`. */
function kindOfEvent(bytes: Buffer, start: number, end: number): MessageKind {
  if (end - start < 4) return 'other';
  const letter = bytes[start + 3];
  return letter === 0x73 ? 'frame' : letter === 0x63 ? 'closing' : 'other';
}

/** The whole number that begins at `at`; 0 where none does. */
function numberAt(bytes: Buffer, at: number, end: number): number {
  let value = 0;
  for (let digit = bytes[at]!; at < end && digit >= ZERO && digit <= NINE; digit = bytes[++at]!)
    value = value * 10 + digit - ZERO;
  return value;
}

/** The ack id of an ack (`43<id>[…]`). */
export const ackOf = (bytes: Buffer, start: number, end: number) => numberAt(bytes, start + 2, end);

const FROM_AT = '42["session:frame",{"sessionId":"'.length + 36 + '","from":'.length;
const FROM = Buffer.from('"from":');
const VERSION = Buffer.from('"version":');
/** A frame's sessionId, from and version come first, so that they are in the first bytes. */
const WITHIN = 200;

/** The `from` version of a frame. */
export function fromOf(bytes: Buffer, start: number, end: number): number {
  const isUsual = bytes[start + FROM_AT - 1] === 0x3a && bytes[start + FROM_AT - 2] === 0x22;
  return isUsual ? numberAt(bytes, start + FROM_AT, end) : after(bytes, FROM, start, end);
}

/** The version of a frame or of an ack; -1 where there is none near the beginning. */
export const versionOf = (bytes: Buffer, start: number, end: number) => after(bytes, VERSION, start, end);

/** The epoch in the ack of a join; undefined where there is none near the beginning. */
export function epochOf(bytes: Buffer, start: number, end: number): string | undefined {
  return /"epoch":"(\w*)"/.exec(bytes.toString('latin1', start, Math.min(end, start + WITHIN)))?.[1];
}

function after(bytes: Buffer, name: Buffer, start: number, end: number): number {
  const at = bytes.indexOf(name, start);
  return at < 0 || at > Math.min(end, start + WITHIN) ? -1 : numberAt(bytes, at + name.length, end);
}
