import { FEED_PROTOCOLS } from '#libs/domain/feed-protocols';

/** Any fixed mask will do (RFC 6455 asks for an unpredictable one to protect proxies); not zero, which servers skip unmasking for. */
const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

/** A masked WebSocket text frame of one client message (RFC 6455, section 5.2). */
export function clientFrame(text: string): Buffer {
  return maskedFrame(0x81, Buffer.from(text));
}

/** The response to a ping of the WebSocket protocol itself. */
export function pongFrame(payload: Buffer): Buffer {
  return maskedFrame(0x8a, payload);
}

function maskedFrame(firstByte: number, payload: Buffer): Buffer {
  const head = payload.length < 126 ? 6 : 8;
  if (payload.length > 0xffff) throw new Error('a client message has at most 64 KB');
  const frame = Buffer.allocUnsafeSlow(head + payload.length);
  frame[0] = firstByte;
  if (head === 6) frame[1] = 0x80 | payload.length;
  else {
    frame[1] = 0x80 | 126;
    frame.writeUInt16BE(payload.length, 2);
  }
  MASK.copy(frame, head - 4);
  for (let at = 0; at < payload.length; at++) frame[head + at] = payload[at]! ^ MASK[at & 3]!;
  return frame;
}

/** The response to Engine.IO's ping. */
export const PONG = clientFrame('3');
/** Engine.IO's message and Socket.IO's disconnect in one: a clean close. */
export const LEAVE = clientFrame('41');

/** Socket.IO's CONNECT with the client's credentials. */
export const connectFrame = (token: string) =>
  clientFrame(`40${JSON.stringify({ token, protocol: FEED_PROTOCOLS.newest })}`);

/** A request that wants an ack: Socket.IO's EVENT with an ack id. */
export function requestFrame(ack: number, name: string, payload: object): Buffer {
  return clientFrame(`42${ack}${JSON.stringify([name, payload])}`);
}

const VOTE_ACK_DIGITS = 8;
/** Ack ids of votes and ballots have eight digits, so that a frame is its template with other digits; smaller ids are other requests. */
export const FIRST_VOTE_ACK = 10 ** (VOTE_ACK_DIGITS - 1);

/** Frames of one vote or ballot that many people send, made by copying: encoding and masking happen once. */
export class WriteTemplate {
  private readonly frame: Buffer;
  /** The offset of the ack id's digits: after the frame's header and `42`. */
  private readonly digits: number;

  constructor(name: string, payload: object) {
    this.frame = requestFrame(FIRST_VOTE_ACK, name, payload);
    this.digits = (this.frame[1] === (0x80 | 126) ? 8 : 6) + 2;
  }

  /** A vote for one question, or its removal. */
  static ofVote(questionId: string, value: boolean): WriteTemplate {
    return new WriteTemplate('question:vote', { questionId, value });
  }

  /** A ballot for one option of a poll. */
  static ofBallot(pollId: string, optionId: string): WriteTemplate {
    return new WriteTemplate('poll:answer', { pollId, choices: [optionId] });
  }

  /** The frame of write number `number` (from 0, below 90 million). */
  of(number: number): Buffer {
    const frame = Buffer.allocUnsafe(this.frame.length);
    this.frame.copy(frame);
    let rest = FIRST_VOTE_ACK + number;
    for (let digit = VOTE_ACK_DIGITS - 1; digit >= 0; digit--) {
      frame[this.digits + digit] = (48 + (rest % 10)) ^ MASK[(2 + digit) & 3]!;
      rest = Math.floor(rest / 10);
    }
    return frame;
  }
}
