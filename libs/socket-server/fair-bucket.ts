import { TokenBucket } from './token-bucket.js';

/** How long it is remembered what an address took, in ms. */
const REMEMBERED = 1_000;

/**
 * So many a second for a whole node, of which one address takes within a second at most `share` times what it leaves to the others:
 * alone nearly everything, but whoever floods, however fast, leaves something to those who come. About 0.3 µs each; it remembers the
 * addresses that it let in within the last second.
 */
export class FairBucket {
  private readonly all: TokenBucket;
  private readonly taken = new Map<string, number>();
  private since: number;

  /** `rate` a second, and as many at once after a rest. */
  constructor(
    rate: number,
    private readonly share: number,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.all = new TokenBucket(rate, rate, clock);
    this.since = clock();
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.taken.size;
  }

  /** Takes one; answers 0, or the seconds until it makes sense to try again. */
  take(address: string): number {
    const age = this.age();
    const mine = this.taken.get(address) ?? 0;
    const left = this.all.left;
    if (left >= 1 && mine >= this.share * left) return (REMEMBERED - age) / 1_000;
    const wait = this.all.take();
    if (wait === 0) this.taken.set(address, mine + 1);
    return wait;
  }

  /** Ms since addresses began to be remembered; all are forgotten together. */
  private age(): number {
    const now = this.clock();
    if (now - this.since < REMEMBERED) return now - this.since;
    this.taken.clear();
    this.since = now;
    return 0;
  }
}
