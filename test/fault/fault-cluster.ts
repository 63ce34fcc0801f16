import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSigningKeys } from '../../apps/api/src/identity/tokens/signing-keys.js';
import { TokenService } from '../../apps/api/src/identity/tokens/token.service.js';
import { factories } from '../support/hub/factories.js';
import { freePort } from '../support/servers/free-port.js';
import { type NodeProcess, startNodeProcess } from '../support/hub/hub-process.js';
import { createDatabase, startPostgresServer } from '../support/servers/postgres.js';
import { type Proxy, startProxy } from '../support/proxies/tcp-proxy.js';
import { startRedis } from '../support/servers/redis.js';

export interface FaultClusterOptions {
  /** Whether PostgreSQL waits for the disk: slower, and as in production. */
  readonly durable: boolean;
  /** How many nodes share everything. */
  readonly nodes?: number;
  /** More settings of every node. */
  readonly env?: Record<string, string>;
}

/** How one start of a node differs from the others. */
export interface Oddity {
  readonly env?: Record<string, string>;
  /** Modules that the process loads before the hub. */
  readonly preload?: readonly string[];
}

/** Between one node and its dependencies, and between it and its clients. */
interface NodeLines {
  readonly clients: Proxy;
  readonly postgres: Proxy;
  readonly redis: Proxy;
}

export type FaultCluster = Awaited<ReturnType<typeof startFaultCluster>>;

/** PostgreSQL counts its statements, so that a fault can ask how often something was read. */
const COUNTED = 'shared_preload_libraries=pg_stat_statements';
const DURABLE = ['fsync=on', 'full_page_writes=on'];

/** A hub for fault tests: a separate PostgreSQL and Redis, nodes as processes from dist, and a proxy in every connection between them. */
export async function startFaultCluster({ durable, nodes: size = 2, env = {} }: FaultClusterOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'plenum-fault-'));
  const [postgres, redis] = await Promise.all([
    startPostgresServer({ settings: [COUNTED, ...(durable ? DURABLE : [])] }),
    startRedis(),
  ]);
  const database = await createDatabase(postgres.url);
  const ports = await Promise.all(Array.from({ length: size }, () => freePort()));
  const addresses = ports.map((port) => `http://127.0.0.1:${port}`);
  const lines: NodeLines[] = await Promise.all(
    addresses.map(async (address, index) => ({
      clients: await startProxy(address, { fallback: addresses[(index + 1) % size] }),
      postgres: await startProxy(database.url),
      redis: await startProxy(redis.url),
    })),
  );
  const settings = {
    NODE_ENV: 'test',
    DEMO: 'off',
    HOST: '127.0.0.1',
    PLENUM_DATA: folder,
    LOG_LEVEL: 'error',
    LIMITS: 'on',
    LIMIT_FACTOR: '1000',
    TICK_MS: '50',
    DATABASE_POOL: '6',
    ...env,
  };
  const launch = (index: number, oddity: Oddity = {}) =>
    startNodeProcess(
      {
        ...settings,
        PORT: String(ports[index]),
        DATABASE_URL: through(lines[index]!.postgres, database.url),
        REDIS_URL: through(lines[index]!.redis, redis.url),
        ...oddity.env,
      },
      oddity.preload,
    );
  const nodes: NodeProcess[] = [];
  const before: string[] = ports.map(() => '');
  for (const index of ports.keys()) nodes.push(await launch(index));
  const tokens = new TokenService(await loadSigningKeys({ PLENUM_DATA: folder }), { TOKEN_HOURS: 24 });
  const make = factories(database);
  return {
    nodes,
    lines,
    postgres,
    redis,
    database,
    make,
    /** One event for all: making an event and a room each time is only slower. */
    event: await make.event(),
    sign: ((...args) => tokens.sign(...args)) as TokenService['sign'],
    url: lines[0]!.clients.url,
    /** All output of a node, over its restarts. */
    words: (index: number) => `${before[index]}${nodes[index]?.output()}`.trim(),
    /** Starts a node again on its port, stopping it first if it runs. */
    restart: async (index: number, oddity: Oddity = {}) => {
      await nodes[index]?.stop();
      before[index] += nodes[index]?.output() ?? '';
      return (nodes[index] = await launch(index, oddity));
    },
    close: async () => {
      for (const line of lines) for (const proxy of Object.values(line) as Proxy[]) proxy.release();
      for (const node of nodes) node.signal('SIGCONT');
      redis.resume();
      await postgres.resume().catch(() => undefined);
      await Promise.allSettled(nodes.map((node) => node.stop()));
      await Promise.allSettled([database.drop(), redis.stop()]);
      await postgres.stop();
      await Promise.all(lines.flatMap((line) => (Object.values(line) as Proxy[]).map((proxy) => proxy.close())));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function through({ port }: Proxy, url: string): string {
  const address = new URL(url);
  address.port = String(port);
  return address.href;
}
