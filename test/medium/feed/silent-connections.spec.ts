import { createServer, type Server } from 'node:http';
import { type AddressInfo, type Socket as TcpSocket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type SocketConnection } from '#libs/socket-server/socket-connection';
import { SocketEngine } from '#libs/socket-server/socket-engine';
import { lines } from '../../support/clients/raw-connection.js';
import { until } from '../../support/until.js';

/** The hub's own timeout is 20 s; this one is shorter. */
const PING_EVERY = 400;

/** In place of Socket.IO's socket: nobody answers here. */
const DEAF = { _onpacket: () => undefined, _onclose: () => undefined };
const welcome = (connection: SocketConnection) => connection.open(DEAF);

let http: Server;
let engine: SocketEngine;
let url: string;
const open = lines();
beforeEach(() => listen());

async function listen({ askWithin = 60_000, letInWithin = 60_000, pingInterval = PING_EVERY, letIn = welcome } = {}) {
  http = createServer();
  engine = new SocketEngine({
    path: '/socket.io',
    maxPayload: 1_024,
    pingInterval,
    askWithin,
    letInWithin,
    atMost: { all: Infinity, address: Infinity },
    addressOf: () => '127.0.0.1',
    refuse: () => null,
    take: () => 0,
    letIn,
    onEnd: () => undefined,
  });
  engine.attach(http);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

function close() {
  open.close();
  engine.close();
  http.close();
}
afterEach(close);

it('keeps a connection that answers, and cuts one that does not when the next ping is due (FEED-13)', async () => {
  const [awake, silent] = await Promise.all([open.line(url), open.line(url, { answersPings: false })]);
  const began = Date.now();
  await silent.closed;
  expect(silent.heard.filter((packet) => packet === '2')).toHaveLength(1);
  expect(Date.now() - began).toBeLessThan(PING_EVERY * 5);
  await pause(PING_EVERY * 3);
  expect(awake.socket.readyState).toBe(awake.socket.OPEN);
  expect(awake.heard.filter((packet) => packet === '2').length).toBeGreaterThanOrEqual(2);
  expect(engine.open).toBe(1);
  expect(engine.counters).toMatchObject({ upgrades: 2, timeouts: 1 });
});

it('forgets a connection whose other end does not even read (FEED-13)', async () => {
  const halfOpen = await open.line(url);
  (halfOpen.socket as unknown as { _socket: TcpSocket })._socket.pause();
  await until('the cut', () => engine.open === 0);
  expect(engine.counters.timeouts).toBe(1);
});

it('counts anything that it hears as a sign of life (FEED-13)', async () => {
  const line = await open.line(url, { answersPings: false });
  line.write('40');
  for (let n = 0; n < 12; n++) {
    line.write('42["still here"]');
    await pause(PING_EVERY / 4);
  }
  expect(engine.open).toBe(1);
});

it('spreads the pings of many, and forgets all that leave (FEED-13)', async () => {
  const all = await Promise.all(Array.from({ length: 200 }, () => open.line(url)));
  expect(engine.open).toBe(200);
  const firsts: number[] = [];
  for (const { socket } of all)
    socket.once('message', () => {
      firsts.push(performance.now());
    });
  await until('a ping to each', () => firsts.length === 200);
  expect(Math.max(...firsts) - Math.min(...firsts)).toBeGreaterThan(PING_EVERY / 2);
  open.close();
  await until('none', () => engine.open === 0);
});

it('closes a thousand that never ask to be let in, and keeps those that were (SEC-8)', async () => {
  close();
  await listen({ askWithin: 3_000, pingInterval: 8_000 });
  const known = await Promise.all(Array.from({ length: 20 }, () => open.line(url)));
  for (const line of known) line.write('40{}');
  const ends: Promise<number>[] = [];
  for (let n = 0; n < 10; n++) {
    const silent = await Promise.all(Array.from({ length: 100 }, () => open.line(url))); // fewer than may wait for TCP
    ends.push(...silent.map(({ closed }) => closed));
  }
  await Promise.all(ends);
  expect(known.map(({ socket }) => socket.readyState)).toEqual(known.map(({ socket }) => socket.OPEN));
  expect(engine.open).toBe(20);
});

it('keeps connections that sent CONNECT in time while the node was too busy to read it (FEED-15)', async () => {
  close();
  await listen({ askWithin: 300, pingInterval: 8_000 });
  const asked = await open.line(url);
  await new Promise((resolve) => setImmediate(resolve)); // the timers come before the next reading
  asked.write('40{}');
  const end = performance.now() + 600;
  while (performance.now() < end); // as in a crowd that comes back
  await pause(500);
  expect(asked.socket.readyState).toBe(asked.socket.OPEN);
  expect(engine.open).toBe(1);
});

it('closes connections that were not admitted in time, and keeps those that were (FEED-15)', async () => {
  close();
  await listen({ letInWithin: 600, pingInterval: 8_000, letIn: (one) => void (engine.open > 1 || welcome(one)) });
  const known = await open.line(url);
  known.write('40{}');
  await pause(50); // the first is in before the second comes
  const refused = await open.line(url);
  refused.write('40{}');
  await refused.closed;
  expect(known.socket.readyState).toBe(known.socket.OPEN);
});
