// npm run test:api: Schemathesis against the built hub, once as each role, each on a hub and a database of its own.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
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

const rows = [];
for (const role of roles) rows.push(await tryAs(role));
const summary = table(rows);
writeFileSync(join(RESULTS, 'summary.md'), `${summary}\n`);
console.log(`\n${summary}`);
process.exitCode = rows.length > 0 && rows.every(({ isClean }) => isClean) ? 0 : 1;

/** A hub with its streams for one role, and what Schemathesis found there. */
async function tryAs(role) {
  const stage = await setStage();
  const streams = await startStreams(stage.postgres.folder);
  try {
    const node = await stage.startNode({ DEMO: 'on', LIMITS: 'off', ...FIRST_ORGANISER, ...streams.env });
    const found = await attack(role, node.url);
    const isAlive = (await fetch(`${node.url}/api/health/ready`)).ok;
    return { ...found, role, isClean: found.isClean && isAlive };
  } finally {
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
  const { code, output } = await run(
    schemathesis,
    ['--config-file', settings, '--no-color', 'run', document, '--url', url, ...argumentsOf(folder)],
    { cwd: folder, timeout: (secondsEach + 120) * 1_000 },
  );
  writeFileSync(join(folder, 'output.txt'), output);
  rmSync(settings);
  const report = readReport(join(folder, 'report.ndjson'));
  if (code !== 0) console.log(output);
  return { ...report, isClean: code === 0 && report.cases > 0 };
}

function argumentsOf(folder) {
  return [
    ...['--phases', 'examples,coverage,fuzzing,stateful', '--checks', 'all', '--continue-on-failure'],
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
