/** A class that keeps entries for people, sessions, addresses and the like in memory. */
export interface KeepsEntries {
  /** The current number of entries, by map. None may grow with the total over time. */
  countEntries(): Readonly<Record<string, number>>;
}

export const keepsEntries = (one: unknown): one is KeepsEntries =>
  typeof (one as Partial<KeepsEntries> | null | undefined)?.countEntries === 'function';
