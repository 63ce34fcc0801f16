/** How often it measures, in ms: fifty measurements a second cost nothing measurable. */
const EVERY = 20;

/** The delay of this process's timers: every connected client waits for it. */
export class LoopDelay {
  private timer: NodeJS.Timeout | undefined;
  private last = 0;

  constructor(private readonly delays: { observe(seconds: number): void }) {}

  start(): void {
    this.last = performance.now();
    this.timer ??= setInterval(() => this.look(), EVERY).unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private look() {
    const now = performance.now();
    this.delays.observe(Math.max(0, now - this.last - EVERY) / 1_000);
    this.last = now;
  }
}
