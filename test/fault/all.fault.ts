import { appendFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CATALOGUE } from './catalogue.js';
import { runFault } from './run.js';
import { type Stand, startStand } from './stand.js';

/** One lane of `npm run test:fault`: its faults one after the other on a hub of its own. scripts/fault.mjs says which and reads the outcomes. */
const { FAULT_ONLY = '', FAULT_SEEDS = '5', FAULT_SEED = '1', FAULT_FORM = 'long', FAULT_OUTCOMES = '' } = process.env;
const wanted = FAULT_ONLY.split(',').filter(Boolean);
const scenarios = CATALOGUE.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
const seeds = Array.from({ length: Number(FAULT_SEEDS) }, (_, place) => Number(FAULT_SEED) + place);
const form = FAULT_FORM === 'short' ? 'short' : 'long';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand({ durable: form === 'long' });
}, 120_000);
afterAll(() => stand?.close(), 60_000);

const runs = scenarios.flatMap((scenario) => seeds.map((seed) => ({ id: scenario.id, seed, scenario })));
it.each(runs)(
  '$id, seed $seed',
  async ({ scenario, seed }) => {
    const outcome = await runFault(stand, scenario, seed, form);
    if (FAULT_OUTCOMES) appendFileSync(FAULT_OUTCOMES, `${JSON.stringify(outcome)}\n`);
    expect(outcome.problems).toEqual([]);
  },
  180_000,
);
