// npm run test:api: Schemathesis against the built hub, once as each role, each on a hub and a database of its own.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readReport, table } from '../test/api/report.mjs';
import { FIRST_ORGANISER, ROLES, seed } from '../test/api/roles.mjs';
import { settingsOf, withExamples } from '../test/api/settings.mjs';
import { setStage } from '../test/load/stage.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { prepareLiveKit, runLiveKit } from './livekit.mjs';
import { freePort, run } from './processes.mjs';
import { ensureSchemathesis } from './schemathesis.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const RESULTS = join(ROOT, 'test-results/api');
const LIVEKIT = { LIVEKIT_API_KEY: 'plenum-test', LIVEKIT_API_SECRET: 'a-secret-of-this-test-that-is-long-enough' };
const PHASES = ['examples', 'coverage', 'fuzzing', 'stateful'];
/** Checks that do not fit this hub, each for its reason. */
const LEFT_OUT = [
  'positive_data_acceptance', // what a schema cannot say is refused too: an end before its start, control characters in a name
  'unsupported_method', // a path with another method is not found: 404, not 405
];
/** Seconds for the end of the phases that came before the time was over. */
const PATIENCE = 300;
/** At most this many characters of a failure are printed; the rest is in the report. */
const SHOWN = 20_000;

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '14' },
    'max-examples': { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const roles = ROLES.filter((role) => role.includes(options.only));
const secondsEach = Math.max(10, Math.round((Number(options.minutes) * 60) / roles.length));

await ensureInstalled(ROOT);
await ensureBuilt(ROOT, console.log);
const schemathesis = await ensureSchemathesis(join(ROOT, '.data'));
const livekit = await prepareLiveKit(join(ROOT, '.data'), console.log);
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });

/** What runs for the role whose turn it is: a signal ends it too. */
const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => void Promise.allSettled([...running].map((end) => end())).then(() => process.exit(130)));

const rows = [];
for (const role of roles) rows.push(await tryAs(role));
const summary = table(rows);
writeFileSync(join(RESULTS, 'summary.md'), `${summary}\n`);
console.log(`\n${summary}`);
process.exitCode = rows.length > 0 && rows.every(({ isClean }) => isClean) ? 0 : 1;

/** A hub with its streams for one role, and what Schemathesis found there. */
async function tryAs(role) {
  const stage = await setStage();
  running.add(stage.close);
  const streams = await startStreams(stage.postgres.folder);
  running.add(streams.stop);
  try {
    const node = await stage.startNode({ DEMO: 'on', LIMITS: 'off', ...FIRST_ORGANISER, ...streams.env });
    const found = await attack(role, node.url);
    const isAlive = (await fetch(`${node.url}/api/health/ready`)).ok;
    return { ...found, role, isClean: found.isClean && isAlive };
  } finally {
    running.clear();
    await stage.close();
    await streams.stop();
  }
}

async function attack(role, url) {
  const { values, schedule, tokenOf } = await seed(url);
  const folder = join(RESULTS, role.replaceAll(' ', '-'));
  mkdirSync(folder, { recursive: true });
  const document = join(folder, 'openapi.json');
  writeFileSync(document, JSON.stringify(withExamples(await readDocument(url), { schedule })));
  const settings = join(folder, 'schemathesis.toml');
  writeFileSync(settings, settingsOf({ values, token: await tokenOf(role), spent: await tokenOf('attendee') }));
  console.log(`As ${role}, for up to ${secondsEach} s …`);
  const said = join(folder, 'output.txt');
  const words = openSync(said, 'w');
  const { code } = await run(
    schemathesis,
    ['--config-file', settings, '--no-color', 'run', document, '--url', url, ...argumentsOf(folder)],
    { cwd: folder, timeout: (secondsEach + PATIENCE) * 1_000, stdio: ['ignore', words, words] },
  );
  closeSync(words);
  rmSync(settings); // it holds the role's token
  const report = await readReport(join(folder, 'report.ndjson'));
  if (code !== 0) console.log(readFileSync(said, 'utf8').slice(-SHOWN));
  return { ...report, isClean: code === 0 && report.phases.length === PHASES.length };
}

function argumentsOf(folder) {
  return [
    ...['--phases', PHASES.join(), '--checks', 'all', '--exclude-checks', LEFT_OUT.join(), '--continue-on-failure'],
    ...['--seed', options.seed, '--max-examples', options['max-examples'], '--max-time', String(secondsEach)],
    ...['--generation-database', 'none', '--request-timeout', '20', '--warnings', 'off'],
    ...['--report', 'junit,ndjson', '--report-junit-path', join(folder, 'junit.xml')],
    ...['--report-ndjson-path', join(folder, 'report.ndjson')],
  ];
}

async function readDocument(url) {
  return (await fetch(`${url}/api/openapi.json`)).json();
}

async function startStreams(folder) {
  const [port, tcpPort, udpPort] = [await freePort(), await freePort(), await freePort()];
  const { LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret } = LIVEKIT;
  const webhookUrl = 'http://127.0.0.1:9/none';
  const place = { host: '127.0.0.1', port, tcpPort, udpPort, apiKey, apiSecret, webhookUrl };
  const server = await runLiveKit(livekit, place, join(folder, 'livekit'), { detached: false });
  return { env: { LIVEKIT_URL: `ws://127.0.0.1:${port}`, ...LIVEKIT }, stop: () => server.stop() };
}
