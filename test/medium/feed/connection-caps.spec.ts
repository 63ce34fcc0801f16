import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { SocketEngine } from '#libs/socket-server/socket-engine';
import { lines } from '../../support/clients/raw-connection.js';
import { until } from '../../support/until.js';
import { upgrade } from '../../support/clients/upgrade.js';

let http: Server;
let engine: SocketEngine;
let url: string;
let address: string;
const open = lines();
beforeEach(async () => {
  http = createServer();
  address = '192.0.2.1';
  engine = new SocketEngine({
    path: '/socket.io',
    maxPayload: 1_024,
    pingInterval: 20_000,
    askWithin: 20_000,
    letInWithin: 20_000,
    atMost: { all: 5, address: 3 },
    addressOf: () => address,
    refuse: () => null,
    take: () => 0,
    letIn: () => undefined,
    onEnd: () => undefined,
  });
  engine.attach(http);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(() => {
  open.close();
  engine.close();
  http.close();
});

const answer = async () => {
  const { statusCode, headers } = await upgrade(url);
  return [statusCode, headers['retry-after']];
};

it('are kept for an address, others get in, and a place is free again when one leaves (SEC-11, FEED-18)', async () => {
  const all = [await open.line(url), await open.line(url), await open.line(url)];
  expect(await answer()).toEqual([503, '10']);
  address = '192.0.2.2';
  await open.line(url);
  address = '192.0.2.1';
  all[0]!.socket.terminate();
  await until('the end of one', () => engine.open === 3);
  await open.line(url);
});

it('are kept for a node as its memory allows, for all actors (SEC-11, FEED-18)', async () => {
  for (let n = 0; n < 5; n++) {
    address = `192.0.2.${n}`;
    await open.line(url);
  }
  address = '192.0.2.9';
  expect(await answer()).toEqual([503, '10']);
  expect(engine.counters).toMatchObject({ upgrades: 5, refused: 1 });
});
