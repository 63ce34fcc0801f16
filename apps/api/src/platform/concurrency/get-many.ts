import { type LRUCache } from 'lru-cache';

/** The cached values of these keys, which become the most recently used ones. The map is the caller's: later evictions do not change it. */
export function getMany<V extends object>(cache: LRUCache<string, V>, keys: readonly string[]): Map<string, V> {
  const found = new Map<string, V>();
  for (const key of keys) {
    const value = cache.get(key);
    if (value !== undefined) found.set(key, value);
  }
  return found;
}
