import { type Socket as TcpSocket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { type Socket } from 'socket.io';
import { io, type Socket as ClientSocket } from 'socket.io-client';
import { newId } from '#libs/client/new-id';
import { encodeAck, encodeEvent } from '#libs/socket-server/packet-bytes';
import { connectionOf } from '#libs/socket-server/socket-connection';
import { type FeedServer, type FeedSocket } from '../../../apps/api/src/feed/feed-socket.js';
import { FrameBroadcaster } from '../../../apps/api/src/feed/broadcast/frame-broadcaster.js';
import { seededRandom } from '../../support/load/seeded-random.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients, type TestClient } from '../../support/clients/test-clients.js';
import { agree } from '../../support/load/replicas.js';
import { until } from '../../support/until.js';

/** Both ends of one connection: what the server sends, and what the client hears, in their order. */
interface Line {
  readonly server: Socket;
  readonly client: ClientSocket;
  readonly heard: string[];
}

/** The client's TCP socket: paused, it is a client that does not read. */
const tcpOf = (client: ClientSocket): TcpSocket =>
  (client.io.engine.transport as unknown as { ws: { _socket: TcpSocket } }).ws._socket;

/** The hub's check of all sockets, once a second, closes those with more unsent bytes. */
const SLOW_FROM = 512 * 1024;

let hub: TestHub;
let session: { id: string; event_id?: unknown };
let crowd: ReturnType<typeof testClients>;
beforeAll(async () => (hub = await startHub()), 60_000);
afterAll(() => hub?.close(), 30_000);
beforeEach(async () => {
  session = await hub.make.session();
  crowd = testClients(hub, session);
});
afterEach(() => crowd.leave());

const hubServer = () => hub.app.get<unknown, { server: FeedServer }>(FrameBroadcaster).server;
const hubSocketsOf = (actorId: string): FeedSocket[] =>
  [...hubServer().sockets.sockets.values()].filter(({ data }) => data.actor.id === actorId);

/** A line of the hub itself. */
async function hubLine(): Promise<Line & { end: () => void }> {
  const actor = await hub.make.actor({ event_id: session.event_id, role: 'attendee' });
  const { token } = await hub.sign(actor.id);
  const client = io(hub.url, { auth: { token }, transports: ['websocket'], forceNew: true });
  await until('the connection', () => client.connected);
  const server = hubServer().sockets.sockets.get(client.id!) as unknown as Socket;
  return { server, client, heard: listen(client), end: () => client.disconnect() };
}

function listen(client: ClientSocket): string[] {
  const heard: string[] = [];
  for (const name of ['session:frame', 'actor:notice']) client.on(name, ({ n }: { n: string }) => heard.push(n));
  client.on('disconnect', (reason) => heard.push(reason));
  return heard;
}

/** Sends a request whose ack the server keeps back, and returns it: Socket.IO's ack function, and the request's id. */
async function ask(line: Line, count: number) {
  const acks: ((answer: object) => void)[] = [];
  Reflect.deleteProperty(line.server, 'onevent'); // the hub takes requests itself: here the test answers
  line.server.on('ask', (ack: (answer: object) => void) => acks.push(ack));
  const first = (line.client as unknown as { ids: number }).ids;
  for (let i = 0; i < count; i++) line.client.emit('ask', ({ n }: { n: string }) => line.heard.push(n));
  await until('the questions', () => acks.length === count);
  return acks.map((ack, i) => ({ ack, id: first + i }));
}

const filler = (size: number) => 'x'.repeat(size);
const frame = (n: string, size = 0) => encodeEvent('session:frame', { n, filler: filler(size) });

describe('packets past Socket.IO', () => {
  let line: Awaited<ReturnType<typeof hubLine>>;
  beforeEach(async () => (line = await hubLine()));
  afterEach(() => line.end());
  const readSome = async (tcp: TcpSocket) => {
    tcp.resume();
    await until('a line that is read', () => connectionOf(line.server).waiting < SLOW_FROM / 8);
    tcp.pause();
  };
  const heard = (count: number) =>
    until(`${count} packets`, () => line.heard.length >= count && line.heard, 20_000).catch((error: Error) => {
      const { heard, server, client } = line;
      const ends = `server ${server.connected}, client ${client.connected}, ${connectionOf(server).waiting} bytes wait`;
      throw new Error(`${error.message}; came: ${heard.length}, the last ${heard.at(-1)}; connected: ${ends}`);
    });

  it('are in TCP at once, with everything that Socket.IO sent before (FEED-30)', async () => {
    await line.server.join('here');
    const tcp = (connectionOf(line.server).socket as unknown as { _socket: TcpSocket })._socket;
    const written: string[] = [];
    const write = jest.spyOn(tcp, 'write').mockImplementation((bytes) => (written.push(String(bytes)), true));
    line.server.emit('actor:notice', { n: 'notice' });
    expect(connectionOf(line.server).send(frame('frame'))).toBe(true);
    line.server.nsp.local.to('here').emit('actor:notice', { n: 'broadcast' });
    write.mockRestore();
    expect(written.join('').match(/(?<="n":")\w+/g)).toEqual(['notice', 'frame', 'broadcast']);
  });

  it('keep their order with acks, on both sides of them (FEED-30)', async () => {
    const [first, second, third] = await ask(line, 3);
    first!.ack({ n: 'ack 1' });
    connectionOf(line.server).send(frame('frame 1')); // the write of the ack is still under way
    second!.ack({ n: 'ack 2' });
    line.server.emit('actor:notice', { n: 'notice' }); // waits in engine.io behind the ack
    connectionOf(line.server).send(frame('frame 2'));
    connectionOf(line.server).send(encodeAck(third!.id, { n: 'ack 3' }));
    line.server.emit('actor:notice', { n: 'last' });
    expect(await heard(7)).toEqual(['ack 1', 'frame 1', 'ack 2', 'notice', 'frame 2', 'ack 3', 'last']);
  });

  it('keep their order with thousands of acks and notices to a client that reads slowly (FEED-30)', async () => {
    const { pick, below } = seededRandom(30);
    const count = 4_000;
    const answers = await ask(line, count);
    const sent: string[] = [];
    let most = 0;
    const tcp = tcpOf(line.client);
    await line.server.join('here');
    tcp.pause();
    for (let i = 0; i < count; i++) {
      const n = `${i}`;
      const { ack, id } = answers[sent.length]!;
      const how = pick(['frame', 'frame', 'ack', 'ready ack', 'notice', 'broadcast'] as const);
      sent.push(n);
      if (how === 'frame') connectionOf(line.server).send(frame(n, below(20_000)));
      if (how === 'ready ack') connectionOf(line.server).send(encodeAck(id, { n }));
      if (how === 'ack') ack({ n });
      if (how === 'notice') line.server.emit('actor:notice', { n });
      if (how === 'broadcast') line.server.nsp.local.to('here').emit('actor:notice', { n });
      if (below(10) === 0) await pause(0);
      most = Math.max(most, connectionOf(line.server).waiting);
      if (i > count / 2 && below(200) === 0) tcp[below(2) === 0 ? 'resume' : 'pause']();
      if (connectionOf(line.server).waiting > SLOW_FROM / 2) await readSome(tcp); // the hub would close it as slow, and rightly
    }
    expect(most).toBeGreaterThan(100_000);
    tcp.resume();
    expect(await heard(count)).toEqual(sent);
    expect(connectionOf(line.server).waiting).toBe(0);
  }, 60_000);

  it('come before the end of the connection and never after (FEED-30)', async () => {
    for (const n of ['1', '2', '3']) line.server.emit('actor:notice', { n }); // engine.io takes one and keeps two
    connectionOf(line.server).send(frame('4'));
    line.server.disconnect(true);
    expect(connectionOf(line.server).send(frame('late'))).toBe(false);
    expect(await heard(5)).toEqual(['1', '2', '3', '4', 'io server disconnect']);
  });

  it('are not written to a connection that the client closes (FEED-30)', async () => {
    const gone = new Promise((resolve) => line.server.once('disconnect', resolve));
    line.client.disconnect();
    await gone;
    expect(connectionOf(line.server).send(frame('late'))).toBe(false);
  });
});

describe('a client that does not read', () => {
  const sender = () => hub.app.get(FrameBroadcaster);
  const vote = (person: TestClient, questionId: string, value: boolean) => person.client.vote(questionId, value);

  /** A person in the session who stops reading until this many bytes are unsent. */
  async function stalled(bytes: number) {
    const sockets: ClientSocket[] = [];
    const person = await crowd.join({ onSocket: (socket) => void sockets.push(socket) });
    const [server] = hubSocketsOf(person.id) as unknown as [Socket];
    const tcp = tcpOf(sockets[0]!);
    tcp.pause();
    await until('bytes that wait', () => {
      for (let i = 0; i < 20 && connectionOf(server).waiting <= bytes; i++)
        connectionOf(server).send(encodeEvent('filler', filler(32_768)));
      return connectionOf(server).waiting > bytes;
    });
    return { person, server, tcp };
  }

  it('is skipped, and caught up with one frame when they read again; the others notice nothing (FEED-31)', async () => {
    const [author, other] = [await crowd.join(), await crowd.join()];
    const question = await author.client.request('question:ask', {
      id: newId(),
      sessionId: session.id,
      text: 'Who pays?',
    });
    const { person, tcp } = await stalled(65_536);
    const { skipped, caughtUp, slowCloses } = sender().counters;
    for (const value of [true, false, true, false, true]) {
      await vote(other, question.id, value);
      await until('the score', () => author.feed.getSnapshot().questions[0]?.score === (value ? 2 : 1));
    }
    expect(sender().counters.skipped).toBeGreaterThanOrEqual(skipped + 5);
    expect(sender().counters.caughtUp).toBe(caughtUp);
    tcp.resume();
    await until('the score at last', () => person.feed.getSnapshot().questions[0]?.score === 2);
    expect(sender().counters).toMatchObject({ caughtUp: caughtUp + 1, slowCloses });
    await vote(other, question.id, false);
    await until('the next score', () => person.feed.getSnapshot().questions[0]?.score === 1);
    await agree([person, author, other], await crowd.join());
    // One join, at the beginning: there was no hole that the client had to notice.
    expect(person.heard.filter((message) => message.includes('"serverTime"'))).toHaveLength(1);
  }, 30_000);

  it('is closed when too much waits for them, and hears why (FEED-31)', async () => {
    const other = await crowd.join();
    const { slowCloses } = sender().counters;
    const { person, server, tcp } = await stalled(524_288);
    await until('the end', () => !server.connected);
    tcp.resume();
    const lost = await until('the reason', () => {
      const state = person.client.connection.getSnapshot();
      return state.status === 'reconnecting' && state;
    });
    expect(lost.reason).toBe('slow');
    expect(sender().counters.slowCloses).toBe(slowCloses + 1);
    expect(other.client.connection.getSnapshot().status).toBe('connected');
  }, 30_000);

  it('is forgotten with everything that waited, also when they never read again (FEED-31)', async () => {
    const { server } = await stalled(524_288);
    const tcp = (server.conn.transport as unknown as { socket: { _socket: TcpSocket } }).socket._socket;
    await until('the end', () => !server.connected);
    await until('the end of TCP', () => tcp.destroyed);
    await until('nothing that waits', () => tcp.writableLength === 0); // a moment after `destroyed` is set
    await until('an empty session', () => sender().audienceOf(session.id) === 0);
  }, 30_000);
});
