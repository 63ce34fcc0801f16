import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { jest } from '@jest/globals';
import { loadConfig } from '../../../apps/api/src/config/config.js';
import { freePort, tail } from '../../../scripts/processes.mjs';
import { examplesOf } from '../../support/documents/documented-examples.js';
import { createDatabase, type TestDatabase } from '../../support/servers/postgres.js';
import { until } from '../../support/until.js';

jest.setTimeout(240_000);

const ROOT = resolve(import.meta.dirname, '../../..');
const PAGES = ['README.md', 'CONTRIBUTING.md', 'docs/OPERATING.md'];
const EXAMPLES = new Set(PAGES.flatMap((page) => examplesOf(join(ROOT, page))));

/** How an example is tried; `with` replaces its placeholders. */
interface Placeholders {
  readonly with?: Readonly<Record<string, string>>;
}
type Trial = Placeholders &
  (
    | { readonly how: 'the hub of this test' }
    /** Started as it stands until it is ready, on a database of its own, then stopped; ends with 0. */
    | { readonly how: 'start and stop' }
    /** Run in a shell as it stands; ends with 0 and prints this. */
    | { readonly how: 'run'; readonly prints: RegExp }
    /** Requested from the hub, as an organiser; returns 200. */
    | { readonly how: 'ask'; readonly body?: object }
    /** Read by config.ts, together with these. */
    | { readonly how: 'set'; readonly beside?: Readonly<Record<string, string>> }
    | { readonly how: 'elsewhere'; readonly why: string }
  );

const elsewhere = (why: string): Trial => ({ how: 'elsewhere', why });
const testing = elsewhere('runs tests, this one among them');
const load = elsewhere('takes minutes and the machine for itself');
const nodes = elsewhere('has placeholders and fixed ports; test/medium/start/nodes.spec.ts starts nodes so');
const rehearsal = elsewhere('lasts minutes; test/medium/load/rehearse.spec.ts runs it with these options for seconds');
const docker = elsewhere('needs an engine; test/medium/start/docker-files.spec.ts checks the files');
const machine = elsewhere('is a tool of the machine or of PostgreSQL');
const rebuilds = elsewhere('rebuilds dist, from which other tests run at this moment; npm test builds first');
const supply = elsewhere('asks the registry or writes the lock; test/medium/supply checks what it does');
const prints = (lines: number): Trial => ({ how: 'run', prints: new RegExp(`^(\\S+\\.\\S+\\.\\S+\\n){${lines}}$`) });
const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://plenum.example.org',
  DEMO: 'off',
  SIGNING_KEYS: `key:${'x'.repeat(40)}`,
};
const change = (body: object): Trial => ({ how: 'ask', body });

const TRIALS: Readonly<Record<string, Trial>> = {
  'npm start': { how: 'the hub of this test' },
  'LOG_LEVEL=debug npm start': { how: 'start and stop' },
  'npm start -- --workers auto': { how: 'start and stop' },
  'npm start -- --workers N': elsewhere(
    'is --workers auto with a number; test/medium/start/arguments.spec.ts reads it',
  ),
  'node dist/apps/api/src/main.js': { how: 'start and stop' },
  'node --inspect --enable-source-maps dist/apps/api/src/main.js': { how: 'start and stop' },
  'npm run import -- schedule.json --event my-week --create': {
    how: 'run',
    prints:
      /Created the event my-week: City days, 20 May 2027 to 21 May 2027 \(Europe\/Brussels\)[^]* 6 created[^]*Imported\./,
  },
  'npm run import -- docs/examples/schedule.json --event city-days --create': {
    how: 'run',
    prints: /Created the event city-days: [^]*Imported\./,
  },
  'npm run --silent tokens -- --event my-week --count 1000': prints(1000),
  'npm run --silent tokens -- --event ai-week --count 500': prints(500),
  'npm run --silent tokens -- --event SLUG --count N > people.txt': {
    how: 'run',
    with: { SLUG: 'ai-week', 'count N': 'count 5' },
    prints: /^$/,
  },
  'GET /api/health/ready': { how: 'ask' },
  'GET /api/health/live': { how: 'ask' },
  'GET /metrics': { how: 'ask' },
  'GET /api/sessions/:id/state': { how: 'ask', with: { ':id': 'SESSION_ID' } },
  'PATCH /api/events/EVENT': change({ title: 'National AI week' }),
  '"guests": "moderated"': change({ guests: 'moderated' }),
  '"guests": "watch_only"': change({ guests: 'watch_only' }),
  '"guestDevices": true': change({ guestDevices: true }),
  '"guestProof": true': change({ guestProof: true }),
  '"access": "registered"': change({ access: 'registered' }),
  '/EVENT': { how: 'ask' },
  '/EVENT/s/SESSION': { how: 'ask' },
  '/EVENT/s/SESSION/speak': { how: 'ask' },
  '/EVENT/s/SESSION/moderate': { how: 'ask' },
  '/present/EVENT/SESSION': { how: 'ask' },
  '/api/docs': { how: 'ask' },
  '/metrics': { how: 'ask' },
  '/api/events/EVENT/schedule.json': { how: 'ask' },
  'NODE_ENV=production': { how: 'set', beside: production },
  'WORKERS=auto': { how: 'set' },
  'TICK_MS=400': { how: 'set' },
  'ADDRESS_LIMIT_FACTOR=1': { how: 'set' },
  'ADDRESS_LIMIT_FACTOR=5': { how: 'set' },
  'ADDRESS_LIMIT_FACTOR=20': { how: 'set' },
  'LIMITS=off': { how: 'set' },
  'LIMITS_OFF_IN_PRODUCTION=yes-nobody-else-can-reach-it': { how: 'set', beside: { ...production, LIMITS: 'off' } },
  'npm test': testing,
  'npm test medium': testing,
  'npm run check': testing,
  'npm run jest -- --selectProjects unit --testPathPatterns questions': testing,
  'npm run jest -- --selectProjects medium --testPathPatterns polls': testing,
  'npm run boundaries': testing,
  'npm run words': testing,
  'npm run bench': load,
  'npm run test:api': load,
  'npm run test:api -- --only guest --minutes 2 --seed 7 --max-examples 100': load,
  'npm run test:fault': load,
  'npm run test:growth': elsewhere('takes minutes; test/medium/load/growth.spec.ts runs it on a smaller event'),
  'npm run test:fuzz -- --seed 1 --minutes 30': load,
  'npm run test:fuzz -- --seed 7 --rounds 1': elsewhere(
    'test/medium/hostile/fuzz.spec.ts runs it with the seed of the day',
  ),
  'npm run rehearse -- --event my-week --people 2000 --votes 100 --minutes 5': rehearsal,
  'npm run rehearse -- --event ai-week --people 500 --votes 50 --minutes 1': rehearsal,
  'npm run rehearse -- --event SLUG --people N --votes V --minutes M': rehearsal,
  'REHEARSAL=on npm run rehearse -- --really …': rehearsal,
  'npm run dev': rebuilds,
  'npm run build:api': rebuilds,
  'npm run sbom': rebuilds,
  'npm run lock:fill': supply,
  'npm run audit': supply,
  'npm ci': supply,
  "redis-server --port 6380 --save '' &": nodes,
  'export DATABASE_URL=postgres://… REDIS_URL=redis://127.0.0.1:6380 SIGNING_KEYS=dev:a-random-text-of-32-characters-or-more':
    nodes,
  'PLENUM_DATA=.data/one PORT=3001 npm start': nodes,
  'PLENUM_DATA=.data/two PORT=3002 npm start': nodes,
  'redis-server': machine,
  'psql "$(…the address npm run dev prints…)"': machine,
  pg_dump: machine,
  'sysctl -w': machine,
  'nstat -az TcpExtListenOverflows': machine,
  'kill -USR2 PID': elsewhere('test/medium/start/workers.spec.ts sends it'),
  'docker compose --profile observe up -d': docker,
  'docker compose kill -s SIGUSR2 node-1': docker,
  'up -d --no-deps node-1': docker,
  '"worker":2': elsewhere('is a part of a log line; test/medium/start/workers.spec.ts reads those'),
};

/** Those of a kind, with placeholders replaced. */
function trialsOf<H extends Trial['how']>(how: H) {
  return Object.entries(TRIALS).flatMap(([text, trial]) => {
    if (trial.how !== how) return [];
    const given = Object.entries(trial.with ?? {}).reduce((line, [from, to]) => line.replace(from, to), text);
    return [{ text: given, trial: trial as Extract<Trial, { how: H }> }];
  });
}

let folder: string;
let workFolder: string;
let port: number;
const children: ChildProcess[] = [];
const databases: TestDatabase[] = [];
const { PATH, HOME } = process.env;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plenum-examples-'));
  await chmod(folder, 0o755); // as root, the database runs under another account
  await mkdir(join(ROOT, 'test-results'), { recursive: true });
  workFolder = await mkdtemp(join(ROOT, 'test-results/examples-')); // npm finds the project above it
  await copyFile(join(ROOT, 'docs/examples/schedule.json'), join(workFolder, 'schedule.json'));
  await symlink(join(ROOT, 'docs'), join(workFolder, 'docs'));
  port = await freePort();
  await start('npm start', { PLENUM_DATA: join(folder, 'data'), PORT: String(port) }).isReady();
}, 180_000);

afterAll(async () => {
  await Promise.all(children.map(stop));
  await Promise.all(databases.map((database) => database.drop()));
  await rm(folder, { recursive: true, force: true });
  await rm(workFolder, { recursive: true, force: true });
}, 60_000);

function start(command: string, env: Record<string, string>) {
  const child = spawn('bash', ['-c', `exec ${command}`.replace(/^exec ((?:[A-Z_]+=\S+ )+)/, '$1 exec ')], {
    cwd: ROOT,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  children.push(child);
  const said = [tail(child.stdout), tail(child.stderr)];
  const isUp = () =>
    fetch(`http://127.0.0.1:${env.PORT}/api/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  const isReady = () =>
    until(
      `${command} to be ready`,
      async () => {
        if (child.exitCode !== null)
          throw new Error(`ended with ${child.exitCode}:\n${said.map((words) => words()).join('\n')}`);
        return isUp();
      },
      120_000,
    );
  return { child, isReady };
}

/** Ctrl-C reaches the whole process group of a terminal. */
async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) {
    const ended = new Promise((done) => child.once('close', done));
    process.kill(-Number(child.pid), 'SIGINT');
    await ended;
  }
  return child.exitCode;
}

const run = (command: string) =>
  new Promise<{ code: number; output: string }>((done) => {
    const env = { PATH, HOME, PLENUM_DATA: join(folder, 'data'), npm_config_loglevel: 'silent' };
    execFile('bash', ['-c', command], { cwd: workFolder, env, maxBuffer: 10_000_000 }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + (error ? stderr : '') }),
    );
  });

const url = () => `http://127.0.0.1:${port}`;

async function tokenOfOrganiser(): Promise<string> {
  const answer = await fetch(`${url()}/api/auth/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'organiser' }),
  });
  return ((await answer.json()) as { token: string }).token;
}

describe('the examples of README, CONTRIBUTING and OPERATING', () => {
  it('are each tried here, or elsewhere with a reason (START-21)', () => {
    expect(EXAMPLES.size).toBeGreaterThan(50);
    expect([...EXAMPLES].sort()).toEqual(Object.keys(TRIALS).sort());
  });

  it.each(trialsOf('run').map(({ text, trial }) => [text, trial] as const))(
    'runs %s (START-21)',
    async (command, trial) => {
      const { code, output } = await run(command);
      expect([code, output]).toEqual([0, expect.stringMatching(trial.prints)]);
    },
  );

  it('answers every request and address (START-21)', async () => {
    const authorization = `Bearer ${await tokenOfOrganiser()}`;
    const event = (await (await fetch(`${url()}/api/events/ai-week`)).json()) as {
      sessions: { id: string; slug: string; state: string }[];
    };
    const session = event.sessions.find(({ state }) => state === 'live')!;
    for (const { text, trial } of trialsOf('ask')) {
      const [method, path] = text.startsWith('"')
        ? ['PATCH', '/api/events/ai-week']
        : text.startsWith('/')
          ? ['GET', text]
          : (text.split(' ') as [string, string]);
      const place = path.replace('EVENT', 'ai-week').replace('SESSION_ID', session.id).replace('SESSION', session.slug);
      const response = await fetch(`${url()}${place}`, {
        method,
        ...(trial.body && {
          headers: { authorization, 'content-type': 'application/json' },
          body: JSON.stringify(trial.body),
        }),
      });
      expect([text, response.status]).toEqual([text, 200]);
      if (text.startsWith('"')) expect(trial.body).toEqual(JSON.parse(`{${text}}`));
    }
  });

  it.each(trialsOf('set').map(({ text, trial }) => [text, trial] as const))(
    'takes the setting %s (START-21)',
    (setting, trial) => {
      const [name, value] = setting.split('=') as [string, string];
      const base = { DATABASE_URL: 'postgres://plenum@127.0.0.1/plenum', PLENUM_DATA: folder };
      expect(() => loadConfig({ ...base, ...trial.beside, [name]: value })).not.toThrow();
    },
  );

  it.each(trialsOf('start and stop').map(({ text }) => text))('starts and stops %s (START-21)', async (command) => {
    const database = await createDatabase();
    databases.push(database);
    const hub = start(command, {
      DATABASE_URL: database.url,
      PLENUM_DATA: join(folder, `data-${databases.length}`),
      PORT: String(await freePort()),
      NODE_OPTIONS: command.includes('--inspect') ? '--inspect-port=0' : '',
      LIVEKIT_URL: 'ws://127.0.0.1:1',
      LIVEKIT_API_KEY: 'key',
      LIVEKIT_API_SECRET: 'a-secret-of-32-characters-or-more',
    });
    await hub.isReady();
    expect(await stop(hub.child)).toBe(0);
  });
});
