import { AppError } from '../common/app-error.js';
import { isTransient } from '../common/to-app-error.js';

export interface GroupCommitOptions<W, R> {
  /**
   * Writes all of them in one transaction; answers one result or refusal for each, in their order, after COMMIT. It sees writes
   * in the order of their arrival, several of one actor too, and may be called again with a part of them when it failed.
   */
  readonly commit: (writes: readonly W[]) => Promise<readonly (R | AppError)[]>;
  /** How long the first write waits for company, in ms: that much latency when nobody else writes. */
  readonly windowMs?: number;
  /** The most writes of one transaction: more means longer locks. */
  readonly batchSize?: number;
  /** The most writes that may wait: more means answers that come too late. */
  readonly queueSize?: number;
}

interface Waiting<W, R> {
  readonly write: W;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Puts the writes of many people into one transaction, one transaction at a time: on hot rows one writer with batches beats many
 * writers with one each by ten times. A full queue is refused with busy; nothing is answered before COMMIT.
 */
export class GroupCommit<W, R> {
  private queue: Waiting<W, R>[] = [];
  private running: Promise<void> | undefined;
  private isClosed = false;

  constructor(private readonly options: GroupCommitOptions<W, R>) {}

  /** Resolves after COMMIT; rejects with the write's own refusal, or with the failure of its transaction. */
  write(write: W): Promise<R> {
    const { queueSize = 20_000 } = this.options;
    if (this.isClosed || this.queue.length >= queueSize)
      return Promise.reject(new AppError('busy', { message: 'Too many are writing at this moment.', retryAfter: 1 }));
    return new Promise((resolve, reject) => {
      this.queue.push({ write, resolve, reject });
      this.running ??= this.run();
    });
  }

  /** How many writes wait for a transaction. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Refuses new writes and waits until those already taken are answered. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.running;
  }

  private async run(): Promise<void> {
    const { windowMs = 5, batchSize = 1_000 } = this.options;
    await new Promise((resolve) => setTimeout(resolve, windowMs));
    while (this.queue.length > 0) {
      const batch = this.queue.slice(0, batchSize);
      this.queue = this.queue.slice(batchSize);
      await this.commit(batch);
    }
    this.running = undefined;
  }

  /** A write that breaks the transaction must not fail its neighbours: halves are tried until it stands alone. */
  private async commit(batch: readonly Waiting<W, R>[]): Promise<void> {
    try {
      const results = await this.options.commit(batch.map(({ write }) => write));
      batch.forEach((waiting, place) => settle(waiting, results[place]));
    } catch (error) {
      if (batch.length === 1 || isTransient(error)) return batch.forEach(({ reject }) => reject(error));
      const half = Math.ceil(batch.length / 2);
      await this.commit(batch.slice(0, half));
      await this.commit(batch.slice(half));
    }
  }
}

function settle<W, R>({ resolve, reject }: Waiting<W, R>, result: R | AppError | undefined) {
  if (result === undefined) reject(new Error('a group commit left a write without an answer'));
  else if (result instanceof AppError) reject(result);
  else resolve(result);
}
