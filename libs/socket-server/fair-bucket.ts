import { TokenBucket } from './token-bucket.js';

/** How long the takes of an address are counted, in ms. */
const REMEMBERED = 1_000;

/**
 * A limited number a second for a whole node, of which one address gets within a second at most `share` times what remains for the
 * others: alone nearly everything, but a flood of one address, at any rate, leaves some for the others. About 0.3 µs each; it keeps the
 * addresses that took one within the last second.
 */
export class FairBucket {
  private readonly all: TokenBucket;
  private readonly taken = new Map<string, number>();
  private since: number;

  /** `rate` a second, and as many at once after a pause. */
  constructor(
    rate: number,
    private readonly share: number,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.all = new TokenBucket(rate, rate, clock);
    this.since = clock();
  }

  /** How many addresses are kept. */
  get size(): number {
    return this.taken.size;
  }

  /** Takes one; returns 0, or the seconds after which a retry makes sense. */
  take(address: string): number {
    const age = this.age();
    const mine = this.taken.get(address) ?? 0;
    const left = this.all.left;
    if (left >= 1 && mine >= this.share * left) return (REMEMBERED - age) / 1_000;
    const wait = this.all.take();
    if (wait === 0) this.taken.set(address, mine + 1);
    return wait;
  }

  /** Ms since the addresses were last cleared; all are cleared together. */
  private age(): number {
    const now = this.clock();
    if (now - this.since < REMEMBERED) return now - this.since;
    this.taken.clear();
    this.since = now;
    return 0;
  }
}
