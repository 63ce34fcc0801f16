import { Store } from './store.js';

/** Samples that are compared; at one a second this is how long a good one is used. */
const MOST_SAMPLES = 30;
/** A difference in milliseconds that caches and the network do not cause: the clock of the device was set. */
const STEP = 5_000;
/** A change of the offset, in milliseconds, that people notice in a countdown. */
const NOTICEABLE = 50;

/**
 * How far the server's clock is ahead of this device's, in milliseconds; 0 until it is known. A time from the server is always older when
 * it arrives, by the network delay and by every cache, so of the last samples the largest is the best.
 */
export class ServerClock extends Store<number> {
  #samples: number[] = [];

  constructor() {
    super(0);
  }

  /** Adds a time of the server, in milliseconds, that has just arrived. */
  learn(serverTime: number) {
    this.learnOffset(serverTime - Date.now());
  }

  learnOffset(offset: number) {
    if (!Number.isFinite(offset)) return;
    const isStep = this.#samples.length > 0 && offset < Math.max(...this.#samples) - STEP;
    this.#samples = [...(isStep ? [] : this.#samples.slice(1 - MOST_SAMPLES)), offset];
    const best = Math.max(...this.#samples);
    if (Math.abs(best - this.getSnapshot()) > NOTICEABLE || this.getSnapshot() === 0) this.set(best);
  }
}
