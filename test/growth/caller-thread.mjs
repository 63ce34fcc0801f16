import { parentPort, workerData } from 'node:worker_threads';
import { io } from 'socket.io-client';

// Makes the calls of the growth test from a separate thread: a client's work with a response is not charged to the hub.
const { url } = workerData;
const sockets = new Map();

parentPort.on('message', async ({ n, ...call }) => {
  const answer = await (call.message ? send(call) : request(call)).catch((error) => ({ code: String(error) }));
  parentPort.postMessage({ n, ...answer });
});

async function request({ method, path, token, body }) {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  });
  const { length } = Buffer.from(await response.arrayBuffer());
  return { code: String(response.status), bytes: length };
}

async function send({ message, token, payload }) {
  const socket = await connect(token);
  const reply = await socket.timeout(30_000).emitWithAck(message, payload);
  return { code: reply.ok ? 'ok' : reply.error.code, bytes: JSON.stringify(reply).length };
}

function connect(token) {
  const known = sockets.get(token);
  if (known) return known;
  const socket = io(url, { transports: ['websocket'], forceNew: true, auth: { token } });
  const connecting = new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
  sockets.set(token, connecting);
  return connecting;
}
