/** Items that wait for something, with their start: all have the same timeout, so the first to come is the first to expire. */
export class WaitingList<T> {
  private readonly ends = new Map<T, number>();

  /** `patience` in ms. */
  constructor(private readonly patience: number) {}

  get size(): number {
    return this.ends.size;
  }

  add(one: T, now = performance.now()): void {
    this.ends.set(one, now + this.patience);
  }

  has(one: T): boolean {
    return this.ends.has(one);
  }

  delete(one: T): boolean {
    return this.ends.delete(one);
  }

  /** The expired items, the oldest first. They may be deleted meanwhile. */
  *late(now = performance.now()): Generator<T> {
    for (const [one, end] of this.ends) {
      if (end > now) return;
      yield one;
    }
  }
}
