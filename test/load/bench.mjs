// npm run bench [-- name… --rounds N --quick | --report]: loads the built hub beside its baselines in interleaved rounds, keeps each
// result in .data/bench, and writes the tables of docs/BENCHMARKS.md from all of them. --quick: shorter, kept and written apart.
import { appendFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../scripts/build.mjs';
import { writeReport } from './report.mjs';
import { scenarios, WITHOUT_STAGE } from './scenarios.mjs';
import { setStage } from './stage.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDER = join(ROOT, '.data/bench');

const flag = { type: 'boolean', default: false };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { report: flag, quick: flag, rounds: { type: 'string', default: '3' } },
});
const SCENARIOS = scenarios({ isQuick: values.quick });
const RESULTS = join(FOLDER, values.quick ? 'quick.jsonl' : 'results.jsonl');
const PAGE = values.quick ? join(FOLDER, 'quick.md') : join(ROOT, 'docs/BENCHMARKS.md');
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
writeReport({ results: RESULTS, page: PAGE, root: ROOT });

async function run(names, rounds) {
  await ensureBuilt(ROOT);
  for (let round = 1; round <= rounds; round++)
    for (const name of names) {
      const from = Date.now();
      const outcome = await runOne(name).catch((error) => ({ error: String(error?.stack ?? error) }));
      const seconds = Math.round((Date.now() - from) / 1000);
      appendFileSync(
        RESULTS,
        `${JSON.stringify({ name, round, at: new Date(from), tookSeconds: seconds, ...outcome })}\n`,
      );
      console.log(`${round} ${name} (${seconds} s): ${outcome.error ?? brief(outcome.result)}`);
      if (outcome.error) process.exitCode = 1; // the others go on
    }
}

/** Each on a fresh database, so that none uses the tables of another. */
async function runOne(name) {
  if (WITHOUT_STAGE.has(name)) return { result: await SCENARIOS[name]() };
  const stage = await setStage();
  current = stage;
  try {
    return { result: await SCENARIOS[name](stage), postgres: stage.postgresVersion };
  } finally {
    current = null;
    await stage.close();
  }
}

function brief({ ack, visible, cpu, generator, truth, microsPerVotePerson, ...rest }) {
  if (!ack) return JSON.stringify({ ...rest, cpu, generator, truth });
  const warning = generator.saturated ? ' GENERATOR SATURATED' : '';
  return `${rest.people} in, ${rest.counted} of ${rest.sent} counted, ack p99 ${ack.p99} ms, visible p99 ${visible.p99} ms, servers' CPU ${cpu.total.toFixed(1)} s (node ${cpu.nodes.toFixed(1)}), ${microsPerVotePerson.toFixed(3)} µs per vote × person, lost ${truth.lost}, doubled ${truth.doubled}, generator ${generator.busiest} of a core, ${generator.microsPerFrame} µs a frame${warning}`;
}
