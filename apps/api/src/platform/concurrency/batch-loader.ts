interface Asked<K, V> {
  readonly key: K;
  readonly resolve: (value: V) => void;
  readonly reject: (error: unknown) => void;
}

interface BatchOptions<K, V> {
  /** Answers all keys in their order, or fails for all of them. */
  readonly load: (keys: readonly K[]) => Promise<readonly V[]>;
  /** How long the first one waits for others, in ms: what everybody pays who asks alone. */
  readonly within?: number;
  /** How long in a crowd, in ms: fewer questions are worth more there than a moment. */
  readonly withinCrowd?: number;
  /** More than this are asked in another batch. */
  readonly most?: number;
}

/** So many in one batch are a crowd, and the next batch waits for more. */
const CROWD = 4;

/**
 * Asks once for what many want at the same moment, such as all who come back after a restart. Nothing is kept: whoever asks gets an
 * answer that was read after they asked.
 */
export class BatchLoader<K, V> {
  private waiting: Asked<K, V>[] = [];
  private timer: NodeJS.Timeout | undefined;
  private isCrowded = false;
  private loading = 0;

  constructor(private readonly options: BatchOptions<K, V>) {}

  /** Whether nobody waits for anything. */
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
