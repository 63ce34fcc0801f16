import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { CONFIG, type Config } from '../config.js';
import { AppError } from './app-error.js';
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
  connect: { actor: [60, 60], address: [6_000, 60] },
  'sign-in': { address: [1_200, 60] },
  password: { actor: [6, 60], address: [60, 60] },
  join: { actor: [120, 60], address: [12_000, 60] },
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

type LimitsConfig = Pick<Config, 'LIMITS' | 'LIMIT_FACTOR' | 'REDIS_URL' | 'REDIS_PREFIX'>;
interface Counter {
  readonly local: RateLimiterMemory;
  readonly shared?: RateLimiterRedis;
}

/** A Redis that does not answer within this time is left alone for REST_MS: a limit must never hold up a write. */
const PATIENCE_MS = 250;
const REST_MS = 2_000;

/** How often one actor, or everybody behind one address, may do something: shared by the nodes through Redis, else per node. */
@Injectable()
export class Limits implements OnApplicationShutdown {
  private readonly redis?: Redis;
  private readonly counters = new Map<string, Counter>();
  private restsUntil = 0;

  constructor(@Inject(CONFIG) private readonly config: LimitsConfig) {
    if (config.REDIS_URL && config.LIMITS === 'on') this.redis = connect(config.REDIS_URL);
  }

  onApplicationShutdown() {
    this.redis?.disconnect();
  }

  /** Counts one; refuses with rate.limited and the seconds until the next one is allowed. */
  async take(name: LimitName, { actor, address }: Counted): Promise<void> {
    if (this.config.LIMITS === 'off') return;
    if (actor) await this.count(name, 'actor', actor.id);
    if (address) await this.count(name, 'address', address);
  }

  private async count(name: LimitName, by: 'actor' | 'address', key: string): Promise<void> {
    const counter = this.counterOf(name, by);
    try {
      if (counter) await this.consume(counter, key);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      const retryAfter = Math.max(0.1, Math.ceil(refused.msBeforeNext / 100) / 10);
      throw new AppError('rate.limited', { message: `Too many of these (${name}).`, retryAfter });
    }
  }

  private async consume({ local, shared }: Counter, key: string): Promise<void> {
    if (!shared || performance.now() < this.restsUntil) return void (await local.consume(key));
    try {
      await shared.consume(key);
    } catch (error) {
      if (error instanceof RateLimiterRes) throw error;
      this.restsUntil = performance.now() + REST_MS;
      await local.consume(key);
    }
  }

  private counterOf(name: LimitName, by: 'actor' | 'address'): Counter | undefined {
    const rule: Rule = RULES[name];
    const allowance = rule[by];
    if (!allowance) return undefined;
    const keyPrefix = `${this.config.REDIS_PREFIX}:limit:${name}:${by}`;
    const counter = this.counters.get(keyPrefix) ?? this.createCounter(keyPrefix, allowance, rule.perNode);
    this.counters.set(keyPrefix, counter);
    return counter;
  }

  private createCounter(keyPrefix: string, [allowed, duration]: Allowance, perNode = false): Counter {
    const points = Math.max(1, Math.round(allowed * this.config.LIMIT_FACTOR));
    const local = new RateLimiterMemory({ keyPrefix, points, duration });
    if (!this.redis || perNode) return { local };
    const storeClient = this.redis;
    return {
      local,
      shared: new RateLimiterRedis({ storeClient, keyPrefix, points, duration, rejectIfRedisNotReady: true }),
    };
  }
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
