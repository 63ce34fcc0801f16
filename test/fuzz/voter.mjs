// Somebody honest beside the fuzz, in a thread of their own so that the attackers' work does not count: votes at fixed moments and says
// how long each answer took from the moment that was due.
import { parentPort, workerData } from 'node:worker_threads';
import { WebSocket } from 'ws';

const EVERY = 25;
/** Below what a connection may have under way: those that wait tell how long it takes. */
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

/** Timers drift: each turn catches up with all moments that have come. */
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
