/** Keeps so many values by id; more of them, and what was asked for longest ago is forgotten. */
export class LruMemo<V> {
  private readonly known = new Map<string, V>();

  constructor(private readonly most: number) {}

  get size(): number {
    return this.known.size;
  }

  /** What is known of these. The caller keeps it, whatever is forgotten meanwhile. */
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

  /** Nothing for `value`: the id is forgotten. */
  remember(id: string, value: V | undefined): void {
    this.known.delete(id);
    if (value !== undefined) this.known.set(id, value);
    const [oldest] = this.known.keys();
    if (oldest !== undefined && this.known.size > this.most) this.known.delete(oldest);
  }
}
