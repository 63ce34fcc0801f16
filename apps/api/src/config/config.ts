import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { readSecretFiles } from './secret-files.js';

const switchOnOff = z
  .enum(['on', 'off', 'true', 'false', '1', '0'])
  .transform((text) => text === 'on' || text === 'true' || text === '1');
const url = (protocols: RegExp, example: string) =>
  z.url({ protocol: protocols, error: `must be an address such as ${example}` });
const port = z.coerce.number().int().min(0).max(65535);

const MOST_WORKERS = 64;
const workers = z
  .string()
  .refine((text) => text === 'auto' || (/^\d+$/.test(text) && Number(text) <= MOST_WORKERS), {
    error: `must be a number of processes up to ${MOST_WORKERS}, or auto for one per core`,
  })
  .transform((text) => Number(text === 'auto' ? 0 : text) || Math.min(availableParallelism(), MOST_WORKERS));

/** Every setting, with its cost. The examples are printed when a setting is wrong. */
const settings = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  DEMO: switchOnOff.default(false),
  DEMO_STAGE: switchOnOff.default(false),
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: url(/^https?$/, 'https://plenum.example.org').optional(),
  WORKERS: workers.default(1),
  PLENUM_WORKER: z.coerce.number().int().min(1).optional(),
  PLENUM_DATA: z.string().min(1).default('.data'),
  DATABASE_URL: url(/^postgres(ql)?$/, 'postgres://plenum:secret@127.0.0.1:5432/plenum'),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(12),
  REDIS_URL: url(/^rediss?$/, 'redis://:secret@127.0.0.1:6379').optional(),
  REDIS_PREFIX: z.string().max(40).default('plenum'),
  LIVEKIT_URL: url(/^(wss?|https?)$/, 'ws://127.0.0.1:7880').optional(),
  LIVEKIT_PUBLIC_URL: url(/^wss?$/, 'wss://stream.example.org').optional(),
  LIVEKIT_API_KEY: z.string().min(3).optional(),
  LIVEKIT_API_SECRET: z.string().min(32, 'at least 32 characters').optional(),
  LIVEKIT_STATUS: z.string().min(1).optional(),
  SIGNING_KEYS: z.string().min(1).optional(),
  TOKEN_HOURS: z.coerce
    .number()
    .min(0.01)
    .max(24 * 31)
    .default(24),
  ORGANISER_LOGIN: z.string().trim().min(1).max(200).optional(),
  ORGANISER_PASSWORD: z.string().min(12, 'at least 12 characters').optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    ),
  LIMITS: z.enum(['on', 'off']).default('on'),
  LIMITS_OFF_IN_PRODUCTION: z.string().optional(),
  LIMIT_FACTOR: z.coerce.number().min(0.01).max(10_000).default(1),
  ADDRESS_LIMIT_FACTOR: z.coerce.number().min(0.01).max(10_000).default(1),
  MAX_CONNECTIONS: z.coerce.number().int().min(1).max(1_000_000).optional(),
  CONNECT_RATE: z.coerce.number().int().min(1).max(100_000).default(3_000),
  TICK_MS: z.coerce.number().int().min(20).max(2000).default(200),
  METRICS_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  WEB_ROOT: z.string().min(1).default('dist-web'),
});

const EXAMPLES: Record<string, string> = {
  DEMO: 'on',
  DEMO_STAGE: 'off',
  PORT: '3000',
  HOST: '127.0.0.1',
  PUBLIC_URL: 'https://plenum.example.org',
  DATABASE_URL: 'postgres://plenum:secret@127.0.0.1:5432/plenum',
  REDIS_URL: 'redis://:secret@127.0.0.1:6379',
  LIVEKIT_URL: 'ws://127.0.0.1:7880',
  LIVEKIT_API_SECRET: 'a random text of 32 characters or more',
  ORGANISER_PASSWORD: 'a long first password, changed at the first sign-in',
  TRUST_PROXY: '1',
  WORKERS: 'auto',
  LIMITS: 'on',
  ADDRESS_LIMIT_FACTOR: '5',
};

/** The confirmation that LIMITS=off needs in production: anybody could then flood the hub. */
const TWICE = 'yes-nobody-else-can-reach-it';
/** The minimum of connections to PostgreSQL for a worker: one writes, the others read. */
const WORKER_POOL = 4;

export type Config = Readonly<z.output<typeof settings>> & { readonly publicUrl: string };

/** The injection token of the settings. */
export const CONFIG = Symbol('CONFIG');

/** A wrong setting that stops the start, with a message on which an operator can act. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads every setting, or throws one ConfigError that names each wrong one, its problem and an example. */
export function loadConfig(env: Record<string, string | undefined> = process.env): Config {
  const { given, problems: unreadable } = readSecretFiles(withoutEmpty(env));
  const result = settings.safeParse(given);
  const wrong = result.success ? [] : result.error.issues.map(explain(given));
  if (!result.success || unreadable.length > 0) throw new ConfigError([...unreadable, ...wrong].join('\n'));
  const problems = contradictions(result.data);
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  const { HOST, PORT, PUBLIC_URL, WORKERS } = result.data;
  const host = HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST;
  // The workers of a node divide its connections, otherwise PostgreSQL would run out of them on a machine with many cores.
  const DATABASE_POOL =
    WORKERS > 1 ? Math.max(WORKER_POOL, Math.ceil(result.data.DATABASE_POOL / WORKERS)) : result.data.DATABASE_POOL;
  return { ...result.data, DATABASE_POOL, publicUrl: (PUBLIC_URL ?? `http://${host}:${PORT}`).replace(/\/$/, '') };
}

const withoutEmpty = (env: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])));

function explain(given: Record<string, unknown>) {
  return (issue: z.core.$ZodIssue) => {
    const name = String(issue.path[0]);
    const problem = name in given ? issue.message : 'is missing';
    const example = EXAMPLES[name] ? ` For example: ${name}=${EXAMPLES[name]}` : '';
    return `${name}: ${problem}.${example}`;
  };
}

/** Browsers treat localhost like https. */
function isSecureAddress(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

function contradictions(config: z.output<typeof settings>): string[] {
  const problems: string[] = [];
  if (config.LIVEKIT_URL && !(config.LIVEKIT_API_KEY && config.LIVEKIT_API_SECRET))
    problems.push('LIVEKIT_URL: needs LIVEKIT_API_KEY and LIVEKIT_API_SECRET beside it.');
  if (Boolean(config.ORGANISER_LOGIN) !== Boolean(config.ORGANISER_PASSWORD))
    problems.push('ORGANISER_LOGIN and ORGANISER_PASSWORD: give both or neither.');
  if (config.NODE_ENV === 'production' && config.DEMO)
    problems.push('DEMO: not with NODE_ENV=production; it would let anybody sign in in any role.');
  if (config.NODE_ENV === 'production' && config.DEMO_STAGE)
    problems.push('DEMO_STAGE: not with NODE_ENV=production; it would put a synthetic speaker on air.');
  if (config.DEMO_STAGE && !config.DEMO) problems.push('DEMO_STAGE: is on without a demo. For example: DEMO_STAGE=off');
  if (config.NODE_ENV === 'production' && config.LIMITS === 'off' && config.LIMITS_OFF_IN_PRODUCTION !== TWICE)
    problems.push(
      `LIMITS: not off with NODE_ENV=production; ADDRESS_LIMIT_FACTOR raises the limits for a venue behind one address. For a rehearsal on a hub that nobody else can reach, confirm it twice. For example: LIMITS=off LIMITS_OFF_IN_PRODUCTION=${TWICE}`,
    );
  if (config.NODE_ENV === 'production' && !config.PUBLIC_URL)
    problems.push('PUBLIC_URL: is missing. For example: PUBLIC_URL=https://plenum.example.org');
  if (config.NODE_ENV === 'production' && config.PUBLIC_URL && !isSecureAddress(config.PUBLIC_URL))
    problems.push(
      'PUBLIC_URL: must be an https address with NODE_ENV=production, because browsers keep no sign-in without TLS. For example: PUBLIC_URL=https://plenum.example.org',
    );
  return problems;
}
