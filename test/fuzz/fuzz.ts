import { setTimeout as pause } from 'node:timers/promises';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { until } from '../support/until.js';
import { wrongTotals } from '../support/load/invariants.js';
import { inspect, inspectorIn } from '../load/inspected.mjs';
import { startNeighbour } from './neighbour.js';
import { FuzzReport, type Memory } from './report.js';
import { playRound } from './round.js';

export interface FuzzOptions {
  /** Round n has seed + n. */
  readonly seed: number;
  readonly minutes: number;
  /** At most this many rounds: one repeats a finding. */
  readonly rounds?: number;
  /** An ack p99 below this is good regardless of its value before, in ms. */
  readonly floor: number;
  /** The minutes until memory has to be back at its base: sessions without viewers are kept for five. */
  readonly rest?: number;
}

/** Acks of the neighbour before the fuzz begins. */
const NORMAL = 160;
/** Rounds that load code and fill caches before the heap is measured. */
const WARM_UP = 2;
/** The memory of sessions with recent viewers grows with the rounds, up to this much. */
const GROWTH = { factor: 1.25, bytes: 24 * 2 ** 20 };
/** At rest it is freed; entries of questions and polls, bounded by number, and compiled code stay. */
const GROWTH_AT_REST = { factor: 1.1, bytes: 12 * 2 ** 20 };

/** Attacks a built hub with PostgreSQL and Redis for a while; the report's findings are empty when it withstood all of it. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const hub = await startHubProcesses({
    redis: true,
    preload: ['./test/fuzz/preload/inspect.mjs'],
    env: { LIMITS: 'on', LIMIT_FACTOR: '1000', CONNECT_RATE: '100000', DEMO: 'off' },
  });
  const report = new FuzzReport();
  try {
    await attackHub(hub, options, report);
  } catch (error) {
    report.find(`${(error as Error).message}\n${hub.nodes[0]?.output()}`);
  } finally {
    await hub.close();
  }
  return report;
}

async function attackHub(
  hub: HubProcesses,
  { seed, minutes, rounds = Infinity, floor, rest = 0 }: FuzzOptions,
  report: FuzzReport,
) {
  const node = await inspect(inspectorIn(hub.nodes[0]!.output())!);
  const neighbour = await startNeighbour(hub);
  await until('the neighbour', () => neighbour.answers() >= NORMAL, 30_000);
  const before = neighbour.takeP99();
  const end = Date.now() + minutes * 60_000;
  // Measuring collects all garbage three times, which stops the node for a quarter of a second each.
  const weigh = () => neighbour.without(node.memory);
  let base = await weigh();
  for (let round = 0; round < rounds && (round < 1 || Date.now() < end); round++) {
    await playRound(hub, seed + round, report);
    lookAtLog(hub, seed + round, report);
    if (round < WARM_UP) base = await weigh();
  }
  report.p99 = { before, during: neighbour.takeP99() };
  await neighbour.leave();
  report.memory = { before: base, after: await node.memory() };
  if (rest > 0) await takeRest(node.memory, rest, report);
  await judge(hub, report, neighbour.problems, floor);
  if (await node.evaluate('"polluted" in {} || Object.keys(Object.prototype).length > 0'))
    report.find('the prototype of all objects was changed');
  node.close();
}

const grown = ({ heap }: Memory, { factor, bytes }: typeof GROWTH) => heap * factor + bytes;

/** Until the memory is back, or the time is over: the report shows which. */
async function takeRest(weigh: () => Promise<Memory>, minutes: number, report: FuzzReport) {
  const end = Date.now() + minutes * 60_000;
  const { before } = report.memory!;
  let atRest = await weigh();
  for (; atRest.heap > before.heap && Date.now() < end; atRest = await weigh()) await pause(15_000);
  report.memory = { ...report.memory!, atRest };
  if (atRest.heap > grown(before, GROWTH_AT_REST)) report.find('memory did not come back to where it was, at rest');
}

async function judge(hub: HubProcesses, report: FuzzReport, problems: readonly string[], floor: number) {
  const { p99, memory } = report;
  for (const problem of problems) report.find(`the neighbour: ${problem}`);
  if (p99.during > Math.max(floor, p99.before * 2))
    report.find(`the neighbour waited ${p99.during.toFixed(1)} ms instead of ${p99.before.toFixed(1)}`);
  if (memory!.after.heap > grown(memory!.before, GROWTH)) report.find('memory did not come back to where it was');
  for (const total of await wrongTotals(hub.database)) report.find(`a wrong total: ${JSON.stringify(total)}`);
  const ready = await fetch(`${hub.url}/api/health/ready`);
  if (!ready.ok) report.find(`the hub is not ready: ${ready.status}`);
}

/** Errors, unhandled rejections and messages of Node itself; the inspector's messages on stderr are none. */
function lookAtLog(hub: HubProcesses, seed: number, report: FuzzReport) {
  const lines = hub.nodes[0]!.output().split('\n');
  const wrong = lines.find((line) => /"level":[56]0/.test(line) || /^\(node:|^\s+at |Uncaught/.test(line));
  if (wrong) report.find(`in the log: ${wrong.slice(0, 1_500)}`, { seed, attacker: -1, role: 'anybody', step: -1 });
}
