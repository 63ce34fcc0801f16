interface Bounds<V> {
  readonly entries: number;
  /** Total of all values, by `sizeOf`; a larger value is not kept. */
  readonly bytes?: number;
  readonly sizeOf?: (value: V) => number;
}

/** An LRU cache bounded by the number of its entries and, where a size is given, by their bytes. Values are never undefined. */
export class LruCache<V extends object, K = string> {
  private readonly values = new Map<K, V>();
  private used = 0;

  constructor(private readonly bounds: Bounds<V>) {}

  get size(): number {
    return this.values.size;
  }

  get bytes(): number {
    return this.used;
  }

  /** The value, which becomes the most recently used one. */
  get(key: K): V | undefined {
    const value = this.values.get(key);
    if (value === undefined) return undefined;
    this.values.delete(key);
    this.values.set(key, value);
    return value;
  }

  getOrMake(key: K, make: () => V): V {
    const known = this.get(key);
    if (known) return known;
    const made = make();
    this.set(key, made);
    return made;
  }

  set(key: K, value: V): void {
    this.delete(key);
    const { entries, bytes = Infinity } = this.bounds;
    if (this.sizeOf(value) > bytes) return;
    this.values.set(key, value);
    this.used += this.sizeOf(value);
    for (const oldest of this.values.keys()) {
      if (this.values.size <= entries && this.used <= bytes) return;
      this.delete(oldest);
    }
  }

  delete(key: K): void {
    const value = this.values.get(key);
    if (value === undefined) return;
    this.values.delete(key);
    this.used -= this.sizeOf(value);
  }

  private sizeOf(value: V): number {
    return this.bounds.sizeOf?.(value) ?? 0;
  }
}
