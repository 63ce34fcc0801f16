import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { type Bus } from '#libs/bus/bus';
import { backoff } from '#libs/retry/backoff';
import { CONFIG, type Config } from '../../config/config.js';
import { BUS } from '../cluster/bus.js';
import { type KeepsEntries } from '../metrics/keeps-entries.js';
import { WindowCounter } from './window-counter.js';
import { RejectionMetrics } from '../metrics/rejection-metrics.js';

const TOPIC = 'floods';
/** Ms of the first refusal of an actor; doubled for each further flood. */
const REFUSED_FOR = { first: 30_000, most: 300_000 };
/** After this many ms without a flood an actor starts again at the first. */
const FORGOTTEN_AFTER = 600_000;
/** More closed connections of one address in a minute make it suspect for a while. */
const ADDRESS_AT_MOST = 30;
const REMEMBERED = 10_000;

const flood = z.object({ from: z.string(), actorId: z.string(), address: z.string() });

interface Refused {
  readonly until: number;
  readonly times: number;
}

type FloodsConfig = Pick<Config, 'LIMITS' | 'ADDRESS_LIMIT_FACTOR'>;

/**
 * Actors whose connections were closed because they flooded, on any node: they are refused for a while. An address with many of them is
 * suspect and never refused: a whole venue may be behind it, and one laptop can create that many guests. Every node derives the same
 * state from the same messages; with a lost one a node refuses less.
 */
@Injectable()
export class FloodPenalties implements OnApplicationShutdown, KeepsEntries {
  private readonly node = randomUUID();
  private readonly refused = new LRUCache<string, Refused>({ max: REMEMBERED });
  private readonly closedAt: WindowCounter;
  private readonly unsubscribe: () => void;

  constructor(
    @Inject(CONFIG) private readonly config: FloodsConfig,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(RejectionMetrics) private readonly refusals: Pick<RejectionMetrics, 'count'>,
  ) {
    this.closedAt = new WindowCounter(Math.max(1, Math.round(ADDRESS_AT_MOST * config.ADDRESS_LIMIT_FACTOR)), 60);
    this.unsubscribe = bus.subscribe(TOPIC, (message) => this.hear(message));
  }

  countEntries() {
    return { 'floods.refused': this.refused.size, 'floods.addresses': this.closedAt.size };
  }

  onApplicationShutdown() {
    this.unsubscribe();
  }

  /** A connection is closed for flooding: returns for how many ms its actor is refused now, on every node. */
  note(actorId: string, address: string, now = performance.now()): number {
    this.remember(actorId, address, now);
    this.bus.publish(TOPIC, { from: this.node, actorId, address });
    return Math.round(this.left(`actor ${actorId}`, now));
  }

  /** For how many ms an actor is refused; 0 when they are not. */
  wait(actorId: string, now = performance.now()): number {
    if (this.config.LIMITS === 'off' || this.refused.size === 0) return 0;
    const wait = this.left(`actor ${actorId}`, now);
    if (wait > 0) this.refusals.count('flooding:actor');
    return wait;
  }

  /** Whether new guests from this address need a proof of work, because very many of its connections flooded. */
  isSuspect(address: string | undefined, now = performance.now()): boolean {
    return this.config.LIMITS !== 'off' && address !== undefined && this.left(`address ${address}`, now) > 0;
  }

  private left(key: string, now: number): number {
    return Math.max(0, (this.refused.get(key)?.until ?? 0) - now);
  }

  private hear(message: unknown) {
    const { data } = flood.safeParse(message);
    if (data && data.from !== this.node) this.remember(data.actorId, data.address, performance.now());
  }

  private remember(actorId: string, address: string, now: number) {
    this.refuse(`actor ${actorId}`, now);
    if (this.closedAt.take(address, now) > 0) this.refuse(`address ${address}`, now);
  }

  /** Several connections of one flood count once. */
  private refuse(key: string, now: number) {
    const known = this.refused.get(key);
    if (known && known.until > now) return;
    const times = known && known.until + FORGOTTEN_AFTER > now ? known.times + 1 : 1;
    const lasts = backoff(REFUSED_FOR, times - 1);
    this.refused.set(key, { until: now + lasts, times });
  }
}
