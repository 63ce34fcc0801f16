import { log } from '../logging/log.js';

interface PeriodicTaskOptions {
  readonly everyMs: number;
  /** Runs at the start as well, and not only after the first interval. */
  readonly isFirstAtOnce?: boolean;
  /** Replaces the warning in the log. The interval goes on after an error. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Runs work at an interval, from `start` to `stop`, which its owner calls when the application shuts down. Runs never overlap: an interval
 * that ends during a run is skipped. Does not keep the process alive.
 */
export class PeriodicTask {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private next: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly name: string,
    private readonly work: () => unknown,
    private readonly options: PeriodicTaskOptions,
  ) {}

  start(): this {
    this.timer ??= setInterval(() => void (this.running ?? this.run()), this.options.everyMs).unref();
    if (this.options.isFirstAtOnce) void this.trigger();
    return this;
  }

  /** Runs now, or once more after the current run for all calls during it. Resolves at the end of that run, also when it failed. */
  trigger(): Promise<void> {
    if (!this.running) return this.run();
    return (this.next ??= this.running.then(() => {
      this.next = undefined;
      return this.running ?? this.run();
    }));
  }

  /** No run begins after this. Resolves when the current one has ended; its errors are not reported any more. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  private run(): Promise<void> {
    if (this.isStopped) return Promise.resolve();
    this.running = this.attempt().finally(() => (this.running = undefined));
    return this.running;
  }

  private async attempt(): Promise<void> {
    try {
      await this.work();
    } catch (error) {
      if (!this.isStopped) this.report(error);
    }
  }

  private report(error: unknown) {
    if (this.options.onError) this.options.onError(error);
    else log.warn({ err: error, task: this.name }, 'a periodic task failed; it runs again after its interval');
  }
}
