import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { RedisBus } from '#libs/bus/redis-bus';
import { startRedis, type TestRedis } from '../../support/servers/redis.js';
import { until } from '../../support/until.js';

let redis: TestRedis;
let here: RedisBus;
let there: RedisBus;
let trouble: string[];
let heard: unknown[];

beforeEach(async () => {
  const told: string[] = (trouble = []);
  heard = [];
  redis = await startRedis();
  const options = { url: redis.url, prefix: 'test', answerWithin: 300 };
  here = new RedisBus({ ...options, onTrouble: ({ message }) => told.push(message) });
  there = new RedisBus({ ...options, onTrouble: () => undefined });
  there.subscribe('votes', (message) => heard.push(message));
  await until('both connected', () => here.isConnected() && there.isConnected());
  await until('a message that arrives', () => {
    here.publish('votes', 'first');
    return heard.includes('first');
  });
  await until('every answer', () => here.inFlight === 0);
});
afterEach(async () => {
  redis.resume();
  await Promise.all([here.close(), there.close(), redis.stop()]);
});

it('reports that a hung Redis is unavailable, drops queued messages, and reconnects (ERR-13)', async () => {
  redis.pause();
  let number = 0;
  await until('the loss of the connection', () => {
    here.publish('votes', ++number);
    return !here.isConnected();
  });
  here.publish('votes', 'into the void');
  await until('nothing that waits', () => here.inFlight === 0);
  expect(here.counters.dropped).toBe(number + 1);
  expect(trouble).toHaveLength(1);

  redis.resume();
  await until('a connection', () => here.isConnected());
  await until('a message after it', () => {
    here.publish('votes', 'again');
    return heard.includes('again');
  });
  const numbers = heard.filter((message) => typeof message === 'number');
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(heard).not.toContain('into the void');
});

it('keeps no more than 16 million characters for Redis (ERR-13)', () => {
  redis.pause();
  const million = 'x'.repeat(1_000_000);
  const { dropped } = here.counters;
  for (let n = 0; n < 40; n++) here.publish('votes', million);
  expect(here.counters.dropped - dropped).toBe(40 - 17); // 16 * 1,024² characters
});
