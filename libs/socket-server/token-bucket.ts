/** A burst at once and a rate a second, for a whole node; costs two numbers. */
export class TokenBucket {
  private kept: number;
  private filledAt: number;

  /** `rate` a second; after a pause, `burst` at once. */
  constructor(
    private readonly rate: number,
    private readonly burst = rate,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.kept = burst;
    this.filledAt = clock();
  }

  /** The current number, including fractions. */
  get left(): number {
    const now = this.clock();
    this.kept = Math.min(this.burst, this.kept + ((now - this.filledAt) / 1_000) * this.rate);
    this.filledAt = now;
    return this.kept;
  }

  /** Takes one; returns 0, or the seconds until there is one again. */
  take(): number {
    const left = this.left;
    if (left < 1) return (1 - left) / this.rate;
    this.kept--;
    return 0;
  }
}
