interface Window {
  endsAt: number;
  taken: number;
  /** Counted here and not yet sent to the other nodes. */
  untold: number;
}

/** The count of one key that a node sends to the others: a number, in a window that ends in some ms. */
export type WindowCount = readonly [key: string, taken: number, endsIn: number];

/** A key is sent to the others when this part of its limit was taken here: over n nodes up to n of these parts stay unknown. */
const UNTOLD_PART = 1 / 20;
/** Windows of one counter, some 30 MB: beyond that the oldest are dropped, so that many addresses cannot fill the memory. */
const AT_MOST = 200_000;
/** A key that is this much faster than the exchange is sent at once. */
const HURRY = 4;

/**
 * Counts in this process: a number in a window that begins with a key's first request, and the counts of the same key from other nodes.
 * Synchronous, about 0.3 µs each. It keeps the keys of one window, some 150 bytes each.
 */
export class WindowCounter {
  /** Nearly in the order of their ends: a count of another node may end a window earlier. */
  private readonly windows = new Map<string, Window>();
  /** Keys that have to be sent to the others. */
  private readonly due = new Set<string>();
  private readonly grain: number;

  /** `onDue` is called when a key becomes due; `isUrgent` when the limit is small, or is used up fast. */
  constructor(
    private readonly allowed: number,
    private readonly seconds: number,
    private readonly onDue: (isUrgent: boolean) => void = () => undefined,
  ) {
    this.grain = Math.max(1, Math.floor(allowed * UNTOLD_PART));
  }

  /** Counts one; returns 0, or in how many ms the next one is allowed. */
  take(key: string, now = performance.now()): number {
    let window = this.windows.get(key);
    if (!window || window.endsAt <= now) window = this.begin(key, this.seconds * 1_000, now);
    if (window.taken >= this.allowed) return window.endsAt - now;
    window.taken++;
    window.untold++;
    if (window.untold === this.grain || window.untold === this.grain * HURRY) this.markDue(key, window.untold);
    return 0;
  }

  /** The used part of a key's limit, from 0 to 1; counts nothing. */
  share(key: string, now = performance.now()): number {
    const window = this.windows.get(key);
    return window && window.endsAt > now ? Math.min(1, window.taken / this.allowed) : 0;
  }

  /** The counts for the others, of a limited number of keys; they are marked as sent. */
  tell(most: number, now = performance.now()): WindowCount[] {
    const told: WindowCount[] = [];
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

  /** Adds a count of another node. */
  hear([key, taken, endsIn]: WindowCount, now = performance.now()): void {
    const lasts = Math.min(endsIn, this.seconds * 1_000);
    let window = this.windows.get(key);
    if (!window || window.endsAt <= now) window = this.begin(key, lasts, now);
    window.taken += taken;
    window.endsAt = Math.min(window.endsAt, now + lasts);
  }

  /** Whether there are counts to send. */
  get isDue(): boolean {
    return this.due.size > 0;
  }

  /** How many keys are kept. */
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
