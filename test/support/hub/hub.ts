import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { TokenService } from '../../../apps/api/src/identity/tokens/token.service.js';
import { type Config, loadConfig } from '../../../apps/api/src/config/config.js';
import { createApp } from '../../../apps/api/src/create-app.js';
import { prepareDatabase } from '../../../apps/api/src/platform/database/prepare-database.js';
import { freePort } from '../../../scripts/processes.mjs';
import { factories } from './factories.js';
import { createDatabase, type TestDatabase } from '../servers/postgres.js';
import { startRedis, type TestRedis } from '../servers/redis.js';

export interface HubOptions {
  /** Two nodes share PostgreSQL and need Redis, which they get. */
  readonly nodes?: 1 | 2;
  readonly redis?: boolean;
  /** The address of the first node, for a test that must know it before the start; a free port by default. */
  readonly port?: number;
  /** More settings, as in the environment. By default limits are off and the log is silent. */
  readonly env?: Record<string, string>;
}

export interface HubNode {
  readonly url: string;
  readonly app: NestExpressApplication;
  readonly config: Config;
  close(): Promise<void>;
}

/** A hub inside the test's process: the whole API on loopback, with a separate database. */
export interface TestHub {
  readonly nodes: readonly HubNode[];
  /** The address of the first node. */
  readonly url: string;
  readonly app: NestExpressApplication;
  readonly database: TestDatabase;
  readonly redis: TestRedis | null;
  readonly make: ReturnType<typeof factories>;
  /** A token of an actor, as sign-in issues it. */
  readonly sign: TokenService['sign'];
  close(): Promise<void>;
}

/** Boots nodes on free ports with a fresh, migrated database. */
export async function startHub({ nodes = 1, redis = nodes > 1, port, env = {} }: HubOptions = {}): Promise<TestHub> {
  const folder = await mkdtemp(join(tmpdir(), 'plenum-hub-'));
  const [database, bus] = await Promise.all([createDatabase(), redis ? startRedis() : null]);
  const ports = await Promise.all(
    Array.from({ length: nodes }, async (_, index) => (index === 0 && port ? port : freePort())),
  );
  const settings = {
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    PLENUM_DATA: folder,
    ALLOWED_ORIGINS: ports.map((port) => `http://127.0.0.1:${port}`).join(','),
    LOG_LEVEL: 'silent',
    LIMITS: 'off',
    DATABASE_POOL: '6',
    TICK_MS: '50',
    ...(bus && { REDIS_URL: bus.url }),
    ...env,
  };
  await prepareDatabase(loadConfig(settings));
  const started: HubNode[] = [];
  for (const port of ports) started.push(await startNode(loadConfig({ ...settings, PORT: String(port) })));
  const [first] = started as [HubNode];
  return {
    nodes: started,
    url: first.url,
    app: first.app,
    database,
    redis: bus,
    make: factories(database),
    sign: (...args) => first.app.get(TokenService).sign(...args),
    close: async () => {
      await Promise.allSettled(started.map((node) => node.close()));
      await Promise.allSettled([database.drop(), bus?.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startNode(config: Config): Promise<HubNode> {
  const app = await createApp(config);
  await app.listen(config.PORT, '127.0.0.1');
  const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
  return { url: `http://127.0.0.1:${port}`, app, config, close: () => app.close() };
}
