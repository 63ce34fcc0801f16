import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { newId } from '#libs/client/new-id';
import { startProxy } from '../support/proxies/tcp-proxy.js';
import { until } from '../support/until.js';
import { lasting, watchCalm } from './breaking.js';
import { keyOf } from './ledger.js';
import { type Confirm } from './scenario.js';
import { type Stage } from './stage.js';

/** A question of nearly the maximum length: the kernel takes megabytes for a socket before the node's own buffers fill. */
const LONG_TEXT = 480;
/** Milliseconds between two requests whose acks are not read. */
const PACE = 10;

/** A viewer stops reading, but requests the whole session repeatedly. Its connection is closed; the others are not affected. */
export async function readNothing(stage: Stage): Promise<Confirm> {
  const confirmCalm = watchCalm(stage.witnesses);
  await fillSession(stage, lasting(stage, 40, 100));
  const before = await slowCloses(stage);
  const line = await startProxy(stage.cluster.nodes[0]!.url);
  const { id } = await stage.cluster.make.actor({ event_id: stage.cluster.event.id });
  const { token } = await stage.cluster.sign(id);
  const socket = io(line.url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
  try {
    await until('a connection', () => socket.connected);
    await socket.timeout(5_000).emitWithAck('session:join', { sessionId: stage.session.id });
    line.hold('down');
    await until('the end of the slow connection', () => asksOnce(stage, socket), 30_000);
    await until('a close for being slow', async () => (await slowCloses(stage)) === before + 1);
  } finally {
    socket.close();
    await line.close();
  }
  return confirmCalm;
}

/** How many sockets the node has closed with the reason `slow`. */
async function slowCloses({ cluster }: Stage): Promise<number> {
  const told = await (await fetch(`${cluster.nodes[0]!.url}/metrics`)).text();
  const [, count] = /^plenum_slow_closes_total (\d+)$/m.exec(told) ?? [];
  if (count === undefined) throw new Error('the node does not count slow closes');
  return Number(count);
}

/** Sends further requests whose acks are not read, slowly enough to be no flood; returns whether the node has closed the connection. */
async function asksOnce({ session }: Stage, socket: Socket) {
  socket.emit('session:join', { sessionId: session.id }, () => undefined);
  await pause(PACE);
  return !socket.connected;
}

async function fillSession({ persons, ledger }: Stage, count: number) {
  await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const { id: actorId, feed } = persons[n % persons.length]!;
      const question = { id: newId(), text: `What about ${newId()}?`.padEnd(LONG_TEXT, '…') };
      await feed.ask(question);
      ledger.note(keyOf('ask', actorId, question.text), question.id);
    }),
  );
}
