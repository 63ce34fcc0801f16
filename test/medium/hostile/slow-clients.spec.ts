import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { cutSlowClients, PATIENCE } from '../../../apps/api/src/platform/http/slow-clients.js';
import { startHub } from '../../support/hub/hub.js';
import { until } from '../../support/until.js';

/** The hub's own limits are some hundred times longer. */
const IMPATIENCE = { headers: 400, request: 900, idle: 300, stalled: 1_200, lookEvery: 50 };
/** More than the two kernels buffer of a response that nobody reads. */
const HUGE = 64 * 1024 * 1024;

let server: Server;
let port: number;
const clients: Socket[] = [];
beforeEach(async () => {
  server = createServer((request, response) => {
    if (request.url === '/huge') return response.end(Buffer.alloc(HUGE));
    request.resume().on('end', () => response.end('ok'));
  });
  cutSlowClients(server, IMPATIENCE);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => {
  clients.splice(0).forEach((client) => client.destroy());
  server.close();
});

/** A client that writes one more piece every now and then, until it is closed; returns how long that was and what it received. */
async function slowly(first: string, more: string) {
  const client = connect(port, '127.0.0.1');
  clients.push(client);
  let heard = '';
  const began = performance.now();
  client.on('data', (chunk) => (heard += chunk.toString())).on('error', () => undefined);
  client.write(first);
  const drip = setInterval(() => more && client.write(more), 40);
  await new Promise((resolve) => client.once('close', resolve));
  clearInterval(drip);
  return { heard, took: performance.now() - began };
}

describe('a client that holds its connection', () => {
  it.each([
    ['says nothing', '', '', 2_000],
    ['sends its headers one by one', 'GET / HTTP/1.1\r\nHost: a\r\n', 'X: y\r\n', 2_000],
    ['sends its body byte by byte', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n', 'x', 3_000],
    [
      'sends its body in tiny chunks',
      'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n',
      '1\r\nx\r\n',
      3_000,
    ],
    ['asks nothing more', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', '', 3_000],
  ])('and %s is cut (SEC-59)', async (_, first, more, most) => {
    const { heard, took } = await slowly(first, more);
    expect(heard).toMatch(/^(HTTP\/1\.1 (408|200) |$)/);
    expect(took).toBeGreaterThan(IMPATIENCE.idle / 2);
    expect(took).toBeLessThan(most);
  });

  it('and does not read its answer is cut (SEC-59)', async () => {
    const client = connect(port, '127.0.0.1');
    clients.push(client.pause().on('error', () => undefined));
    const isOver = new Promise<void>((resolve) => server.once('connection', (socket) => socket.once('close', resolve)));
    client.write('GET /huge HTTP/1.1\r\nHost: a\r\n\r\n');
    await isOver;
  });

  it('is let be when it is a WebSocket (SEC-59, FEED-13)', async () => {
    const sockets = new WebSocketServer({ server });
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    await once(socket, 'open');
    const began = performance.now();
    await until('longer than every limit', () => performance.now() - began > IMPATIENCE.stalled * 2);
    expect(socket.readyState).toBe(socket.OPEN);
    socket.terminate();
    sockets.close();
  });

  it('meets these limits at the hub (SEC-59)', async () => {
    const hub = await startHub();
    const { headersTimeout, requestTimeout, keepAliveTimeout, timeout } = hub.app.getHttpServer();
    expect([headersTimeout, requestTimeout, keepAliveTimeout, timeout]).toEqual([
      PATIENCE.headers,
      PATIENCE.request,
      PATIENCE.idle,
      PATIENCE.stalled,
    ]);
    await hub.close();
  });
});
