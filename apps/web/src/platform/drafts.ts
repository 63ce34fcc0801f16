import { useSyncExternalStore } from 'react';

const KEY = 'plenum-drafts';
const MOST_KEPT = 50;

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

interface Stored {
  /** The actor whose drafts are shown; null before sign-in. */
  readonly person: string | null;
  /** Pairs of a key and its draft, the one written last at the end. */
  readonly drafts: readonly (readonly [string, unknown])[];
}

/**
 * Text and choices that people have not sent: outside the components, so that leaving a view, a refusal, Escape or a reload loses
 * nothing. Stored for one tab, separately for each person; at most 50 drafts. Without storage they last as long as the page.
 */
export class Drafts {
  readonly #storage: () => Storage;
  readonly #listeners = new Set<() => void>();
  #person: string | null;
  #drafts: Map<string, unknown>;

  /** `storage` may throw, as sessionStorage does where it is blocked. */
  constructor(storage: () => Storage) {
    this.#storage = storage;
    const { person, drafts } = read(storage);
    this.#person = person;
    this.#drafts = new Map(drafts);
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** The same object until it is changed. */
  get(name: string): unknown {
    return this.#drafts.get(keyOf(this.#person, name));
  }

  /** Keeps a draft; undefined removes it. */
  set(name: string, draft: unknown) {
    const key = keyOf(this.#person, name);
    if (!this.#drafts.delete(key) && draft === undefined) return;
    if (draft !== undefined) this.#drafts.set(key, draft);
    const [oldest] = this.#drafts.keys();
    if (oldest !== undefined && this.#drafts.size > MOST_KEPT) this.#drafts.delete(oldest);
    this.#changed();
  }

  /** The actor changed. Drafts from before a sign-in are kept for it, and stay when the sign-in expires. */
  belongTo(person: string | null) {
    const before = this.#person;
    if (person === before) return;
    this.#person = person;
    if (before === null || person === null) this.#rename(before, person);
    this.#changed();
  }

  /** Removes everything: the person signed out here. */
  clear() {
    this.#drafts.clear();
    this.#changed();
  }

  #rename(from: string | null, to: string | null) {
    const prefix = keyOf(from, '');
    const moved = [...this.#drafts].filter(([key]) => key.startsWith(prefix));
    for (const [key, draft] of moved) {
      this.#drafts.delete(key);
      this.#drafts.set(keyOf(to, key.slice(prefix.length)), draft);
    }
  }

  #changed() {
    try {
      this.#storage().setItem(KEY, JSON.stringify({ person: this.#person, drafts: [...this.#drafts] }));
    } catch {
      // Kept until the page is left.
    }
    for (const listener of [...this.#listeners]) listener();
  }
}

export const drafts = new Drafts(() => sessionStorage);

/** A draft by name, undefined where there is none, and the function that keeps it. A draft of another shape (`isValid`) is ignored. */
export function useDraft<T>(
  name: string,
  isValid: (draft: unknown) => draft is T,
): readonly [T | undefined, (draft: T | undefined) => void] {
  const kept = useSyncExternalStore(drafts.subscribe, () => drafts.get(name));
  return [isValid(kept) ? kept : undefined, (draft) => drafts.set(name, draft)];
}

/** A declaration: `drafts` is read with it while this module is still being evaluated. */
export function isText(draft: unknown): draft is string {
  return typeof draft === 'string';
}

function keyOf(person: string | null, name: string): string {
  return `${person ?? ''}|${name}`;
}

function read(storage: () => Storage): Stored {
  try {
    const stored = JSON.parse(storage().getItem(KEY) ?? 'null') as Partial<Stored> | null;
    const isPair = (pair: unknown) => Array.isArray(pair) && pair.length === 2 && isText(pair[0]);
    if (Array.isArray(stored?.drafts) && stored.drafts.every(isPair))
      return { person: stored.person ?? null, drafts: stored.drafts };
  } catch {
    // Nothing was kept.
  }
  return { person: null, drafts: [] };
}
