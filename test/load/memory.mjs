// The memory of one idle connection: a plain ws server, bare Socket.IO, and the whole hub, one after the other. node test/load/memory.mjs
// [connections] prints bytes per connection as JSON.
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Server } from 'socket.io';
import { WebSocket, WebSocketServer } from 'ws';
import { freePort, isPortFree } from '../../scripts/processes.mjs';
import { startInspected } from './inspected.mjs';
import { startInspectedHub } from './inspected-hub.mjs';

/** Connections that are opened at the same time. */
const AT_ONCE = 100;
/** Connections before the first measurement, so that code and pools are there already. */
const WARM = 200;

const servers = {
  ws(server) {
    const sockets = new Set();
    new WebSocketServer({ server, perMessageDeflate: false, clientTracking: false }).on('connection', (socket) => {
      sockets.add(socket);
      socket.on('message', (data) => socket.send(data));
      socket.on('close', () => sockets.delete(socket));
    });
  },
  socketIo(server) {
    const io = new Server(server, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });
    io.on('connection', (socket) => {
      void socket.join('session');
      socket.on('session:join', (payload, ack) => ack({ ok: true }));
    });
  },
};

if (process.argv[2] === 'serve') {
  const server = createServer();
  servers[process.argv[3]](server);
  server.listen(Number(process.argv[4]), '127.0.0.1');
} else {
  const outcome = compareMemory(Number(process.argv[2] ?? 10_000));
  // The reason first, not the line of source where it was thrown: the bench keeps the beginning.
  outcome.catch(({ message }) => (console.error(message), process.exit(1)));
  console.log(JSON.stringify(await outcome, null, 2));
  process.exit(0);
}

/**
 * Bytes of RSS and heap per connection.
 * @param {number} connections
 */
export async function compareMemory(connections) {
  const rawWs = await measureBare('ws', connections, {});
  const socketIo = await measureBare('socketIo', connections, { join: {} });
  const plenum = await measureHub(connections);
  const ratio = { rss: plenum.rss / rawWs.rss, heap: plenum.heap / rawWs.heap };
  return { connections, rawWs, socketIo, plenum, ratio };
}

async function measureBare(kind, connections, options) {
  const port = await freePort();
  const server = await startInspected([import.meta.filename, 'serve', kind, String(port)]);
  while (await isPortFree(port)) await pause(20);
  const path = kind === 'ws' ? '' : 'socket.io/?EIO=4&transport=websocket';
  const open = () => openOne(`ws://127.0.0.1:${port}/${path}`, { isRaw: kind === 'ws', ...options });
  try {
    return await measure(server, connections, open);
  } finally {
    await server.stop();
  }
}

async function measureHub(connections) {
  const hub = await startInspectedHub({ people: connections + WARM });
  const url = `${hub.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const open = (n) => openOne(url, { auth: { token: hub.tokens[n] }, join: { sessionId: hub.session } });
  try {
    return await measure(hub.process(), connections, open);
  } finally {
    await hub.stop();
  }
}

async function measure(server, connections, open) {
  const warm = await openMany(0, WARM, open);
  const before = await server.memory();
  const cpuBefore = await server.cpu();
  const sockets = await openMany(WARM, WARM + connections, open);
  const cpu = (await server.cpu()) - cpuBefore;
  await pause(6_000); // state that is kept for a few seconds only is not a cost of a connection
  const after = await server.memory();
  for (const socket of [...warm, ...sockets]) socket.terminate();
  const each = (part) => Math.round((after[part] - before[part]) / connections);
  return { rss: each('rss'), heap: each('heap'), openingCpuMs: cpu / connections };
}

async function openMany(from, to, open) {
  const sockets = [];
  for (let n = from; n < to; n += AT_ONCE)
    sockets.push(...(await Promise.all(Array.from({ length: Math.min(AT_ONCE, to - n) }, (_, i) => open(n + i)))));
  return sockets;
}

/** Opens one connection, signs in and joins, as a client of Socket.IO does; the raw one only opens. */
function openOne(url, { isRaw = false, auth, join }) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    socket.on('error', reject);
    if (isRaw) return socket.once('open', () => resolve(socket));
    socket.on('message', (data) => {
      const text = String(data);
      if (text === '2') socket.send('3');
      else if (text.startsWith('0')) socket.send(`40${JSON.stringify(auth ?? {})}`);
      else if (text.startsWith('40')) socket.send(`420["session:join",${JSON.stringify(join)}]`);
      else if (text.startsWith('430[{"ok":true')) resolve(socket);
      else if (text.startsWith('44') || text.startsWith('430')) reject(new Error(`refused: ${text}`));
    });
  });
}
