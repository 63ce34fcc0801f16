import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Bus } from '#libs/bus/bus';
import { CONFIG, type Config } from '../../config/config.js';
import { AppError } from '../errors/app-error.js';
import { BUS } from '../cluster/bus.js';
import { type KeepsEntries } from '../metrics/keeps-entries.js';
import { WindowGossip } from './window-gossip.js';
import { type Allowance, type CountedBy, type LimitName, RULES } from './limit-rules.js';
import { type WindowCounter } from './window-counter.js';
import { RejectionMetrics } from '../metrics/rejection-metrics.js';

/** The keys of a limit. `actor` is anything with an id, `event` an event's id. */
export interface Counted {
  readonly actor?: { readonly id: string } | null;
  readonly address?: string;
  readonly event?: string;
}

type LimitsConfig = Pick<Config, 'LIMITS' | 'LIMIT_FACTOR'> & Partial<Pick<Config, 'ADDRESS_LIMIT_FACTOR'>>;
interface Counter {
  readonly name: string;
  readonly by: CountedBy;
  readonly local: WindowCounter;
}

/** How often one actor, everybody behind one address, or everybody of one event may do something, over all nodes and workers. */
@Injectable()
export class RateLimiter implements OnApplicationShutdown, KeepsEntries {
  private readonly exchange: WindowGossip;
  private readonly counters = new Map<LimitName, Counter[]>();

  constructor(
    @Inject(CONFIG) private readonly config: LimitsConfig,
    @Inject(BUS) bus: Bus,
    @Inject(RejectionMetrics) private readonly refusals: Pick<RejectionMetrics, 'count'>,
  ) {
    this.exchange = new WindowGossip(bus);
    for (const name of Object.keys(RULES) as LimitName[]) this.counters.set(name, this.createCounters(name));
  }

  countEntries() {
    return { 'limits.windows': this.exchange.size };
  }

  onApplicationShutdown() {
    this.exchange.close();
  }

  /** Counts one synchronously; throws rate.limited with the seconds until the next one is allowed. */
  take(name: LimitName, counted: Counted): void {
    if (this.config.LIMITS === 'off') return;
    const now = performance.now();
    for (const counter of this.counters.get(name) ?? []) {
      const key = counter.by === 'actor' ? counted.actor?.id : counted[counter.by];
      const wait = key ? counter.local.take(key, now) : 0;
      if (wait > 0) throw this.refusal(name, counter, wait);
    }
  }

  /** The used part of an address's limit, from 0 to 1; counts nothing. */
  shareOfAddress(name: LimitName, address: string | undefined): number {
    const counter = this.counters.get(name)?.find(({ by }) => by === 'address');
    return address && counter ? counter.local.share(address) : 0;
  }

  private refusal(limit: LimitName, { name }: Counter, waitMs: number): AppError {
    this.refusals.count(name);
    const retryAfter = Math.max(0.1, Math.ceil(waitMs / 100) / 10);
    return AppError.withoutStack('rate.limited', { message: `Too many of these (${limit}).`, retryAfter });
  }

  private createCounters(limit: LimitName): Counter[] {
    return (Object.entries(RULES[limit]) as [CountedBy, Allowance][]).map(([by, [points, seconds]]) => {
      const name = `${limit}:${by}`;
      const allowed = Math.max(1, Math.round(points * this.factor(by)));
      return { name, by, local: this.exchange.add(name, allowed, seconds) };
    });
  }

  /** A venue's people share one address, so the limits of addresses are raised separately from those of people. */
  private factor(by: CountedBy): number {
    const { LIMIT_FACTOR, ADDRESS_LIMIT_FACTOR = 1 } = this.config;
    return by === 'address' ? LIMIT_FACTOR * ADDRESS_LIMIT_FACTOR : LIMIT_FACTOR;
  }
}
