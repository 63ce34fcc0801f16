import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadSigningKeys } from '../../../apps/api/src/identity/tokens/signing-keys.js';
import { TokenService } from '../../../apps/api/src/identity/tokens/token.service.js';
import { freePort, stop, tail } from '../../../scripts/processes.mjs';
import { factories } from './factories.js';
import { createDatabase, type TestDatabase } from '../servers/postgres.js';
import { startRedis, type TestRedis } from '../servers/redis.js';
import { until } from '../until.js';

const MAIN = resolve('dist/apps/api/src/main.js');

export interface NodeProcess {
  readonly url: string;
  readonly pid: number;
  /** Its last output, for messages of failed tests. */
  readonly output: () => string;
  signal(signal: NodeJS.Signals): void;
  /** Stops it (SIGTERM), or with the given signal; returns its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface HubProcesses {
  readonly nodes: NodeProcess[];
  readonly url: string;
  readonly database: TestDatabase;
  readonly redis: TestRedis | null;
  readonly make: ReturnType<typeof factories>;
  /** A token of an actor, as sign-in issues it. */
  readonly sign: TokenService['sign'];
  /** Starts node `index` again, on the same port. */
  restart(index: number): Promise<NodeProcess>;
  close(): Promise<void>;
}

/** One API process from dist with these settings; resolves when it is ready, or rejects with its output. `preload` is loaded before it. */
export async function startNodeProcess(
  settings: Record<string, string>,
  preload: readonly string[] = [],
): Promise<NodeProcess> {
  const url = `http://127.0.0.1:${settings.PORT}`;
  const { PATH, TZ } = process.env;
  const before = preload.flatMap((file) => ['--import', file]);
  const child = spawn(process.execPath, ['--enable-source-maps', ...before, MAIN], {
    env: { PATH, TZ, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = [tail(child.stdout), tail(child.stderr)];
  const output = () => said.map((words) => words()).join('\n');
  await until(
    'a node that is ready',
    async () => {
      if (child.exitCode !== null) throw new Error(`the node ended with ${child.exitCode}:\n${output()}`);
      return fetch(`${url}/api/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    },
    30_000,
  ).catch(async (error: Error) => {
    await stop(child, 'SIGKILL');
    throw new Error(`${error.message}\n${output()}`);
  });
  return {
    url,
    pid: child.pid as number,
    output,
    signal: (signal) => void child.kill(signal),
    stop: async (signal = 'SIGTERM') => {
      await stop(child, signal, 20_000);
      return child.exitCode;
    },
  };
}

/** A hub as it runs in production: built, each node a separate process. For e2e and faults; run `npm run build` first. */
export async function startHubProcesses({
  nodes = 1,
  redis = nodes > 1,
  postgres,
  env = {},
  hosts = [],
  preload = [],
}: {
  nodes?: number;
  redis?: boolean;
  postgres?: string;
  env?: Record<string, string>;
  /** More names of this machine under which browsers may reach it. */
  hosts?: readonly string[];
  /** Modules that each node loads before the hub. */
  preload?: readonly string[];
} = {}): Promise<HubProcesses> {
  const folder = await mkdtemp(join(tmpdir(), 'plenum-hub-'));
  const [database, bus] = await Promise.all([createDatabase(postgres), redis ? startRedis() : null]);
  const ports = await Promise.all(Array.from({ length: nodes }, () => freePort()));
  const settings = {
    NODE_ENV: 'test',
    DEMO: 'on',
    HOST: '127.0.0.1',
    DATABASE_URL: database.url,
    PLENUM_DATA: folder,
    ALLOWED_ORIGINS: ports.flatMap((port) => ['127.0.0.1', ...hosts].map((host) => `http://${host}:${port}`)).join(','),
    LOG_LEVEL: 'warn',
    LIMITS: 'off',
    ...(bus && { REDIS_URL: bus.url }),
    ...env,
  };
  const launch = (port: number) => startNodeProcess({ ...settings, PORT: String(port) }, preload);
  const started: NodeProcess[] = [];
  for (const port of ports) started.push(await launch(port));
  const tokens = new TokenService(await loadSigningKeys({ PLENUM_DATA: folder }), { TOKEN_HOURS: 24 });
  return {
    nodes: started,
    url: `http://127.0.0.1:${ports[0]}`,
    database,
    redis: bus,
    make: factories(database),
    sign: (...args) => tokens.sign(...args),
    restart: async (index) => {
      const port = ports[index];
      if (port === undefined) throw new Error(`there is no node ${index}`);
      await started[index]?.stop();
      return (started[index] = await launch(port));
    },
    close: async () => {
      await Promise.allSettled(started.map((node) => node.stop()));
      await Promise.allSettled([database.drop(), bus?.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
