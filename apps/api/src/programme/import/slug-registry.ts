import { toSlug } from './values.js';

/** Slugs in use; assigns new ones in constant time, regardless of conflicts. */
export class SlugRegistry {
  private readonly taken: Set<string>;
  private readonly next = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    this.taken = new Set(taken);
  }

  /** Takes the first candidate that can be a slug, numbered when it is in use. */
  take(candidates: readonly unknown[]): string {
    const slugs = candidates.map((candidate) => (typeof candidate === 'string' ? toSlug(candidate) : ''));
    const base = slugs.find(Boolean) ?? `item-${this.taken.size + 1}`;
    const slug = this.taken.has(base) ? this.numbered(base) : base;
    this.taken.add(slug);
    return slug;
  }

  private numbered(base: string): string {
    let n = this.next.get(base) ?? 2;
    while (this.taken.has(`${base}-${n}`)) n++;
    this.next.set(base, n + 1);
    return `${base}-${n}`;
  }
}
