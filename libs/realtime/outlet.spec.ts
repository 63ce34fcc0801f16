import { Encoder, PacketType } from 'socket.io-parser';
import * as ws from 'ws';
import { encodeAck, encodeEvent, type Recipient, send, waitingBytes } from './outlet.js';

const payloads = [
  { scores: [['a', 1]] },
  'ä'.repeat(62),
  'x'.repeat(200),
  '🎈'.repeat(40_000),
  { text: '"\\\u2028\u0000' },
];

/** What Socket.IO, engine.io and ws make of a packet. */
function sentBySocketIo(packet: object): Buffer {
  const [text] = new Encoder().encode({ nsp: '/', ...packet } as never) as [string];
  const options = { fin: true, opcode: 1, mask: false, readOnly: true, rsv1: false };
  const { Sender } = ws as unknown as { Sender: { frame(data: Buffer, options: object): Buffer[] } };
  return Buffer.concat(Sender.frame(Buffer.from(`4${text}`), options));
}

/** A connection that is open and has nothing waiting, but for what is said. */
function recipient({ conn = {}, transport = {}, socket = {}, sender = {}, tcp = {}, connected = true } = {}) {
  const [written, queued] = [[] as Buffer[], [] as string[]];
  const webSocket = {
    readyState: 1,
    bufferedAmount: 0,
    _sender: { _state: 0, _firstFragment: true, ...sender },
    _socket: { writable: true, write: (frame: Buffer) => written.push(frame), ...tcp },
    ...socket,
  };
  const line = {
    readyState: 'open',
    upgrading: false,
    writeBuffer: [],
    transport: { name: 'websocket', readyState: 'open', socket: webSocket, ...transport },
    write: (text: string) => queued.push(text),
    ...conn,
  };
  return { socket: { connected, conn: line } as unknown as Recipient, written, queued };
}

describe('an encoded packet', () => {
  it.each(payloads)('is to the byte what Socket.IO sends (%#)', (payload) => {
    const event = { type: PacketType.EVENT, data: ['session:frame', payload] };
    expect(encodeEvent('session:frame', payload).equals(sentBySocketIo(event))).toBe(true);
    const ack = { type: PacketType.ACK, id: 1207, data: [payload] };
    expect(encodeAck(1207, payload).equals(sentBySocketIo(ack))).toBe(true);
  });

  it.each(payloads)('goes through engine.io as the same text where it must (%#)', (payload) => {
    const { socket, queued } = recipient({ conn: { writeBuffer: [{ data: 'before' }] } });
    expect(send(socket, encodeEvent('a', payload))).toBe('queued');
    expect(queued).toEqual([`2${JSON.stringify(['a', payload])}`]);
  });
});

describe('sending', () => {
  const packet = encodeEvent('a', {});

  it('writes to TCP when everything before has gone there', () => {
    const { socket, written, queued } = recipient();
    expect(send(socket, packet)).toBe('written');
    expect([written, queued]).toEqual([[packet], []]);
  });

  it.each([
    ['packets wait in engine.io', { conn: { writeBuffer: [{ data: 'x' }] } }],
    ['the transport is being changed', { conn: { upgrading: true } }],
    ['the transport is no WebSocket', { transport: { name: 'polling' } }],
    ['the transport closes', { transport: { readyState: 'closing' } }],
    ['the WebSocket closes', { socket: { readyState: 2 } }],
    ['ws compresses or reads a blob', { sender: { _state: 1 } }],
    ['ws is within a fragmented message', { sender: { _firstFragment: false } }],
    ['the TCP socket ends', { tcp: { writable: false } }],
    ['engine.io is another than expected', { conn: { writeBuffer: undefined } }],
    ['ws is another than expected', { socket: { _sender: undefined } }],
    ['ws has no TCP socket', { socket: { _socket: null } }],
  ])('leaves the order to engine.io when %s', (_, state) => {
    const { socket, written, queued } = recipient(state);
    expect(send(socket, packet)).toBe('queued');
    expect([written.length, queued.length]).toEqual([0, 1]);
  });

  it.each([
    ['has left', { connected: false }],
    ['is closing', { conn: { readyState: 'closing' } }],
  ])('sends nothing to whoever %s', (_, state) => {
    const { socket, written, queued } = recipient(state);
    expect(send(socket, packet)).toBe('gone');
    expect([written.length, queued.length]).toEqual([0, 0]);
  });
});

describe('what waits', () => {
  it('counts TCP, ws and engine.io', () => {
    const writeBuffer = [{ data: 'four' }, {}, { data: 'seven77' }];
    expect(waitingBytes(recipient({ conn: { writeBuffer }, socket: { bufferedAmount: 100 } }).socket)).toBe(111);
  });
});
