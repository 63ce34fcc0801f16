import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { RateLimiterCluster, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { CONFIG, type Config } from '../config.js';
import { AppError } from './app-error.js';
import { LocalCounter } from './local-counter.js';
import { log } from './log.js';

/** So many in so many seconds. */
type Allowance = readonly [points: number, seconds: number];
interface Rule {
  readonly actor?: Allowance;
  /** Generous: a venue has hundreds of people behind one address. */
  readonly address?: Allowance;
  /** Counted in this process only, so that it costs no round trip: over n nodes somebody may do n times as much. */
  readonly perNode?: true;
}

const RULES = {
  /** Any message of a socket and any HTTP call that changes something: what bounds a flood. */
  message: { actor: [400, 10], address: [40_000, 10], perNode: true },
  /** A crowd that comes back waits for no Redis; how many a node takes in all is bounded by CONNECT_RATE. */
  connect: { actor: [60, 60], address: [6_000, 60], perNode: true },
  'sign-in': { address: [1_200, 60] },
  password: { actor: [6, 60], address: [60, 60] },
  join: { actor: [120, 60], address: [12_000, 60], perNode: true },
  ask: { actor: [10, 60], address: [600, 60] },
  vote: { actor: [100, 10], address: [20_000, 10], perNode: true },
  moderate: { actor: [300, 60] },
  stream: { actor: [60, 60], address: [6_000, 60] },
  import: { actor: [20, 60] },
} as const satisfies Record<string, Rule>;

export type LimitName = keyof typeof RULES;

/** Whom a limit counts. `actor` is anything with an id. */
export interface Counted {
  readonly actor?: { readonly id: string } | null;
  readonly address?: string;
}

type LimitsConfig = Pick<Config, 'LIMITS' | 'LIMIT_FACTOR' | 'REDIS_URL' | 'REDIS_PREFIX'> &
  Partial<Pick<Config, 'ADDRESS_LIMIT_FACTOR' | 'PLENUM_WORKER'>>;
interface Counter {
  readonly name: LimitName;
  readonly local: LocalCounter;
  readonly shared?: RateLimiterRedis | RateLimiterCluster;
}
type Counters = Partial<Record<'actor' | 'address', Counter>>;

const TAKEN = Promise.resolve();
/** A Redis, or a primary, that does not answer within this time is left alone for REST_MS: a limit must never hold up a write. */
const PATIENCE_MS = 250;
const REST_MS = 2_000;

/** How often one actor, or everybody behind one address, may do something: shared by the nodes through Redis, else by a node's workers. */
@Injectable()
export class Limits implements OnApplicationShutdown {
  private readonly redis?: Redis;
  private readonly counters: Record<LimitName, Counters>;
  private restsUntil = 0;

  constructor(@Inject(CONFIG) private readonly config: LimitsConfig) {
    if (config.REDIS_URL && config.LIMITS === 'on') this.redis = connect(config.REDIS_URL);
    const names = Object.keys(RULES) as LimitName[];
    this.counters = Object.fromEntries(names.map((name) => [name, this.createCounters(name)])) as typeof this.counters;
  }

  onApplicationShutdown() {
    this.redis?.disconnect();
  }

  /** Counts one; refuses with rate.limited and the seconds until the next one is allowed. Without Redis decided when it returns. */
  take(name: LimitName, { actor, address }: Counted): Promise<void> {
    if (this.config.LIMITS === 'off') return TAKEN;
    const counters = this.counters[name];
    const counted: [Counter | undefined, string | undefined][] = [
      [counters.actor, actor?.id],
      [counters.address, address],
    ];
    return this.isShared(counters) ? this.countShared(counted) : countLocally(counted);
  }

  private isShared({ actor, address }: Counters): boolean {
    return (actor?.shared ?? address?.shared) !== undefined && performance.now() >= this.restsUntil;
  }

  /** One after the other: whom their own limit refuses is not charged to their neighbours. */
  private async countShared(counted: readonly [Counter | undefined, string | undefined][]): Promise<void> {
    for (const [counter, key] of counted) if (counter && key) await this.consume(counter, key);
  }

  private async consume(counter: Counter, key: string): Promise<void> {
    try {
      await counter.shared?.consume(key);
    } catch (error) {
      if (error instanceof RateLimiterRes) throw refusal(counter, error.msBeforeNext);
      this.restsUntil = performance.now() + REST_MS;
      await countLocally([[counter, key]]);
    }
  }

  private createCounters(name: LimitName): Counters {
    const rule: Rule = RULES[name];
    return {
      ...(rule.actor && { actor: this.createCounter(name, 'actor', rule.actor, rule.perNode) }),
      ...(rule.address && { address: this.createCounter(name, 'address', rule.address, rule.perNode) }),
    };
  }

  private createCounter(name: LimitName, by: string, [allowed, duration]: Allowance, perNode = false): Counter {
    const points = Math.max(1, Math.round(allowed * this.factor(by)));
    const local = new LocalCounter(points, duration);
    const keyPrefix = `${this.config.REDIS_PREFIX}:limit:${name}:${by}`;
    return { name, local, shared: perNode ? undefined : this.createShared({ keyPrefix, points, duration }) };
  }

  /** A venue's people share one address, so what an address may do is raised apart from what a person may. */
  private factor(by: string): number {
    const { LIMIT_FACTOR, ADDRESS_LIMIT_FACTOR = 1 } = this.config;
    return by === 'address' ? LIMIT_FACTOR * ADDRESS_LIMIT_FACTOR : LIMIT_FACTOR;
  }

  private createShared(options: { keyPrefix: string; points: number; duration: number }): Counter['shared'] {
    if (this.redis) return new RateLimiterRedis({ ...options, storeClient: this.redis, rejectIfRedisNotReady: true });
    if (this.config.PLENUM_WORKER === undefined || this.config.LIMITS === 'off') return undefined;
    return new RateLimiterCluster({ ...options, timeoutMs: PATIENCE_MS });
  }
}

/** Answers a promise that is settled already: a message more or less waits for nothing. */
function countLocally(counted: readonly [Counter | undefined, string | undefined][]): Promise<void> {
  for (const [counter, key] of counted) {
    const wait = counter && key ? counter.local.take(key) : 0;
    if (wait > 0) return Promise.reject(refusal(counter!, wait));
  }
  return TAKEN;
}

function refusal({ name }: Counter, waitMs: number): AppError {
  const retryAfter = Math.max(0.1, Math.ceil(waitMs / 100) / 10);
  return new AppError('rate.limited', { message: `Too many of these (${name}).`, retryAfter });
}

function connect(url: string): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: PATIENCE_MS,
    connectTimeout: 3_000,
    retryStrategy: (times) => Math.min(times * 100, 1_000),
  });
  return redis.on('error', (err) => log.debug({ err }, 'limits are counted in this process until Redis is back'));
}
