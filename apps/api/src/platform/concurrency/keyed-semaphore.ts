import pLimit, { type LimitFunction } from 'p-limit';
import { AppError } from '../errors/app-error.js';

/** p-limit with a bounded queue: runs a limited number of tasks at once, the others in order; when too many wait, further ones are refused. */
export class Semaphore {
  private readonly limit: LimitFunction;

  constructor(
    atOnce: number,
    private readonly waitingAtMost: number,
  ) {
    this.limit = pLimit(atOnce);
  }

  get isIdle(): boolean {
    return this.limit.activeCount === 0 && this.limit.pendingCount === 0;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const { activeCount, concurrency, pendingCount } = this.limit;
    if (activeCount >= concurrency && pendingCount >= this.waitingAtMost)
      throw AppError.withoutStack('busy', { message: 'Too many requests are waiting.', retryAfter: 1 });
    return this.limit(work);
  }
}

/** A semaphore for each key, while it is in use. */
export class KeyedSemaphore {
  private readonly semaphores = new Map<string, Semaphore>();

  constructor(
    private readonly atOnce: number,
    private readonly waitingAtMost = Infinity,
  ) {}

  /** How many keys are in use. */
  get size(): number {
    return this.semaphores.size;
  }

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const semaphore = this.semaphores.get(key) ?? new Semaphore(this.atOnce, this.waitingAtMost);
    this.semaphores.set(key, semaphore);
    try {
      return await semaphore.run(work);
    } finally {
      if (semaphore.isIdle) this.semaphores.delete(key);
    }
  }
}
