// An honest client beside the fuzz, in a separate thread so that the attackers' work does not count: votes at fixed times and reports how
// long each ack took from its due time.
import { parentPort, workerData } from 'node:worker_threads';
import { WebSocket } from 'ws';

const EVERY = 25;
/** Below the maximum of pending requests of a connection: those that wait show the latency. */
const WAITING_AT_MOST = 32;
const { url, token, questionId } = workerData;
const due = new Map();
const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);

socket.on('message', (data) => {
  const packet = String(data);
  if (packet.startsWith('0')) socket.send(`40${JSON.stringify({ token })}`);
  else if (packet.startsWith('40')) start();
  else if (packet === '2') socket.send('3');
  else if (packet.startsWith('43')) take(packet);
});
socket.on('close', () => parentPort.postMessage({ problem: 'the neighbour lost the connection' }));
socket.on('error', ({ message }) => parentPort.postMessage({ problem: message }));

/** Timers drift: each turn sends all votes that are due. */
function start() {
  let moment = performance.now();
  let next = 0;
  setInterval(() => {
    for (; moment + EVERY <= performance.now(); moment += EVERY)
      if (due.size < WAITING_AT_MOST) vote(next++, moment + EVERY);
  }, EVERY / 5);
}

function vote(number, moment) {
  due.set(number, moment);
  socket.send(`42${number}${JSON.stringify(['question:vote', { questionId, value: number % 2 === 0 }])}`);
}

function take(packet) {
  const [, id] = /^43(\d+)/.exec(packet);
  const moment = due.get(Number(id));
  const took = performance.now() - moment;
  due.delete(Number(id));
  if (packet.includes('"ok":true')) parentPort.postMessage({ took, at: performance.timeOrigin + moment });
  else parentPort.postMessage({ problem: packet.slice(0, 300) });
}
