/** Keeps at most this many values by id; beyond that the least recently used one is evicted. */
export class LruMemo<V> {
  private readonly known = new Map<string, V>();

  constructor(private readonly most: number) {}

  get size(): number {
    return this.known.size;
  }

  /** The known values of these ids. The caller keeps them, regardless of later evictions. */
  recall(ids: readonly string[]): Map<string, V> {
    const found = new Map<string, V>();
    for (const id of ids) {
      const value = this.known.get(id);
      if (value === undefined) continue;
      found.set(id, value);
      this.remember(id, value);
    }
    return found;
  }

  /** Undefined as `value` removes the id. */
  remember(id: string, value: V | undefined): void {
    this.known.delete(id);
    if (value !== undefined) this.known.set(id, value);
    const [oldest] = this.known.keys();
    if (oldest !== undefined && this.known.size > this.most) this.known.delete(oldest);
  }
}
