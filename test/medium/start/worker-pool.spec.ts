import cluster from 'node:cluster';
import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { WorkerPool } from '../../../apps/api/src/platform/cluster/worker-pool.js';
import { log } from '../../../apps/api/src/platform/logging/log.js';
import { until } from '../../support/until.js';

/** The pool alone, over real processes that are ready when the test says: which of two starts comes first is not left to chance. */
let pool: WorkerPool;
beforeEach(() => {
  log.level = 'silent';
  prepareFor(0);
  pool = new WorkerPool({ count: 2, onMessage: () => undefined, onGone: () => undefined });
});
afterEach(async () => {
  await pool.close();
});

/** Workers that start from here on take this many ms until they are ready. */
const prepareFor = (ms: number) =>
  cluster.setupPrimary({ exec: resolve('test/medium/start/slow-worker.mjs'), args: [String(ms)] });
const running = () => Object.values(cluster.workers ?? {}).flatMap((worker) => worker?.process.pid ?? []);
const serving = () => pool.serving.map(({ worker }) => worker.process.pid);
const kill = (number: number) => process.kill(Number(pool.serving[number]!.worker.process.pid), 'SIGKILL');

it('leaves no worker outside its slot when one dies and all are renewed meanwhile (START-18)', async () => {
  await pool.open();
  const before = running();
  prepareFor(400);
  kill(0);
  await until('a successor that is being prepared', () => running().some((pid) => !before.includes(pid)));
  const revived = running().find((pid) => !before.includes(pid));
  await pool.roll();
  expect(running().sort()).toEqual(serving().sort());
  expect(running()).toHaveLength(2);
  expect([...before, revived].filter((pid) => running().includes(Number(pid)))).toEqual([]); // what began before the renewal may be of the old code
});

it('leaves no worker outside its slot when the one that is being renewed dies (START-18)', async () => {
  await pool.open();
  const before = running();
  prepareFor(800);
  const renewed = pool.roll();
  await until('a successor that is being prepared', () => running().some((pid) => !before.includes(pid)));
  kill(0);
  await renewed;
  expect(running().sort()).toEqual(serving().sort());
  expect(running()).toHaveLength(2);
});

it('says that a worker ended when it died while it waited for the others (START-18)', async () => {
  prepareFor(300);
  const opened = pool.open();
  await until('the second worker', () => running().length === 2);
  process.kill(running()[0]!, 'SIGKILL');
  await expect(opened).rejects.toThrow('ended before it was listening');
});
