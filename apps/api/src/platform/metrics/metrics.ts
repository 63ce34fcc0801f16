import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type KeepsEntries } from './keeps-entries.js';
import { LoopDelay } from './loop-delay.js';

/** One number, or one per set of labels. */
export type Reading = number | Iterable<readonly [labels: Readonly<Record<string, string>>, value: number]>;

const MS = 0.001;
const times = (...ms: number[]) => ms.map((time) => time * MS);

/**
 * The metrics of this node for its operator, in a separate registry, because tests run several hubs in one process. A counter costs less
 * than 0.1 µs, a histogram about 0.5 µs an observation: once per message and frame, never once per recipient. Values that a service
 * already counts are not counted twice: `counter` and `gauge` read them when Prometheus scrapes.
 */
@Injectable()
export class Metrics implements OnModuleInit, OnApplicationShutdown {
  readonly registry = new Registry();

  readonly ackTime = this.histogram(
    'plenum_ack_seconds',
    'Seconds from reading a message of a socket until its ack is written to the socket.',
    times(1, 2.5, 5, 10, 20, 30, 45, 60, 100, 150, 250, 500, 1_000, 2_500, 5_000, 10_000),
    ['message'],
  );
  readonly batchSize = this.histogram(
    'plenum_batch_writes',
    'Writes that were committed together in one transaction.',
    [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000],
    ['queue'],
  );
  readonly commitTime = this.histogram(
    'plenum_commit_seconds',
    'Seconds that one group commit took, from its first statement to the response to COMMIT.',
    times(1, 2.5, 5, 10, 20, 30, 50, 100, 250, 500, 1_000, 2_500, 5_000),
    ['queue'],
  );
  private readonly loopDelay = new LoopDelay(
    this.histogram(
      'plenum_event_loop_delay_seconds',
      'Seconds that a timer of this process fired too late.',
      times(1, 2.5, 5, 10, 20, 30, 50, 100, 250, 500, 1_000, 2_500),
    ),
  );

  private readonly keepers: KeepsEntries[] = [];

  constructor() {
    const help = 'Entries that this node keeps in memory, by map.';
    this.gauge('plenum_kept_entries', help, () => this.entries(), ['map']);
    collectDefaultMetrics({ register: this.registry });
  }

  onModuleInit(): void {
    this.loopDelay.start();
  }

  onApplicationShutdown(): void {
    this.loopDelay.stop();
  }

  /** Exports from now on how many entries it keeps. */
  countEntriesOf(keeper: KeepsEntries): void {
    this.keepers.push(keeper);
  }

  private entries() {
    const counts = this.keepers.flatMap((keeper) => Object.entries(keeper.countEntries()));
    return counts.map(([map, count]) => [{ map }, count] as const);
  }

  /** A number that only grows, kept by the caller: read when Prometheus scrapes. */
  counter(
    name: string,
    help: string,
    read: () => Reading | Promise<Reading>,
    labelNames: readonly string[] = [],
  ): void {
    new Counter({
      name,
      help,
      labelNames,
      registers: [this.registry],
      async collect() {
        const readings = each(await read());
        this.reset();
        for (const [labels, value] of readings) this.inc(labels, value);
      },
    });
  }

  /** A current value: read when Prometheus scrapes. Summed over the workers of a machine. */
  gauge(name: string, help: string, read: () => Reading | Promise<Reading>, labelNames: readonly string[] = []): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [this.registry],
      async collect() {
        const readings = each(await read());
        this.reset();
        for (const [labels, value] of readings) this.set(labels, value);
      },
    });
  }

  private histogram<L extends string = never>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: readonly L[] = [],
  ): Histogram<L> {
    return new Histogram({ name, help, buckets, labelNames, registers: [this.registry] });
  }
}

const each = (reading: Reading) => (typeof reading === 'number' ? [[{}, reading] as const] : reading);
