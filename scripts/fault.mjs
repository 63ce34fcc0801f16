// npm run test:fault: every fault with several seeds on real processes, and the results as the table of docs/FAULTS.md.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { stop, tail } from './processes.mjs';
import { ensureTestTools } from './test-tools.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const REPORT = join(ROOT, 'docs/FAULTS.md');
const MARKS = ['<!-- written by npm run test:fault -->', '<!-- until here -->'];
/** The maximum time for the start of a shard's hub, in ms. */
const LANE_HEAD_START = 12_000;
const JEST = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    seeds: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 86_400_000)) },
    lanes: { type: 'string', default: String(Math.max(2, Math.min(4, Math.floor(availableParallelism() / 2)))) },
    form: { type: 'string', default: 'long' },
  },
});

await ensureInstalled(ROOT);
const missing = await ensureTestTools(console.log);
if (missing.length > 0) throw new Error(missing.join('\n'));
await ensureBuilt(ROOT, console.log);
const { faultTable } = await import('#tools/reports/fault-table');

const began = Date.now();
const minutes = () => `${((Date.now() - began) / 60_000).toFixed(1)} minutes`;
const folder = mkdtempSync(join(tmpdir(), 'plenum-faults-'));
const file = join(folder, 'outcomes');
writeFileSync(file, '');
const lanes = [];
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(
    signal,
    () => void Promise.all(lanes.map(({ child }) => stop(child, 'SIGTERM', 60_000))).then(() => process.exit(130)),
  );

let told = 0;
const progress = setInterval(tell, 500);
// One after the other: two hubs that look for free ports at the same moment may find the same.
for (let index = 0; index < Number(options.lanes); index++) {
  if (index > 0) await pause(LANE_HEAD_START);
  lanes.push(startLane(index));
}
const codes = await Promise.all(lanes.map(({ ended }) => ended));
clearInterval(progress);
tell();
const outcomes = read();
rmSync(folder, { recursive: true, force: true });

const table = faultTable(outcomes);
console.log(`\n${table}\n\nIn ${minutes()}.`);
for (const [index, code] of codes.entries()) if (code !== 0) console.log(lanes[index].said());
const isWhole = !options.only && options.form === 'long';
if (isWhole) writeReport();
const failed = outcomes.filter(({ problems }) => problems.length > 0).length;
console.log(`${outcomes.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 || codes.some((code) => code !== 0) || outcomes.length === 0 ? 1 : 0);

/** Each shard is a process with a separate hub: long faults mostly wait. */
function startLane(index) {
  const child = spawn(process.execPath, [...JEST, '--selectProjects', 'fault', '--runInBand', '--forceExit'], {
    cwd: ROOT,
    env: {
      ...process.env,
      FAULT_ONLY: options.only,
      FAULT_SEEDS: options.seeds,
      FAULT_SEED: options.seed,
      FAULT_FORM: options.form,
      FAULT_LANE: `${index}/${options.lanes}`,
      FAULT_OUTCOMES: file,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = [tail(child.stdout), tail(child.stderr, 40_000)];
  const ended = new Promise((resolve) => child.once('close', resolve));
  return { child, ended, said: () => said.map((words) => words()).join('\n') };
}

function read() {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}

function tell() {
  for (const { fault, seed, sent, acknowledged, lost, doubled, converged, took, problems } of read().slice(told)) {
    told++;
    const sum = `${acknowledged} of ${sent} acknowledged, ${lost} lost, ${doubled} doubled`;
    const time = `converged in ${converged ?? '–'} ms, ${(took / 1_000).toFixed(1)} s`;
    console.log(`${problems.length > 0 ? '✗' : '✓'} ${fault.padEnd(3)} seed ${seed}: ${sum}; ${time}`);
    for (const problem of problems) console.log(`    ${problem}`);
  }
}

/** Puts the table between its marks; what people wrote around it stays. */
function writeReport() {
  const words = readFileSync(REPORT, 'utf8');
  const [head, rest] = words.split(MARKS[0]);
  const foot = rest.split(MARKS[1])[1];
  const how = `Seeds ${options.seed} to ${Number(options.seed) + Number(options.seeds) - 1}, ${options.lanes} at a time, ${minutes()} on ${cpus().length} cores.`;
  writeFileSync(REPORT, `${head}${MARKS[0]}\n\n${table}\n\n${how}\n\n${MARKS[1]}${foot}`);
}
