/**
 * What one frame costs this process for one person, in µs of CPU, over real TCP sockets: the bare `ws` server, one ready frame on the
 * bare TCP sockets, Socket.IO's broadcast, and the hub's way. All in one run and in turns, because machines are never equally fast
 * for long. The clients are in a process of their own. `blockedMs` is how long nothing else has its turn while everybody is sent one.
 *
 *   node test/load/frame-cost.mjs [--people 2000] [--rounds 10] [--frames 5] [--questions 50]
 *
 * Needs the built hub (`npm run build:api`). Prints JSON.
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';

const ADDRESS = '127.0.0.1';
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '10' },
    frames: { type: 'string', default: '5' },
    questions: { type: 'string', default: '50' },
  },
});
const [people, rounds, frames, questions] = ['people', 'rounds', 'frames', 'questions'].map((name) =>
  Number(values[name]),
);

/** Opens connections and reads the data, as cheaply as possible. */
function beClients() {
  process.on('message', async ({ port, path, greeting }) => {
    for (let i = 0; i < people; i++) {
      await open(port, path, greeting);
    }
    process.send('open');
  });
  process.on('disconnect', () => process.exit());
}

function open(port, path, greeting) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, ADDRESS, () =>
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: ${ADDRESS}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.from(randomUUID()).subarray(0, 16).toString('base64')}\r\n\r\n`,
      ),
    );
    socket.on('error', reject);
    socket.once('data', () => {
      if (greeting) socket.write(masked(greeting));
      socket.resume();
      resolve();
    });
  });
}

/** A short text frame with a mask of zeros. */
const masked = (text) => Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);

async function measure() {
  const { encodeEvent } = await import('../../dist/libs/socket-server/packet-bytes.js');
  const { CooperativeScheduler } = await import('../../dist/libs/socket-server/cooperative-scheduler.js');
  const { FrameDelivery } = await import('../../dist/apps/api/src/feed/broadcast/frame-delivery.js');
  const [bare, socketIo, hub] = [await startBare(), await startSocketIo(), await startEngine()];
  const clients = fork(new URL(import.meta.url), process.argv.slice(2));
  await connectAll(clients, { port: bare.port, path: '/' }, () => bare.sockets.clients.size);
  const path = '/socket.io/?EIO=4&transport=websocket';
  await connectAll(clients, { port: socketIo.port, path, greeting: '40' }, () => socketIo.io.sockets.sockets.size);
  await connectAll(clients, { port: hub.port, path, greeting: '40' }, () => hub.members.size);

  const scores = Array.from({ length: questions }, (_, i) => [i + 1, i]);
  const frame = { sessionId: randomUUID(), from: 1, version: 2, scores };
  const text = `42${JSON.stringify(['session:frame', frame])}`;
  const packet = encodeEvent('session:frame', frame);
  const [slices, delivery] = [new CooperativeScheduler(), new FrameDelivery()];
  const channel = { members: hub.members, behind: new Map(), sent: 1 };
  const ways = {
    rawWs: () => bare.sockets.clients.forEach((socket) => socket.send(text)),
    preframed: () => bare.sockets.clients.forEach(({ _socket }) => _socket.write(packet)),
    socketIo: () => socketIo.io.local.to('all').emit('session:frame', frame),
    plenum: () =>
      slices.run(
        delivery.deliver({ channels: [channel], from: 1, version: 2, packet: encodeEvent('session:frame', frame) }),
      ),
  };
  const samples = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  for (let round = -2; round < rounds; round++)
    for (const [way, send] of Object.entries(ways)) {
      const cost = await costOf(send);
      if (round >= 0) samples[way].push(cost); // the first rounds warm up
    }
  clients.disconnect();
  bare.server.closeAllConnections();
  setImmediate(() => process.exit());
  return { people, bytes: packet.length, ...summarise(samples), skipped: delivery.counters.skipped };
}

/** µs of this process's CPU for one frame and person, and how long the event loop was blocked meanwhile, in ms. */
async function costOf(send) {
  const [costs, blocks] = [[], []];
  for (let i = 0; i < frames; i++) {
    const before = process.cpuUsage();
    blocks.push(await longestTurn(send));
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / people);
    await pause(60); // lets the clients read
  }
  return { cost: mean(costs), block: median(blocks) };
}

/** The longest turn of the event loop until everything is sent, in ms, including the work after each write. */
async function longestTurn(send) {
  let [last, longest, isSent] = [performance.now(), 0, false];
  void Promise.resolve(send()).then(() => (isSent = true));
  for (let turns = 0; turns < 2 || !isSent; turns++) {
    await nextTurn();
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }
  return longest;
}

const mean = (list) => list.reduce((sum, n) => sum + n, 0) / list.length;
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const hundredths = (n) => Math.round(n * 100) / 100;

function summarise(samples) {
  const each = (pick) =>
    Object.fromEntries(Object.entries(samples).map(([way, list]) => [way, hundredths(median(list.map(pick)))]));
  const ratios = samples.plenum.map(({ cost }, i) => cost / samples.rawWs[i].cost);
  const [min, max] = [Math.min(...ratios), Math.max(...ratios)];
  return {
    ...each(({ cost }) => cost),
    plenumToRawWs: { median: hundredths(median(ratios)), min: hundredths(min), max: hundredths(max) },
    blockedMs: each(({ block }) => block),
  };
}

async function startBare() {
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  return { server, sockets, port: await listen(server) };
}

async function startSocketIo() {
  const server = createServer();
  const io = new Server(server, {
    transports: ['websocket'],
    perMessageDeflate: false,
    serveClient: false,
    pingInterval: 600_000, // the clients here do not answer
  });
  io.on('connection', (socket) => socket.join('all'));
  return { io, port: await listen(server) };
}

/** The hub's connections, without the hub: every connection is admitted. */
async function startEngine() {
  const { SocketEngine } = await import('../../dist/libs/socket-server/socket-engine.js');
  const [server, members] = [createServer(), new Set()];
  const engine = new SocketEngine({
    path: '/socket.io',
    maxPayload: 1_024,
    pingInterval: 600_000,
    letInWithin: 60_000,
    atMost: { all: Infinity, address: Infinity },
    addressOf: () => ADDRESS,
    onEnd: () => {},
    refuse: () => null,
    letIn: (conn) => {
      conn.open({ _onpacket: () => {}, _onclose: () => {} });
      members.add({ conn });
    },
  });
  engine.attach(server);
  return { members, port: await listen(server) };
}

const listen = (server) =>
  new Promise((resolve) => server.listen(0, ADDRESS, 4_096, () => resolve(server.address().port)));

async function connectAll(clients, where, count) {
  clients.send(where);
  const end = Date.now() + 60_000;
  while (count() < people) {
    if (Date.now() > end) throw new Error(`${count()} of ${people} clients connected`);
    await pause(20);
  }
}

if (process.send) beClients();
else console.log(JSON.stringify(await measure(), null, 2));
