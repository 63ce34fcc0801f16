interface Window {
  endsAt: number;
  taken: number;
  /** Counted here and not told to the other nodes yet. */
  untold: number;
}

/** What a node tells the others of one key: so many more, in a window that ends in so many ms. */
export type Told = readonly [key: string, taken: number, endsIn: number];

/** Others hear of a key when so large a part of its allowance was taken here: over n nodes up to n of these parts stay unseen. */
const UNTOLD_PART = 1 / 20;
/** Windows of one counter, some 30 MB: of more, those that began first are forgotten, so that no crowd of addresses fills the memory. */
const AT_MOST = 200_000;
/** Of somebody this much faster than the exchange the others hear at once. */
const HURRY = 4;

/**
 * Counts in this process: so many in a window that begins with a key's first one, and what other nodes tell of the same key.
 * Synchronous, about 0.3 µs each. It remembers the keys of one window, some 150 bytes each.
 */
export class WindowCounter {
  /** In the order of their ends, nearly: what others tell may end a window earlier. */
  private readonly windows = new Map<string, Window>();
  /** Keys of which the others should hear. */
  private readonly due = new Set<string>();
  private readonly grain: number;

  /** `onDue` is called when a key becomes due; `isUrgent` when the allowance is small, or is used up fast. */
  constructor(
    private readonly allowed: number,
    private readonly seconds: number,
    private readonly onDue: (isUrgent: boolean) => void = () => undefined,
  ) {
    this.grain = Math.max(1, Math.floor(allowed * UNTOLD_PART));
  }

  /** Counts one; answers 0, or in how many ms the next one is allowed. */
  take(key: string, now = performance.now()): number {
    let window = this.windows.get(key);
    if (!window || window.endsAt <= now) window = this.begin(key, this.seconds * 1_000, now);
    if (window.taken >= this.allowed) return window.endsAt - now;
    window.taken++;
    window.untold++;
    if (window.untold === this.grain || window.untold === this.grain * HURRY) this.markDue(key, window.untold);
    return 0;
  }

  /** How much of its allowance a key has taken, from 0 to 1; counts nothing. */
  share(key: string, now = performance.now()): number {
    const window = this.windows.get(key);
    return window && window.endsAt > now ? Math.min(1, window.taken / this.allowed) : 0;
  }

  /** What the others should hear, of so many keys at most; it counts as told. */
  tell(most: number, now = performance.now()): Told[] {
    const told: Told[] = [];
    for (const key of this.due) {
      if (told.length >= most) break;
      this.due.delete(key);
      const window = this.windows.get(key);
      if (!window || window.endsAt <= now || window.untold === 0) continue;
      told.push([key, window.untold, Math.round(window.endsAt - now)]);
      window.untold = 0;
    }
    return told;
  }

  /** Counts what another node told. */
  hear([key, taken, endsIn]: Told, now = performance.now()): void {
    const lasts = Math.min(endsIn, this.seconds * 1_000);
    let window = this.windows.get(key);
    if (!window || window.endsAt <= now) window = this.begin(key, lasts, now);
    window.taken += taken;
    window.endsAt = Math.min(window.endsAt, now + lasts);
  }

  /** Whether there is still something to tell. */
  get isDue(): boolean {
    return this.due.size > 0;
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.windows.size;
  }

  private markDue(key: string, untold: number) {
    this.due.add(key);
    this.onDue(this.grain === 1 || untold > this.grain);
  }

  private begin(key: string, lasts: number, now: number): Window {
    const window = { endsAt: now + lasts, taken: 0, untold: 0 };
    this.windows.delete(key);
    this.windows.set(key, window);
    for (const [old, { endsAt }] of this.windows) {
      if (endsAt > now && this.windows.size <= AT_MOST) break;
      this.windows.delete(old);
      this.due.delete(old);
    }
    return window;
  }
}
