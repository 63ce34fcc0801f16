export interface CoalescerOptions {
  /** Shortest time between two flushes of one key, in ms: latency against CPU. */
  readonly tickMs: number;
  /** Longest time, when flushing costs more than a fifth of the tick. */
  readonly maxTickMs?: number;
  readonly flush: (key: string) => void;
  readonly onError: (error: unknown) => void;
}

interface Lane {
  dueAt: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Turns many marks of a key into at most one flush a tick: the first at once, the next when the tick is over. The tick stretches
 * with the measured cost of flushing, so that a busy node sends less often instead of falling behind.
 */
export class Coalescer {
  private readonly lanes = new Map<string, Lane>();

  constructor(private readonly options: CoalescerOptions) {}

  mark(key: string): void {
    const lane = this.lanes.get(key) ?? { dueAt: 0, timer: undefined };
    this.lanes.set(key, lane);
    if (lane.timer) return;
    lane.timer = setTimeout(() => this.flush(key, lane), Math.max(0, lane.dueAt - performance.now()));
  }

  forget(key: string): void {
    clearTimeout(this.lanes.get(key)?.timer);
    this.lanes.delete(key);
  }

  close(): void {
    for (const key of [...this.lanes.keys()]) this.forget(key);
  }

  private flush(key: string, lane: Lane) {
    const { tickMs, maxTickMs = 2_000, flush, onError } = this.options;
    const start = performance.now();
    lane.timer = undefined;
    try {
      flush(key);
    } catch (error) {
      onError(error);
    }
    const cost = performance.now() - start;
    lane.dueAt = start + Math.min(maxTickMs, Math.max(tickMs, cost * 5));
  }
}
