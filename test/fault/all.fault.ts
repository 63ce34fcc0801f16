import { appendFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CATALOGUE } from './catalogue.js';
import { laneOf } from './lanes.js';
import { type Outcome, runFault } from './run.js';
import { type Scenario } from './scenario.js';
import { type FaultCluster, startFaultCluster } from './fault-cluster.js';

/** One shard of `npm run test:fault`: its faults one after the other on a separate hub. scripts/fault.mjs selects them and reads the outcomes. */
const {
  FAULT_ONLY = '',
  FAULT_SEEDS = '5',
  FAULT_SEED = '1',
  FAULT_FORM = 'long',
  FAULT_OUTCOMES = '',
  FAULT_LANE = '0/1',
} = process.env;
const wanted = FAULT_ONLY.split(',').filter(Boolean);
const [lane, lanes] = FAULT_LANE.split('/').map(Number) as [number, number];
const chosen = CATALOGUE.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
const scenarios = laneOf(chosen, lane, lanes);
const seeds = Array.from({ length: Number(FAULT_SEEDS) }, (_, place) => Number(FAULT_SEED) + place);
const form = FAULT_FORM === 'short' ? 'short' : 'long';

/** The outcome of a run that did not finish. */
const failure = ({ id, title }: Scenario, seed: number, { message }: Error): Outcome => ({
  fault: id,
  title,
  seed,
  sent: 0,
  acknowledged: 0,
  refused: 0,
  unknown: 0,
  lost: 0,
  doubled: 0,
  converged: null,
  took: 0,
  problems: [message],
});

let cluster: FaultCluster;
beforeAll(async () => {
  if (scenarios.length > 0) cluster = await startFaultCluster({ durable: form === 'long' });
}, 120_000);
afterAll(() => cluster?.close(), 60_000);

const runs = scenarios.flatMap((scenario) => seeds.map((seed) => ({ id: scenario.id, seed, scenario })));
if (runs.length === 0) it('has nothing to do in this lane', () => expect(chosen.length).toBeLessThan(lanes));
else
  it.each(runs)(
    '$id, seed $seed',
    async ({ scenario, seed }) => {
      const outcome = await runFault(cluster, scenario, seed, form).catch((error: Error) =>
        failure(scenario, seed, error),
      );
      if (FAULT_OUTCOMES) appendFileSync(FAULT_OUTCOMES, `${JSON.stringify(outcome)}\n`);
      expect(outcome.problems).toEqual([]);
    },
    180_000,
  );
