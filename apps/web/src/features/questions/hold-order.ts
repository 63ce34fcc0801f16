import { useState } from 'react';

export interface HeldOrder {
  /** The ids to show, in the order to show them. */
  readonly shown: readonly string[];
  /** How many new ones are not shown yet. */
  readonly fresh: number;
  /** Whether the shown list has another order now. */
  readonly isStale: boolean;
}

export interface Hold {
  readonly isHeld: boolean;
  /** The reader's own items. */
  readonly own?: readonly string[];
  /** Whether new items belong at the top. */
  readonly ownFirst?: boolean;
}

const isSameOrder = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((id, index) => id === b[index]);

/**
 * The order that a reader sees: while it is held, removed items are taken out, but nothing moves and nothing is inserted. Only the
 * reader's own items are added at once, at the end or first: they must not seem lost.
 */
export function holdOrder(
  shown: readonly string[],
  ranked: readonly string[],
  { isHeld, own = [], ownFirst = false }: Hold,
): HeldOrder {
  if (!isHeld) return { shown: ranked, fresh: 0, isStale: false };
  const current = new Set(ranked);
  const before = new Set(shown);
  const kept = shown.filter((id) => current.has(id));
  const added = ranked.filter((id) => !before.has(id) && own.includes(id));
  const left = ownFirst ? [...added, ...kept] : [...kept, ...added];
  const known = new Set(left);
  return {
    shown: left,
    fresh: ranked.filter((id) => !known.has(id)).length,
    isStale: !isSameOrder(
      left,
      ranked.filter((id) => known.has(id)),
    ),
  };
}

/** Holds a ranked list while the person reads it; `apply` shows the newest order. */
export function useHeldOrder(ranked: readonly string[], hold: Hold): HeldOrder & { readonly apply: () => void } {
  const [shown, setShown] = useState(ranked);
  const held = holdOrder(shown, ranked, { ...hold, isHeld: hold.isHeld && shown.length > 0 });
  if (!isSameOrder(shown, held.shown)) setShown(held.shown);
  return { ...held, apply: () => setShown(ranked) };
}
