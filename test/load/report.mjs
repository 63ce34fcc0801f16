import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const [BEGIN, END] = ['<!-- written by npm run bench -->', '<!-- until here -->'];

/** Writes the tables of docs/BENCHMARKS.md from every kept result. */
export function writeReport(results, root) {
  const all = readFileSync(results, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const names = [...new Set(all.map(({ name }) => name))];
  const of = (name) => all.filter((each) => each.name === name).map(({ result }) => result);
  const storms = names.filter((name) => of(name)[0].ack).map((name) => row(name, of(name)));
  const limits = of('batch-limit');
  const text = [
    machine(),
    '',
    '| scenario | runs | ack p99, ms | visible p99, ms | CPU of all servers, s | of the hub, s | µs per vote × person | acknowledged/s | lost, doubled | generator, of a core |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...storms,
    '',
    'Each cell is the median (least–most). Generators above 0.85 of a core are marked: they measure themselves.',
    ...ratio(of),
    ...(limits.length > 0 ? ['', limitsLine(limits)] : []),
  ].join('\n');
  const file = join(root, 'docs/BENCHMARKS.md');
  const page = readFileSync(file, 'utf8');
  const [before, after] = [page.slice(0, page.indexOf(BEGIN) + BEGIN.length), page.slice(page.indexOf(END))];
  writeFileSync(file, `${before}\n\n${text}\n\n${after}`);
}

function machine() {
  const [{ model }] = cpus();
  return `Machine: ${cpus().length} cores (${model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, the embedded PostgreSQL with its default, durable settings, Redis on. Generator, hub, PostgreSQL and Redis share the cores.`;
}

function row(name, runs) {
  const cell = (pick, digits = 0) => spread(runs.map(pick), digits);
  const worst = (pick) => Math.max(...runs.map(pick));
  const mark = runs.some(({ generator }) => generator.saturated) ? ' (saturated)' : '';
  return `| ${[
    name,
    runs.length,
    cell(({ ack }) => ack.p99),
    cell(({ visible }) => visible.p99),
    cell(({ cpu }) => cpu.total, 1),
    cell(({ cpu }) => cpu.nodes, 1),
    cell(({ microsPerVotePerson }) => microsPerVotePerson, 3),
    cell(({ acknowledgedPerSecond }) => acknowledgedPerSecond),
    `${worst(({ truth }) => truth.lost)}, ${worst(({ truth }) => truth.doubled)}`,
    `${cell(({ generator }) => generator.busiest, 2)}${mark}`,
  ].join(' | ')} |`;
}

function ratio(of) {
  const cost = (name) => median(of(name).map(({ microsPerVotePerson }) => microsPerVotePerson));
  const [usual, storm] = [cost('usual-500x50'), cost('hub-5000x1000')];
  if (!usual || !storm) return [];
  return [
    '',
    `Per vote × person the usual way (500 × 50/s) costs ${Math.round(usual / storm)} times as much as the hub (5,000 × 1,000/s).`,
  ];
}

function limitsLine(limits) {
  const cell = (name) =>
    spread(
      limits.map((limit) => limit[name]),
      0,
    );
  return `PostgreSQL alone, votes a second: ${cell('of100')} in batches of 100 from one writer, ${cell('of1000')} in batches of 1,000, ${cell('oneByOne')} one by one over ten connections.`;
}

function spread(values, digits) {
  const show = (value) => value.toFixed(digits);
  const middle = show(median(values));
  return values.length === 1 ? middle : `${middle} (${show(Math.min(...values))}–${show(Math.max(...values))})`;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
