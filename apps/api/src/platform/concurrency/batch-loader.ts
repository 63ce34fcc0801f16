import DataLoader from 'dataloader';

interface BatchOptions {
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
 * A DataLoader that waits a few ms for more callers: one query for concurrent calls, such as those of all clients that reconnect after a
 * restart. Nothing is cached: every caller gets a value that was read after the call. `load` returns the values of all keys in their
 * order, an Error for a key that fails, or rejects for all of them.
 */
export class BatchLoader<K, V> extends DataLoader<K, V> {
  constructor(load: DataLoader.BatchLoadFn<K, V>, { within = 3, withinCrowd = 20, most = 500 }: BatchOptions = {}) {
    let isCrowded = false;
    super(
      (keys) => {
        isCrowded = keys.length >= CROWD;
        return load(keys);
      },
      {
        cache: false,
        maxBatchSize: most,
        batchScheduleFn: (dispatch) => setTimeout(dispatch, isCrowded ? withinCrowd : within),
      },
    );
  }
}
