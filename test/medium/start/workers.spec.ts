import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { newId } from '#libs/client/new-id';
import { isRunning } from '../../../scripts/processes.mjs';
import { type HubProcesses, startHubProcesses } from '../../support/hub/hub-process.js';
import { testClients } from '../../support/clients/test-clients.js';
import { until } from '../../support/until.js';
import { writers } from '../../support/load/writers.js';

jest.setTimeout(120_000);
/** A process starts within this many ms, also on a busy machine. */
const STARTING = 40_000;
let hub: HubProcesses;
let crowd: ReturnType<typeof testClients>;

beforeAll(async () => {
  hub = await startHubProcesses({ env: { WORKERS: '2', DEMO: 'off', LOG_LEVEL: 'info' } });
}, 60_000);
afterAll(() => hub?.close(), 30_000);
beforeEach(async () => {
  const { id, event_id } = await hub.make.session();
  crowd = testClients(hub, { id, event_id });
});
afterEach(() => crowd.leave());

const primary = () => hub.nodes[0]!;
async function workerPids(): Promise<number[]> {
  const children = await readFile(`/proc/${primary().pid}/task/${primary().pid}/children`, 'utf8');
  return children.trim().split(' ').filter(Boolean).map(Number);
}
const scrape = async () => (await fetch(`${hub.url}/metrics`)).text();
/** The numbers of one metric, by worker where it is told by worker. */
async function numbers(name: string): Promise<Record<string, number>> {
  const found = [...(await scrape()).matchAll(new RegExp(`^${name}(?:{.*?worker="(\\w+)".*?})? (\\S+)$`, 'gm'))];
  return Object.fromEntries(found.map(([, worker = 'all', value]) => [worker, Number(value)]));
}
/** Connections are handed to the workers in turn, so four people are two on each. */
const four = () => Promise.all([crowd.join(), crowd.join(), crowd.join(), crowd.join()]);
const isServedByBoth = () =>
  until('people on both workers', async () => {
    const sockets = await numbers('plenum_sockets');
    return (sockets['1'] ?? 0) > 0 && (sockets['2'] ?? 0) > 0;
  });

it('shows people on different workers the same votes within a second, without Redis (START-16)', async () => {
  const persons = await four();
  await isServedByBoth();
  const question = await persons[0].feed.ask({ id: newId(), text: 'Who hears us?' });
  const began = performance.now();
  await Promise.all(persons.map(({ feed }) => feed.vote(question.id, true)));
  await until('all votes on every screen', () =>
    persons.every(({ feed }) =>
      feed.getSnapshot().questions.some(({ id, score }) => id === question.id && score === 4),
    ),
  );
  expect(performance.now() - began).toBeLessThan(1_000);
});

it('answers a scrape with the whole machine, whichever worker is asked (START-17)', async () => {
  await four();
  await isServedByBoth();
  await until('every viewer in the sum', async () => (await numbers('plenum_viewers'))['all'] === 4);
  expect(await numbers('plenum_workers')).toEqual({ all: 2 });
  expect(await numbers('plenum_ready')).toEqual({ 1: 1, 2: 1 });
  expect(Object.keys(await numbers('process_resident_memory_bytes')).sort()).toEqual(['1', '2', 'primary']);
});

it('loses nothing that was acknowledged when a worker is killed, and starts it again (START-18)', async () => {
  const persons = await four();
  await isServedByBoth();
  const question = await persons[0].feed.ask({ id: newId(), text: 'Who is next?' });
  const load = writers(persons, [question.id]);
  await until('writes before', () => load.waits.length > 50);
  const before = await workerPids();
  process.kill(before[0]!, 'SIGKILL');
  const written = load.waits.length;
  await until(
    'another worker',
    async () => {
      const now = await workerPids();
      return now.length === 2 && !now.includes(before[0]!) && now.includes(before[1]!);
    },
    STARTING,
  );
  await until('both serving', async () => (await numbers('plenum_workers'))['all'] === 2, STARTING);
  await until('more writes', () => load.waits.length > written + 100);
  await load.stop();
  await load.verify(hub.database);
  expect(await numbers('plenum_worker_restarts_total')).toEqual({ all: 1 });
});

it('renews every worker on SIGUSR2 while people go on writing, and the port never closes (START-18)', async () => {
  const persons = await four();
  const question = await persons[0].feed.ask({ id: newId(), text: 'Who is new?' });
  const load = writers(persons, [question.id]);
  await until('writes before', () => load.waits.length > 50);
  const before = await workerPids();
  primary().signal('SIGUSR2');
  const refusals: unknown[] = [];
  await until(
    'new workers only',
    async () => {
      await answerTo(`${hub.url}/api/health/live`).catch((error: unknown) => refusals.push(error));
      const now = await workerPids();
      return now.length === 2 && now.every((pid) => !before.includes(pid));
    },
    2 * STARTING,
  );
  const written = load.waits.length;
  await until('more writes', () => load.waits.length > written + 100);
  await load.stop();
  await load.verify(hub.database);
  expect(refusals).toEqual([]);
});

it('says in its log which worker speaks, and ends all of them in order on SIGTERM (START-18)', async () => {
  await four();
  const pids = await workerPids();
  expect(await primary().stop()).toBe(0);
  for (const pid of pids) expect(isRunning(pid, 'main.js')).toBe(false);
  expect(primary().output()).toMatch(/"worker":\d/);
});

it('counts the limits of an address over all workers (START-16, ERR-2)', async () => {
  const limited = await startHubProcesses({
    env: { WORKERS: '2', DEMO: 'off', LIMITS: 'on', ADDRESS_LIMIT_FACTOR: '0.01' },
  });
  try {
    const event = await limited.make.event();
    const answers = [];
    for (let n = 0; n < 20; n++) answers.push(await signInAsGuest(limited.url, String(event.slug)));
    const taken = answers.filter((status) => status < 300).length;
    expect(taken).toBeGreaterThanOrEqual(12);
    expect(taken).toBeLessThan(16); // twelve, and what one worker takes before it hears of the other
    expect(answers.slice(16)).toEqual([429, 429, 429, 429]);
  } finally {
    await limited.close();
  }
});

/** On a connection of its own, so that the workers take turns. */
async function signInAsGuest(url: string, event: string): Promise<number> {
  const call = request(`${url}/api/auth/guest`, {
    method: 'POST',
    agent: false,
    headers: { 'content-type': 'application/json', origin: url },
  });
  return statusOf(call.end(JSON.stringify({ event })));
}

const answerTo = (url: string) => statusOf(request(url, { agent: false }).end());

async function statusOf(call: ClientRequest): Promise<number> {
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode ?? 0;
}
