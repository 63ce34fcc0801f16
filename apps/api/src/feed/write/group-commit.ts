import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../platform/errors/app-error.js';
import { isTransient } from '../../platform/errors/to-app-error.js';

export interface GroupCommitOptions<W, R> {
  /**
   * Writes all of them in one transaction; returns one result or refusal for each, in their order, after COMMIT. It gets writes in the
   * order of their arrival, several of one actor too, and may be called again with a part of them after a failure.
   */
  readonly commit: (writes: readonly W[]) => Promise<readonly (R | AppError)[]>;
  /** The longest that a write waits for others while nothing is committed, in ms: shorter means more transactions. */
  readonly windowMs?: number;
  /** How long the locks are free for other writers between two transactions, in ms. */
  readonly restMs?: number;
  /** The maximum of writes in one transaction: more means longer locks. */
  readonly batchSize?: number;
  /** The maximum of waiting writes: more means acks that come too late. */
  readonly queueSize?: number;
  /** The longest that a write may wait for its turn, in ms: after longer, its client has stopped waiting for the ack. */
  readonly patienceMs?: number;
  /** Called for every transaction, also for one that failed. */
  readonly onBatch?: (writes: number, seconds: number) => void;
}

interface Waiting<W, R> {
  readonly write: W;
  readonly since: number;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Puts the writes of many people into one transaction, one transaction at a time: on hot rows one writer with batches is ten times faster
 * than many writers with one each. A write that finds the queue full, or waits too long in it, is refused with busy and certainly not
 * written; nothing is acknowledged before COMMIT.
 */
export class GroupCommit<W, R> {
  private queue: Waiting<W, R>[] = [];
  private running: Promise<void> | undefined;
  private stopGathering = () => {};
  private readonly options: Required<GroupCommitOptions<W, R>>;
  readonly counters = { batches: 0, writes: 0, busy: 0, halvings: 0 };

  constructor(options: GroupCommitOptions<W, R>) {
    this.options = {
      windowMs: 10,
      restMs: 0,
      batchSize: 1_000,
      queueSize: 20_000,
      patienceMs: 8_000,
      onBatch: () => {},
      ...options,
    };
  }

  /** Resolves after COMMIT; rejects with the write's own refusal, or with the failure of its transaction. */
  write(write: W): Promise<R> {
    if (this.queue.length >= this.options.queueSize) return Promise.reject(this.busy());
    return new Promise((resolve, reject) => {
      this.queue.push({ write, since: performance.now(), resolve, reject });
      if (this.queue.length >= this.options.batchSize) this.stopGathering();
      this.running ??= this.run();
    });
  }

  /** How many writes wait for a transaction. */
  get waiting(): number {
    return this.queue.length;
  }

  private async run(): Promise<void> {
    const { batchSize, patienceMs, restMs } = this.options;
    const watch = setInterval(() => this.refuseLate(), patienceMs / 8);
    while (this.queue.length > 0) {
      await this.gather();
      const batch = this.queue.slice(0, batchSize);
      this.queue = this.queue.slice(batchSize);
      if (batch.length > 0) await this.commit(batch);
      if (restMs > 0 && this.queue.length > 0) await pause(restMs);
    }
    clearInterval(watch);
    this.running = undefined;
  }

  /** Waits until the oldest write has waited long enough or the batch is full. */
  private gather(): Promise<void> | undefined {
    const { windowMs, batchSize } = this.options;
    const left = this.queue[0]!.since + windowMs - performance.now();
    if (left <= 0 || this.queue.length >= batchSize) return;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, left);
      this.stopGathering = () => (clearTimeout(timer), resolve());
    });
  }

  /** While a transaction hangs, the writes behind it are refused in time. */
  private refuseLate() {
    const arrivedBefore = performance.now() - this.options.patienceMs;
    const inTime = this.queue.findIndex(({ since }) => since > arrivedBefore);
    const late = this.queue.splice(0, inTime < 0 ? this.queue.length : inTime);
    for (const { reject } of late) reject(this.busy());
  }

  private busy(): AppError {
    this.counters.busy++;
    return new AppError('busy', { message: 'Too many writes are waiting.', retryAfter: 1 });
  }

  /** A write that breaks the transaction must not fail the others: the batch is halved until the write is alone. */
  private async commit(batch: readonly Waiting<W, R>[]): Promise<void> {
    try {
      const results = await this.measure(batch);
      batch.forEach((waiting, index) => settle(waiting, results[index]));
    } catch (error) {
      if (batch.length === 1 || isTransient(error)) return batch.forEach(({ reject }) => reject(error));
      this.counters.halvings++;
      const half = Math.ceil(batch.length / 2);
      await this.commit(batch.slice(0, half));
      await this.commit(batch.slice(half));
    }
  }

  private async measure(batch: readonly Waiting<W, R>[]) {
    const began = performance.now();
    try {
      return await this.options.commit(batch.map(({ write }) => write));
    } finally {
      this.counters.batches++;
      this.counters.writes += batch.length;
      this.options.onBatch(batch.length, (performance.now() - began) / 1_000);
    }
  }
}

function settle<W, R>({ resolve, reject }: Waiting<W, R>, result: R | AppError | undefined) {
  if (result === undefined) reject(new Error('a group commit returned no result for a write'));
  else if (result instanceof AppError) reject(result);
  else resolve(result);
}
