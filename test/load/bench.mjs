// npm run bench [-- name… --rounds N | --report]: loads the built hub beside its baselines in interleaved rounds, keeps each
// result in .data/bench, and writes the tables of docs/BENCHMARKS.md from all of them.
import { appendFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../scripts/build.mjs';
import { batchLimit } from './baselines/batch-limit.mjs';
import { writeReport } from './report.mjs';
import { setStage } from './stage.mjs';
import { storm } from './storm.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDER = join(ROOT, '.data/bench');

const hub = (options) => async (stage) => {
  const node = await stage.startNode();
  return storm(stage, { urls: [node.url], ...options });
};
const usualWay = (options) => async (stage) => {
  const node = await stage.startNode({}, 'test/load/baselines/usual-way.mjs');
  return storm(stage, { urls: [node.url], ...options });
};

/** What is measured, by name, in this order; the hub and what it is compared with take turns within a round. */
const SCENARIOS = {
  'usual-500x50': usualWay({ people: 500, votes: 50, seconds: 15 }),
  'hub-500x50': hub({ people: 500, votes: 50, seconds: 15 }),
  'hub-5000x1000': hub({ people: 5_000, votes: 1_000, seconds: 15 }),
  'hub-18000x1000': hub({ people: 18_000, votes: 1_000, seconds: 15 }),
  'votes-5000': hub({ people: 1_000, votes: 5_000, seconds: 10 }),
  'votes-10000': hub({ people: 1_000, votes: 10_000, seconds: 10 }),
  'votes-15000': hub({ people: 1_000, votes: 15_000, seconds: 10 }),
  'cost-5000x50': hub({ people: 5_000, votes: 50, seconds: 10 }),
  'cost-5000x500': hub({ people: 5_000, votes: 500, seconds: 10 }),
  'cost-5000x5000': hub({ people: 5_000, votes: 5_000, seconds: 10 }),
  'people-1000': hub({ people: 1_000, votes: 1_000, seconds: 10 }),
  'people-2500': hub({ people: 2_500, votes: 1_000, seconds: 10 }),
  'people-10000': hub({ people: 10_000, votes: 1_000, seconds: 10 }),
  'batch-limit': batchLimit,
};

const flag = { type: 'boolean', default: false };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { report: flag, rounds: { type: 'string', default: '3' } },
});
const unknown = positionals.filter((name) => !SCENARIOS[name]);
if (unknown.length > 0) {
  console.error(`There is no scenario ${unknown.join(', ')}. There are: ${Object.keys(SCENARIOS).join(', ')}`);
  process.exit(2);
}
let current = null;
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void Promise.resolve(current?.close()).finally(() => process.exit(130)));
mkdirSync(FOLDER, { recursive: true });
if (!values.report) await run(positionals.length > 0 ? positionals : Object.keys(SCENARIOS), Number(values.rounds));
writeReport(join(FOLDER, 'results.jsonl'), ROOT);

async function run(names, rounds) {
  await ensureBuilt(ROOT);
  for (let round = 1; round <= rounds; round++)
    for (const name of names) {
      const stage = await setStage(); // each on a fresh database, so that none works on the tables of another
      current = stage;
      try {
        const result = await SCENARIOS[name](stage);
        appendFileSync(join(FOLDER, 'results.jsonl'), `${JSON.stringify({ name, round, at: new Date(), result })}\n`);
        console.log(`${round} ${name}: ${brief(result)}`);
      } finally {
        current = null;
        await stage.close();
      }
    }
}

function brief({ ack, visible, cpu, generator, truth, microsPerVotePerson, ...rest }) {
  if (!ack) return JSON.stringify(rest);
  const warning = generator.saturated ? ' GENERATOR SATURATED' : '';
  return `${rest.people} in, ${rest.counted} of ${rest.sent} counted, ack p99 ${ack.p99} ms, visible p99 ${visible.p99} ms, servers' CPU ${cpu.total.toFixed(1)} s (node ${cpu.nodes.toFixed(1)}), ${microsPerVotePerson.toFixed(3)} µs per vote × person, lost ${truth.lost}, doubled ${truth.doubled}, generator ${generator.busiest} of a core, ${generator.microsPerFrame} µs a frame${warning}`;
}
