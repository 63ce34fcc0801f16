import { Encoder as SocketIoEncoder, type Packet, PacketType } from 'socket.io-parser';
import { Decoder, Encoder } from './strict-parser.js';

const packets: Packet[] = [
  { type: PacketType.CONNECT, nsp: '/', data: { sid: 'a' } },
  { type: PacketType.DISCONNECT, nsp: '/' },
  { type: PacketType.CONNECT_ERROR, nsp: '/admin', data: { message: 'Invalid namespace' } },
  { type: PacketType.EVENT, nsp: '/', data: ['session:frame', { text: 'ä 🎈 "' }] },
  { type: PacketType.ACK, nsp: '/', id: 0, data: [{ ok: true }] },
  { type: PacketType.ACK, nsp: '/', id: Number.MAX_SAFE_INTEGER, data: [] },
];

describe('the encoder of packets', () => {
  it.each(packets)('writes what the encoder of Socket.IO writes (%#)', (packet) => {
    expect(new Encoder().encode(packet)).toEqual(new SocketIoEncoder().encode(packet));
  });
});

describe('the decoder of packets', () => {
  function decode(...data: unknown[]): Packet[] {
    const decoder = new Decoder();
    const decoded: Packet[] = [];
    decoder.on('decoded', (packet: Packet) => decoded.push(packet));
    for (const each of data) decoder.add(each);
    return decoded;
  }

  it('reads what clients send', () => {
    const read = decode('0{"token":"x"}', '27["session:join",{}]', '2["question:vote",{}]', '1');
    expect(read.map(({ type, id }) => [type, id])).toEqual([
      [PacketType.CONNECT, undefined],
      [PacketType.EVENT, 7],
      [PacketType.EVENT, undefined],
      [PacketType.DISCONNECT, undefined],
    ]);
  });

  it('adds the id of a request to its arguments', () => {
    expect(decode('27["session:join",{}]', '2["session:join",{}]').map(({ data }) => data as unknown)).toEqual([
      ['session:join', {}, 7],
      ['session:join', {}],
    ]);
  });

  it.each([
    ['binary data', Buffer.from('0')],
    ['nothing', undefined],
    ['an empty packet', ''],
    ['an ack', '37[]'],
    ['a CONNECT_ERROR', '4{}'],
    ['a binary event', '51-["x",{"_placeholder":true,"num":0}]'],
    ['a binary ack', '61-7[{"_placeholder":true,"num":0}]'],
    ['broken JSON', '2["x"'],
  ])('throws for %s (FEED-15)', (_, data) => {
    expect(() => decode(data)).toThrow();
  });

  it('throws for a second CONNECT, also of another namespace (FEED-15)', () => {
    expect(() => decode('0{}', '0{}')).toThrow('a second CONNECT');
    expect(() => decode('0/admin,{}', '0{}')).toThrow('a second CONNECT');
  });
});
