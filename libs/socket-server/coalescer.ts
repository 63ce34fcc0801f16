export interface CoalescerOptions {
  /** Shortest time between two flushes of one key, in ms: latency against CPU. */
  readonly tickMs: number;
  /** Longest time, when flushing is expensive. */
  readonly maxTickMs?: number;
  /** The part of one core that flushing may use before the tick grows; the rest is for reading, writing and acks. */
  readonly share: () => number;
  /** Returns how long it kept the process busy, in ms, once everything is sent. */
  readonly flush: (key: string) => Promise<number>;
  readonly onError: (error: unknown) => void;
}

interface Lane {
  timer: NodeJS.Timeout | undefined;
  isFlushing: boolean;
  isMarked: boolean;
  startedAt: number;
  dueAt: number;
  /** The cost of the last flush, in ms. */
  cost: number;
}

/**
 * Turns many marks of a key into at most one flush a tick: the first at once, the next when the tick is over, and never two of one key at
 * a time. The tick grows with the cost of the flushes of all keys, so that a busy node sends less often instead of building up a backlog.
 */
export class Coalescer {
  private readonly lanes = new Map<string, Lane>();
  private isClosed = false;
  private sweeper: NodeJS.Timeout | undefined;
  readonly counters = { ticks: 0, busyMs: 0 };
  /** The current tick, in ms. */
  tickMs: number;

  constructor(private readonly options: CoalescerOptions) {
    this.tickMs = options.tickMs;
  }

  /** How many recently flushed keys are kept. */
  get size(): number {
    return this.lanes.size;
  }

  mark(key: string): void {
    const lane = this.lanes.get(key) ?? newLane();
    this.lanes.set(key, lane);
    lane.isMarked = true;
    this.schedule(key, lane);
  }

  /** Drops all marks; a running flush completes. */
  forget(key: string): void {
    const lane = this.lanes.get(key);
    if (!lane) return;
    clearTimeout(lane.timer);
    lane.timer = undefined;
    lane.isMarked = false;
    if (!lane.isFlushing) this.lanes.delete(key);
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.sweeper);
    for (const key of [...this.lanes.keys()]) this.forget(key);
  }

  private schedule(key: string, lane: Lane) {
    if (lane.timer || lane.isFlushing || this.isClosed) return;
    lane.timer = setTimeout(() => void this.flush(key, lane), Math.max(0, lane.dueAt - performance.now()));
  }

  private async flush(key: string, lane: Lane) {
    Object.assign(lane, { timer: undefined, isMarked: false, isFlushing: true, startedAt: performance.now() });
    try {
      lane.cost = await this.options.flush(key);
      this.counters.busyMs += lane.cost;
    } catch (error) {
      this.options.onError(error);
    }
    this.counters.ticks++;
    this.tickMs = this.stretch();
    lane.isFlushing = false;
    lane.dueAt = lane.startedAt + this.tickMs;
    if (lane.isMarked) this.schedule(key, lane);
    else this.sweepLater();
  }

  /** The tick at which all recent flushes use their share of a core. */
  private stretch(): number {
    const { tickMs, maxTickMs = MAX_TICK, share } = this.options;
    this.sweep();
    let cost = 0;
    for (const lane of this.lanes.values()) cost += lane.cost;
    return Math.min(maxTickMs, Math.max(tickMs, cost / share()));
  }

  /** Removes keys that were not marked for a while. */
  private sweep() {
    const before = performance.now() - this.restsFor;
    for (const [key, lane] of this.lanes) {
      const isIdle = !lane.timer && !lane.isFlushing;
      if (isIdle && lane.startedAt < before) this.lanes.delete(key);
    }
  }

  /** Without further flushes nothing else would trigger the sweep. */
  private sweepLater() {
    if (this.isClosed) return;
    this.sweeper ??= setTimeout(() => {
      this.sweeper = undefined;
      this.sweep();
      if (this.lanes.size > 0) this.sweepLater();
    }, this.restsFor).unref();
  }

  private get restsFor(): number {
    return 2 * (this.options.maxTickMs ?? MAX_TICK);
  }
}

/** Default of the longest time between two flushes of one key, in ms. */
const MAX_TICK = 2_000;

const newLane = (): Lane => ({
  timer: undefined,
  isFlushing: false,
  isMarked: false,
  startedAt: 0,
  dueAt: 0,
  cost: 0,
});
