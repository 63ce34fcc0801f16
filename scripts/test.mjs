// npm test: everything. npm test check | unit | build | medium | e2e: one part of it (the last two build first).
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { prepareCaddy } from './caddy.mjs';
import { GoMissing } from './go-program.mjs';
import { ensureInstalled } from './install.mjs';
import { prepareLiveKit } from './livekit.mjs';
import { startPostgres } from './postgres.mjs';
import { readJson, tail } from './processes.mjs';
import { ensureTestTools } from './test-tools.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const MINUTE = 60_000;
const JEST = [
  '--import',
  './test/support/runner/typescript-threads.mjs',
  '--experimental-vm-modules',
  '--no-warnings=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];
const bin = (name) => join('node_modules', '.bin', name);

/** What runs, in this order: the quick answers first. A step is one check, or a jest run whose tests are counted one by one. */
const STEPS = [
  {
    part: 'check',
    name: 'lint',
    command: [bin('eslint'), 'apps', 'libs', 'test', 'scripts', 'tools', '--max-warnings', '0'],
  },
  { part: 'check', name: 'format', command: [bin('prettier'), '--check', '--log-level', 'warn', '.'] },
  { part: 'check', name: 'types of API, libs and tests', command: [bin('tsc'), '-p', 'tsconfig.json'] },
  { part: 'check', name: 'types of the web app', command: [bin('tsc'), '-p', 'apps/web/tsconfig.json'] },
  {
    part: 'check',
    name: 'boundaries',
    command: [bin('depcruise'), 'apps', 'libs', 'tools', '--config', '.dependency-cruiser.cjs', '--output-type', 'err'],
  },
  {
    part: 'check',
    name: 'folders without cycles',
    command: [
      bin('depcruise'),
      ...['apps', 'libs', 'tools', '--config', '.dependency-cruiser-folders.cjs', '--output-type', 'err'],
    ],
  },
  { part: 'check', name: 'dead code', command: [bin('knip'), '--no-progress'] },
  { part: 'check', name: 'every rule of the SPEC is tested', command: [process.execPath, 'scripts/spec-coverage.mjs'] },
  { part: 'check', name: 'words', command: [process.execPath, 'scripts/words.mjs'] },
  { part: 'unit', name: 'unit tests', projects: ['unit', 'web'], minutes: 6 },
  { part: 'build', name: 'build', work: () => ensureBuilt(ROOT, () => undefined) },
  { part: 'medium', name: 'build', work: () => ensureBuilt(ROOT, () => undefined), unlessWhole: true },
  {
    part: 'medium',
    name: 'medium tests',
    projects: ['medium'],
    minutes: 25,
    flags: ['--maxWorkers=2', '--testTimeout=20000'],
  },
  { part: 'e2e', name: 'build', work: () => ensureBuilt(ROOT, () => undefined), unlessWhole: true },
  { part: 'e2e', name: 'e2e tests', projects: ['e2e'], minutes: 30, flags: ['--runInBand'] },
];

const wanted = process.argv[2];
const steps = STEPS.filter(({ part, unlessWhole }) => (wanted ? part === wanted : !unlessWhole));
if (steps.length === 0) {
  console.error(`There is no part "${wanted}": npm test [check|unit|build|medium|e2e] [jest's own arguments]`);
  process.exit(2);
}
const began = Date.now();
const results = [];
const running = new Set();
const folder = mkdtempSync(join(tmpdir(), 'plenum-test-'));
chmodSync(folder, 0o755); // as root, databases run under another account
let postgres = null;

for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    for (const child of running) endGroup(child);
    void postgres?.stop().then(() => process.exit(130));
    if (!postgres) process.exit(130);
  });

try {
  await prepare();
  const checks = steps.filter(({ part }) => part === 'check');
  await Promise.all([takeChecks(checks), takeChecks(checks)]);
  for (const step of steps.filter(({ part }) => part !== 'check')) await take(step);
} catch (error) {
  record('preparation', 0, 1, error.isExplained ? error.message : error.stack);
} finally {
  await postgres?.stop();
  if (postgres) rmSync(postgres.folder, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}
summarise();

/** Installs and starts what the wanted steps need. LiveKit may take two minutes to build: that goes on behind the quick checks. */
async function prepare() {
  await ensureInstalled(ROOT);
  if (!steps.some(({ part }) => part === 'medium' || part === 'e2e')) return;
  const missing = await ensureTestTools(console.log);
  if (missing.length > 0) record('tools', 0, missing.length, missing.join('\n'));
  const [folder, tell] = [join(ROOT, '.data'), (step) => console.log(`  … ${step}`)];
  const livekit = prepareInBackground(() => prepareLiveKit(folder, tell));
  insertBefore(['medium', 'e2e'], { name: 'LiveKit server', work: livekit });
  if (steps.some(({ part }) => part === 'e2e')) {
    // after LiveKit, which the medium tests wait for, and behind them
    const caddy = prepareInBackground(() =>
      livekit()
        .then(() => prepareCaddy(folder, tell))
        .catch(ignoreMissingGo),
    );
    insertBefore(['e2e'], { name: 'Caddy', work: caddy });
  }
  postgres = await startPostgres(folder, { settings: ['fsync=off', 'full_page_writes=off', 'max_connections=300'] });
}

/** Begins at once; what it answers waits for the end, and fails as that failed. */
function prepareInBackground(work) {
  const settled = work().then(
    () => null,
    (error) => error,
  );
  return () => settled.then((error) => error && Promise.reject(error));
}

/** Without Go the tests that need Caddy are skipped, and say so by name. */
function ignoreMissingGo(error) {
  if (!(error instanceof GoMissing)) throw error;
}

function insertBefore(parts, step) {
  steps.splice(
    steps.findIndex(({ part }) => parts.includes(part)),
    0,
    step,
  );
}

/** The checks need a core each and nothing of each other: two at a time. */
async function takeChecks(checks) {
  for (let step = checks.shift(); step; step = checks.shift()) await take(step);
}

async function take(step) {
  const from = Date.now();
  const seconds = () => `${((Date.now() - from) / 1000).toFixed(1)} s`;
  if (step.projects) {
    const { passed, failed, output } = await runJest(step);
    record(`${step.name} (${seconds()})`, passed, failed, failed > 0 ? output : '');
  } else {
    const problem = step.work
      ? await step.work().then(
          () => '',
          (error) => error.message,
        )
      : await runCheck(step.command);
    record(`${step.name} (${seconds()})`, problem ? 0 : 1, problem ? 1 : 0, problem);
  }
}

async function runCheck([command, ...args]) {
  const { code, output } = await runBounded(command, args, 4 * MINUTE);
  return code === 0 ? '' : output || `ended with ${code}`;
}

/** A suite that cannot even be loaded counts as failed, and so does a run that gives no result. */
async function runJest({ projects, minutes, flags = [] }) {
  mkdirSync(join(ROOT, 'test-results'), { recursive: true });
  const file = join(ROOT, 'test-results', `${projects.join('-')}.json`);
  rmSync(file, { force: true });
  const args = [
    ...JEST,
    '--selectProjects',
    ...projects,
    '--json',
    `--outputFile=${file}`,
    ...flags,
    ...process.argv.slice(3),
  ];
  const { code, output } = await runBounded(process.execPath, args, minutes * MINUTE);
  const result = readJson(file);
  if (!result) return { passed: 0, failed: 1, output: output || `jest ended with ${code}` };
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  return { passed: result.numPassedTests, failed: failed || (result.success ? 0 : 1), output };
}

/** Ends the whole process group when the time is over, so that no browser or server stays behind; what they leave in files goes with `folder`. */
function runBounded(command, args, timeout) {
  return new Promise((settle) => {
    const env = { ...process.env, TMPDIR: folder, ...(postgres && { TEST_DATABASE_URL: postgres.url }) };
    const child = spawn(command, args, { cwd: ROOT, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    const out = tail(child.stdout, 4_000);
    const err = tail(child.stderr, 40_000);
    let note = '';
    const timer = setTimeout(() => {
      note = `took more than ${timeout / MINUTE} minutes and was ended`;
      endGroup(child);
    }, timeout);
    const done = (code, problem = '') => {
      clearTimeout(timer);
      running.delete(child);
      const said = out().startsWith('{') ? err() : [out(), err()].filter(Boolean).join('\n');
      settle({ code, output: [said, note, problem].filter(Boolean).join('\n') });
    };
    child.once('error', (error) => done(1, error.message));
    child.once('close', (code) => done(code));
  });
}

/** SIGTERM first: a hub that a test started stops its own children, which are in groups of their own. */
function endGroup(child, signal = 'SIGTERM') {
  try {
    process.kill(-child.pid, signal);
    if (signal === 'SIGTERM') setTimeout(() => endGroup(child, 'SIGKILL'), 20_000).unref();
  } catch {
    /* it has ended */
  }
}

function record(name, passed, failed, output = '') {
  results.push({ name, passed, failed });
  console.log(`${failed > 0 ? '✗' : '✓'} ${name}${passed + failed > 1 ? `: ${passed} passed, ${failed} failed` : ''}`);
  if (output) console.log(output.replace(/^/gm, '    '));
}

function summarise() {
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  const broken = results.filter((result) => result.failed > 0).map(({ name }) => name);
  console.log(
    `\nIn ${((Date.now() - began) / MINUTE).toFixed(1)} minutes${broken.length > 0 ? `; failed: ${broken.join(', ')}` : ''}.`,
  );
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
