interface Asked<K, V> {
  readonly key: K;
  readonly resolve: (value: V) => void;
  readonly reject: (error: unknown) => void;
}

interface BatchOptions<K, V> {
  /** Returns the values of all keys in their order, or fails for all of them. */
  readonly load: (keys: readonly K[]) => Promise<readonly V[]>;
  /** How long the first caller waits for others, in ms: the cost for a single caller. */
  readonly within?: number;
  /** How long after a large batch, in ms: fewer queries are worth more there than the latency. */
  readonly withinCrowd?: number;
  /** More keys than this go into another batch. */
  readonly most?: number;
}

/** A batch of at least this many is large, and the next batch waits longer. */
const CROWD = 4;

/**
 * One query for concurrent calls, such as those of all clients that reconnect after a restart. Nothing is cached: every caller gets a
 * value that was read after the call.
 */
export class BatchLoader<K, V> {
  private waiting: Asked<K, V>[] = [];
  private timer: NodeJS.Timeout | undefined;
  private isCrowded = false;
  private loading = 0;

  constructor(private readonly options: BatchOptions<K, V>) {}

  /** Whether no call is waiting. */
  get isIdle(): boolean {
    return this.waiting.length === 0 && this.loading === 0;
  }

  ask(key: K): Promise<V> {
    const { within = 3, withinCrowd = 20, most = 500 } = this.options;
    return new Promise<V>((resolve, reject) => {
      this.waiting.push({ key, resolve, reject });
      if (this.waiting.length >= most) void this.load();
      else this.timer ??= setTimeout(() => void this.load(), this.isCrowded ? withinCrowd : within);
    });
  }

  private async load() {
    const asked = this.waiting;
    this.waiting = [];
    this.isCrowded = asked.length >= CROWD;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.loading++;
    try {
      const values = await this.options.load(asked.map(({ key }) => key));
      asked.forEach(({ resolve }, index) => resolve(values[index] as V));
    } catch (error) {
      for (const { reject } of asked) reject(error);
    } finally {
      this.loading--;
    }
  }
}
