interface Job {
  readonly steps: Iterator<unknown>;
  readonly finish: (busyMs: number) => void;
  readonly fail: (error: unknown) => void;
  busyMs: number;
}

/** After this many ms of work the scheduler yields to acks, votes and timers. */
const SLICE = 4;

/**
 * Long work in slices. One slice per turn of the event loop regardless of the number of jobs, so that everything else waits for at most
 * one slice; jobs are scheduled round-robin, so that a big one does not delay the small ones.
 */
export class CooperativeScheduler {
  private readonly jobs: Job[] = [];
  private turn: NodeJS.Immediate | undefined;

  constructor(private readonly sliceMs = SLICE) {}

  /** Runs a job step by step (a step takes well under a millisecond) and returns how long it kept the process busy, in ms. */
  run(steps: Iterator<unknown>): Promise<number> {
    return new Promise((finish, fail) => {
      this.jobs.push({ steps, finish, fail, busyMs: 0 });
      this.turn ??= setImmediate(() => this.work());
    });
  }

  /** Drops all unfinished jobs; their promises stay pending. */
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

  /** Whether the job is finished. */
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
