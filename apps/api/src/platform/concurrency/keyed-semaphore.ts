import { AppError } from '../errors/app-error.js';

/** Lets a limited number of tasks run at once, the others in order; when too many wait, further ones are refused. */
export class Semaphore {
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(
    private readonly atOnce: number,
    private readonly waitingAtMost: number,
  ) {}

  get isIdle(): boolean {
    return this.running === 0;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter() {
    if (this.running < this.atOnce) return void this.running++;
    if (this.waiting.length >= this.waitingAtMost)
      throw AppError.withoutStack('busy', { message: 'Too many requests are waiting.', retryAfter: 1 });
    await new Promise<void>((resolve) => this.waiting.push(resolve)); // a released permit is passed to the next waiter
  }

  private leave() {
    const next = this.waiting.shift();
    if (next) next();
    else this.running--;
  }
}

/** A semaphore for each key, while it is in use. */
export class KeyedSemaphore {
  private readonly lanes = new Map<string, Semaphore>();

  constructor(
    private readonly atOnce: number,
    private readonly waitingAtMost: number,
  ) {}

  get size(): number {
    return this.lanes.size;
  }

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const lane = this.lanes.get(name) ?? new Semaphore(this.atOnce, this.waitingAtMost);
    this.lanes.set(name, lane);
    try {
      return await lane.run(work);
    } finally {
      if (lane.isIdle) this.lanes.delete(name);
    }
  }
}
