import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../platform/errors/app-error.js';
import { isTransient } from '../../platform/errors/to-app-error.js';

export interface GroupCommitOptions<W, R> {
  /**
   * Writes all of them in one transaction; answers one result or refusal for each, in their order, after COMMIT. It sees writes
   * in the order of their arrival, several of one actor too, and may be called again with a part of them when it failed.
   */
  readonly commit: (writes: readonly W[]) => Promise<readonly (R | AppError)[]>;
  /** The longest that a write waits for company while nothing is committed, in ms: shorter means more transactions. */
  readonly windowMs?: number;
  /** How long others have the locks to themselves between two transactions, in ms. */
  readonly restMs?: number;
  /** The most writes of one transaction: more means longer locks. */
  readonly batchSize?: number;
  /** The most writes that may wait: more means answers that come too late. */
  readonly queueSize?: number;
  /** The longest that a write may wait for its turn, in ms: longer, and nobody waits for the answer any more. */
  readonly patienceMs?: number;
  /** Hears of every transaction, also of one that failed. */
  readonly onBatch?: (writes: number, seconds: number) => void;
}

interface Waiting<W, R> {
  readonly write: W;
  readonly since: number;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Puts the writes of many people into one transaction, one transaction at a time: on hot rows one writer with batches beats many
 * writers with one each by ten times. Who finds the queue full, or waits too long in it, is refused with busy, certainly unwritten;
 * nothing is answered before COMMIT.
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

  /** While a transaction hangs, those behind it hear in time that they were not written. */
  private refuseLate() {
    const arrivedBefore = performance.now() - this.options.patienceMs;
    const inTime = this.queue.findIndex(({ since }) => since > arrivedBefore);
    const late = this.queue.splice(0, inTime < 0 ? this.queue.length : inTime);
    for (const { reject } of late) reject(this.busy());
  }

  private busy(): AppError {
    this.counters.busy++;
    return new AppError('busy', { message: 'Too many are writing at this moment.', retryAfter: 1 });
  }

  /** A write that breaks the transaction must not fail its neighbours: halves are tried until it stands alone. */
  private async commit(batch: readonly Waiting<W, R>[]): Promise<void> {
    try {
      const results = await this.measure(batch);
      batch.forEach((waiting, place) => settle(waiting, results[place]));
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
  if (result === undefined) reject(new Error('a group commit left a write without an answer'));
  else if (result instanceof AppError) reject(result);
  else resolve(result);
}
