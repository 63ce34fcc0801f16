// The minimum for the ws library: a ready frame of 2.2 KB to everybody, five times a second, and nothing else.
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { Audience } from '../../../dist/libs/load-generator/audience.js';
import { mergeReports } from '../../../dist/libs/load-generator/merge-reports.js';

const [TICK, BYTES] = [200, 2_200];
const FRAME = frameOf(BYTES);

if (process.argv[2] === 'serve') serve();

/** CPU seconds of a loop of `send` over this many sockets; the same generator as for the hub reads the data. */
export async function rawLoop(stage, { people, seconds }) {
  const child = fork(import.meta.filename, ['serve'], { execArgv: [] });
  const [{ port }] = await once(child, 'message');
  const url = `http://127.0.0.1:${port}`;
  const audience = Audience.start({ people, url });
  try {
    const options = { urls: [url], sessionId: 'none', questionIds: [], observers: 0 };
    const joined = await audience.gather({ ...options, tokens: Array(people).fill('none') });
    await pause(500);
    await audience.reset();
    child.send('begin');
    await pause(seconds * 1_000);
    child.send('end');
    const [{ cpu, sent }] = await once(child, 'message');
    const { generator } = mergeReports(await audience.reports());
    return { people: joined, seconds, cpu, sent, microsPerFrame: (cpu * 1e6) / sent, generator };
  } finally {
    await audience.dismiss();
    child.kill();
  }
}

/** Implements just enough of Socket.IO for the generator. */
function serve() {
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      const text = String(data);
      if (text.startsWith('40')) socket.send('40{"sid":"none"}');
      const [, ack] = /^42(\d+)/.exec(text) ?? [];
      if (ack) socket.send(`43${ack}[{"ok":true,"data":{"version":1}}]`);
    });
    socket.send('0{"sid":"none","upgrades":[],"pingInterval":600000,"pingTimeout":600000,"maxPayload":1000000}');
  });
  let [timer, sent, before] = [undefined, 0, null];
  process.on('message', (order) => {
    if (order === 'begin') {
      before = process.cpuUsage();
      timer = setInterval(() => {
        for (const socket of sockets.clients) socket.send(FRAME, { binary: false });
        sent += sockets.clients.size;
      }, TICK);
    } else {
      clearInterval(timer);
      const { user, system } = process.cpuUsage(before);
      process.send({ cpu: (user + system) / 1e6, sent });
    }
  });
  process.on('disconnect', () => process.exit());
  server.listen(0, '127.0.0.1', 4_096, () => process.send({ port: server.address().port }));
}

/** A frame that follows on everything, as long as one with fifty changed scores. */
function frameOf(bytes) {
  const head = `42["session:frame",{"sessionId":"00000000-0000-4000-8000-000000000000","from":0,"version":1,"filler":"`;
  return Buffer.from(`${head}${'x'.repeat(bytes - head.length - 3)}"}]`);
}
