import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { backSection, batchSection, reachSection, readersSection, stateSection } from './report-limits.mjs';
import { costSection, memorySection, frameSection } from './report-costs.mjs';
import { floodSection } from './report-flood.mjs';
import { viewersSection } from './report-viewers.mjs';
import { exportSection } from './report-exports.mjs';
import { moderatedSection } from './report-moderated.mjs';
import { importSection } from './report-imports.mjs';
import { webSection } from './report-web.mjs';
import { ratioSection, stormSection } from './report-storms.mjs';
import { withoutMachinePaths } from './machine-paths.mjs';
import { plot } from './plot.mjs';

const [BEGIN, END] = ['<!-- written by npm run bench -->', '<!-- until here -->'];
const SECTIONS = [
  stormSection,
  ratioSection,
  frameSection,
  memorySection,
  costSection,
  backSection,
  readersSection,
  floodSection,
  moderatedSection,
  importSection,
  exportSection,
  stateSection,
  reachSection,
  viewersSection,
  webSection,
  batchSection,
];

/** Writes tables and the plot from every kept result: into the marked part of a page, or as a page of their own. */
export function writeReport({ results, page, root }) {
  const all = readFileSync(results, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const kept = {
    names: [...new Set(all.map(({ name }) => name))],
    of: (name) => all.filter((each) => each.name === name && each.result).map(({ result }) => result),
  };
  const picture = plot(kept);
  const image = join(
    root,
    page.startsWith(join(root, 'docs')) ? 'docs/images/benchmarks.svg' : '.data/bench/quick.svg',
  );
  if (picture) writeFileSync(image, picture);
  const text = [
    machine(all),
    picture && `![Latency and cost of the hub beside the usual way](${relative(dirname(page), image)})`,
    ...SECTIONS.map((section) => section(kept)),
    failures(all),
  ];
  writeInto(page, withoutMachinePaths(text.filter(Boolean).join('\n\n'), { root }));
}

function writeInto(page, text) {
  const old = readOr(page, `${BEGIN}\n\n${END}\n`);
  const [before, after] = [old.slice(0, old.indexOf(BEGIN) + BEGIN.length), old.slice(old.indexOf(END))];
  writeFileSync(page, `${before}\n\n${text}\n\n${after}`);
}

function readOr(file, fallback) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return fallback;
  }
}

function machine(all) {
  const [{ model }] = cpus();
  const versions = [...new Set(all.flatMap(({ postgres }) => postgres ?? []))];
  const days = [...new Set(all.map(({ at }) => at.slice(0, 10)))];
  return `Machine: ${cpus().length} cores (${model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, the embedded PostgreSQL${versions.length > 0 ? ` ${versions.join(', ')}` : ''} with its default, durable settings, Redis on; ${days.join(', ')}. Generator, hub, PostgreSQL and Redis share the cores. Each cell is the median (least–most) of the runs.`;
}

function failures(all) {
  const failed = all.filter(({ error }) => error);
  return failed.length === 0
    ? null
    : ['Runs that failed, and are in no table:', '', ...failed.map(({ name, round, error }) => `- ${name}, round ${round}: ${error.split('\n')[0]}`)].join('\n'); // prettier-ignore
}
