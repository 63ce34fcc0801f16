import { Encoder, PacketType } from 'socket.io-parser';
import * as ws from 'ws';
import { encodeAck, encodeEvent, encodeSharedAck } from './packet-bytes.js';
import { SharedAnswer } from './shared-answer.js';

const payloads = [
  { scores: [['a', 1]] },
  'ä'.repeat(62),
  'x'.repeat(200),
  '🎈'.repeat(40_000),
  { text: '"\\\u2028\u0000' },
];

/** The encoding of a packet by Socket.IO, engine.io and ws. */
function sentBySocketIo(packet: object): Buffer {
  const [text] = new Encoder().encode({ nsp: '/', ...packet } as never) as [string];
  const options = { fin: true, opcode: 1, mask: false, readOnly: true, rsv1: false };
  const { Sender } = ws as unknown as { Sender: { frame(data: Buffer, options: object): Buffer[] } };
  return Buffer.concat(Sender.frame(Buffer.from(`4${text}`), options));
}

describe('an encoded packet', () => {
  it.each(payloads)('is to the byte what Socket.IO sends (%#)', (payload) => {
    const event = { type: PacketType.EVENT, data: ['session:frame', payload] };
    expect(encodeEvent('session:frame', payload).equals(sentBySocketIo(event))).toBe(true);
    const ack = { type: PacketType.ACK, id: 1207, data: [payload] };
    expect(encodeAck(1207, payload).equals(sentBySocketIo(ack))).toBe(true);
  });

  it.each(payloads)('is the same in parts of which one is shared (%#)', (payload) => {
    const answer = new SharedAnswer<{ n: number; rest: unknown }>(
      { n: 1 },
      'rest',
      Buffer.from(JSON.stringify(payload)),
    );
    const whole = { ok: true, data: { n: 1, rest: payload } };
    expect(Buffer.concat(encodeSharedAck(7, answer.parts())).equals(encodeAck(7, whole))).toBe(true);
  });
});
