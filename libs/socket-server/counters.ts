/** Counts current items by key, and removes keys with a count of zero. */
export class Counters {
  private readonly counts = new Map<string, number>();
  total = 0;

  /** How many keys there are. */
  get size(): number {
    return this.counts.size;
  }

  add(key: string): void {
    this.total++;
    this.counts.set(key, this.of(key) + 1);
  }

  remove(key: string): void {
    const left = this.of(key) - 1;
    if (left < 0) return;
    this.total--;
    if (left > 0) this.counts.set(key, left);
    else this.counts.delete(key);
  }

  of(key: string): number {
    return this.counts.get(key) ?? 0;
  }
}
