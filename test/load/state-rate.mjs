// How many passive viewers' requests one node answers from memory: GET /api/sessions/:id/state over fifty connections that wait for
// each answer. The client is a process of its own and reads no more of an answer than where it ends.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const CONNECTIONS = 50;
const END = Buffer.from('\r\n\r\n');

if (process.argv[2] === 'ask') ask();

/** Requests a second and the server's CPU for each: the whole state, compressed, and unchanged since the last time. */
export async function stateRate(stage, { seconds }) {
  const node = await stage.startNode();
  const { sessionId } = await stage.session(50);
  const path = `/api/sessions/${sessionId}/state`;
  const first = await fetch(`${node.url}${path}`, { headers: { 'accept-encoding': 'identity' } });
  if (!first.ok) throw new Error(`the session's state answers ${first.status}`);
  const bytes = (await first.arrayBuffer()).byteLength;
  const kinds = {
    whole: '',
    gzip: 'Accept-Encoding: gzip\r\n',
    unchanged: `If-None-Match: ${first.headers.get('etag')}\r\n`,
  };
  const rates = {};
  for (const [kind, header] of Object.entries(kinds))
    rates[kind] = await rateOf({ stage, node, path, header, seconds });
  return { bytes, ...rates };
}

async function rateOf({ stage, node, path, header, seconds }) {
  const child = fork(import.meta.filename, ['ask'], { execArgv: [] });
  try {
    child.send({ port: Number(new URL(node.url).port), path, header });
    await pause(1_500); // warm
    const from = performance.now();
    const [before, cpuBefore] = [await countOf(child), stage.cpuOf(node)];
    await pause(seconds * 1_000);
    const [after, cpu] = [await countOf(child), stage.cpuOf(node) - cpuBefore];
    const answers = after.answers - before.answers;
    const took = (performance.now() - from) / 1_000;
    const round = (value) => Math.round(value * 100) / 100;
    return {
      status: after.status,
      perSecond: Math.round(answers / took),
      microsPerRequest: round((cpu * 1e6) / answers),
      perCoreSecond: Math.round(answers / cpu),
      serverCores: round(cpu / took),
      clientCores: round((after.cpu - before.cpu) / took),
    };
  } finally {
    child.kill();
  }
}

async function countOf(child) {
  child.send('count');
  const [count] = await once(child, 'message');
  if (count.error) throw new Error(count.error);
  return count;
}

function ask() {
  const count = { answers: 0, status: 0, error: null };
  process.on('message', (order) => {
    if (order !== 'count') return void Array.from({ length: CONNECTIONS }, () => askAgain(order, count));
    const { user, system } = process.cpuUsage();
    process.send({ ...count, cpu: (user + system) / 1e6 });
  });
  process.on('disconnect', () => process.exit());
}

/** Asks, waits for the whole answer, asks again. */
function askAgain({ port, path, header }, count) {
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${header}\r\n`);
  let missing = 0;
  const take = (size, bytes) => {
    if (missing === 0) missing = lengthOf(bytes, size, count);
    missing -= size;
    if (missing < 0) count.error = 'more came than one answer';
    if (missing === 0) {
      count.answers += 1;
      socket.write(request);
    }
    return true;
  };
  const onread = { buffer: Buffer.allocUnsafeSlow(64 * 1024), callback: take };
  const socket = connect({ port, host: '127.0.0.1', onread }, () => socket.write(request));
  socket.setNoDelay(true);
  socket.on('error', (error) => (count.error = error.message));
  socket.on('end', () => (count.error = 'the server closed the connection'));
}

/** Bytes of the answer that begins here, with its head. */
function lengthOf(bytes, size, count) {
  const head = bytes.indexOf(END);
  if (head < 0 || head > size) throw new Error('the head of an answer did not come at once');
  const text = bytes.toString('latin1', 0, head);
  count.status = Number(text.slice(9, 12));
  const body = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
  if (count.status !== 304 && body === 0) count.error = `an answer ${count.status} without length`;
  return head + END.length + (count.status === 304 ? 0 : body);
}
