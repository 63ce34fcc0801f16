/** So many in so many seconds. */
export type Allowance = readonly [points: number, seconds: number];

/** Whom a limit counts by. */
export type CountedBy = 'actor' | 'address' | 'event';

/** Counts in the order in which it is written: whom their own limit refuses is not charged to their neighbours. */
interface Rule {
  readonly actor?: Allowance;
  /** Generous: a venue has hundreds of people behind one address. */
  readonly address?: Allowance;
  /** What all guests of an event together may take of the hub: far above what a crowd needs, and an end to made-up ones. */
  readonly event?: Allowance;
}

export const RULES = {
  /** Any message of a socket and any HTTP call that changes something: what bounds a flood. */
  message: { actor: [400, 10], address: [40_000, 10] },
  connect: { actor: [60, 60], address: [6_000, 60] },
  'sign-in': { address: [1_200, 60] },
  /** Only those who are new in the event. */
  guest: { event: [30_000, 60] },
  /** The address first: who tries made-up logins has none of them remembered once they are refused. */
  password: { address: [60, 60], actor: [6, 60] },
  /** Nobody needs a session's whole state again and again: pages come back after 1, 2, 4, 8 s. */
  join: { actor: [15, 30], address: [6_000, 30] },
  ask: { actor: [10, 60], address: [600, 60], event: [3_000, 60] },
  vote: { actor: [100, 10], address: [20_000, 10] },
  moderate: { actor: [300, 60] },
  stream: { actor: [60, 60], address: [6_000, 60] },
  import: { actor: [20, 60] },
  /** Every HTTP GET but health checks and metrics; files of the web app count here only. */
  get: { address: [60_000, 10] },
  /** Pages and what they show: events, sessions, posters, oneself. */
  read: { address: [6_000, 10] },
  /** The state of a session, every two seconds for each person who only watches. */
  state: { address: [40_000, 10] },
  /** Whole programmes and calendars. */
  export: { address: [1_200, 60] },
} as const satisfies Record<string, Rule>;

export type LimitName = keyof typeof RULES;
