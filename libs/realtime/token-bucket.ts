/** So many at once and so many a second, for a whole node; costs two numbers. */
export class TokenBucket {
  private left: number;
  private filledAt: number;

  /** `rate` a second; after a rest, `burst` at once. */
  constructor(
    private readonly rate: number,
    private readonly burst = rate,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.left = burst;
    this.filledAt = clock();
  }

  /** Takes one; answers 0, or the seconds until there is one again. */
  take(): number {
    const now = this.clock();
    this.left = Math.min(this.burst, this.left + ((now - this.filledAt) / 1_000) * this.rate);
    this.filledAt = now;
    if (this.left < 1) return (1 - this.left) / this.rate;
    this.left--;
    return 0;
  }
}
