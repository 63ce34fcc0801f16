interface Job {
  readonly steps: Iterator<unknown>;
  readonly finish: (busyMs: number) => void;
  readonly fail: (error: unknown) => void;
  busyMs: number;
}

/** After this many ms of work others have their turn: acks, votes, timers. */
const SLICE = 4;

/**
 * Long work in slices. One slice a turn of the event loop however many jobs there are, so that everything else waits for one slice at
 * most; jobs take turns, so that a big one does not hold up the small ones.
 */
export class CooperativeScheduler {
  private readonly jobs: Job[] = [];
  private turn: NodeJS.Immediate | undefined;

  constructor(private readonly sliceMs = SLICE) {}

  /** Runs a job step by step (a step is to take well under a millisecond) and answers how long it kept the process busy, in ms. */
  run(steps: Iterator<unknown>): Promise<number> {
    return new Promise((finish, fail) => {
      this.jobs.push({ steps, finish, fail, busyMs: 0 });
      this.turn ??= setImmediate(() => this.work());
    });
  }

  /** Drops what is not done; its promises stay open. */
  close(): void {
    this.jobs.length = 0;
    clearImmediate(this.turn);
    this.turn = undefined;
  }

  private work() {
    const end = performance.now() + this.sliceMs;
    for (let job = this.jobs.shift(); job; job = this.jobs.shift()) {
      if (!this.advance(job, end)) this.jobs.push(job);
      if (performance.now() >= end) break;
    }
    this.turn = this.jobs.length > 0 ? setImmediate(() => this.work()) : undefined;
  }

  /** Whether the job is over. */
  private advance(job: Job, end: number): boolean {
    const start = performance.now();
    try {
      for (;;) {
        const isDone = job.steps.next().done ?? false;
        const now = performance.now();
        if (!isDone && now < end) continue;
        job.busyMs += now - start;
        if (isDone) job.finish(job.busyMs);
        return isDone;
      }
    } catch (error) {
      job.fail(error);
      return true;
    }
  }
}
