/** What keeps entries for people, sessions, addresses and the like in memory. */
export interface KeepsEntries {
  /** How many there are now, by map. None may grow with how many there ever were. */
  countEntries(): Readonly<Record<string, number>>;
}

export const keepsEntries = (one: unknown): one is KeepsEntries =>
  typeof (one as Partial<KeepsEntries> | null | undefined)?.countEntries === 'function';
