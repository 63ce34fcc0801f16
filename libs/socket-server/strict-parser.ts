import { Decoder as SocketIoDecoder, type Packet, PacketType } from 'socket.io-parser';

/** Packet types that a client of this hub sends: neither acks nor binary data. */
const EXPECTED: Readonly<Record<string, PacketType>> = {
  '0': PacketType.CONNECT,
  '1': PacketType.DISCONNECT,
  '2': PacketType.EVENT,
};

/**
 * A parser of Socket.IO (its option `parser`). A connection sends CONNECT once: each attempt costs a database query. Attachments would be
 * kept in memory until the last of them has arrived.
 */
export class Decoder extends SocketIoDecoder {
  private hasConnected = false;

  constructor() {
    super();
    this.on('decoded', addId);
  }

  /** Throws for everything that no client of this hub sends; Socket.IO then closes the connection. */
  override add(data: unknown): void {
    const type = typeof data === 'string' ? EXPECTED[data.charAt(0)] : undefined;
    if (type === undefined) throw new Error('an unexpected packet');
    if (type === PacketType.CONNECT) this.noteConnect();
    super.add(data);
  }

  private noteConnect() {
    if (this.hasConnected) throw new Error('a second CONNECT');
    this.hasConnected = true;
  }
}

/** Encodes packets of JSON only; Socket.IO's own encoder would search all of their data for binary parts first. */
export class Encoder {
  encode({ type, nsp, id, data }: Packet): [string] {
    const channel = nsp && nsp !== '/' ? `${nsp},` : '';
    return [`${type}${channel}${id ?? ''}${data === undefined ? '' : JSON.stringify(data)}`];
  }
}

/** A request whose ack is written without Socket.IO needs its id: it is the last argument, before Socket.IO's function for the ack. */
function addId({ id, data }: Packet): void {
  if (id !== undefined && Array.isArray(data)) data.push(id);
}
