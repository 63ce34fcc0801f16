/** A number of requests in a number of seconds. */
export type Allowance = readonly [points: number, seconds: number];

/** The key that a limit counts by. */
export type CountedBy = 'actor' | 'address' | 'event';

/** Counted in the order in which they are written: what an actor's own limit refuses does not count for their address. */
interface Rule {
  readonly actor?: Allowance;
  /** Generous: a venue has hundreds of people behind one address. */
  readonly address?: Allowance;
  /** The total for all guests of an event: far above what a large audience needs, and a bound for fabricated ones. */
  readonly event?: Allowance;
}

export const RULES = {
  /** Any message of a socket and any HTTP call that changes something: the bound for a flood. */
  message: { actor: [400, 10], address: [40_000, 10] },
  connect: { actor: [60, 60], address: [6_000, 60] },
  'sign-in': { address: [1_200, 60] },
  /** Only new guests of the event. */
  guest: { event: [30_000, 60] },
  /** The address first: guesses of fabricated logins store no key per login once the address is refused. */
  password: { address: [60, 60], actor: [6, 60] },
  /** Nobody needs a session's whole state repeatedly: pages retry after 1, 2, 4, 8 s. */
  join: { actor: [15, 30], address: [6_000, 30] },
  /** A page is hidden for five seconds before it says so. */
  pace: { actor: [30, 30], address: [6_000, 30] },
  ask: { actor: [10, 60], address: [600, 60], event: [3_000, 60] },
  vote: { actor: [100, 10], address: [20_000, 10] },
  moderate: { actor: [300, 60] },
  stream: { actor: [60, 60], address: [6_000, 60] },
  import: { actor: [20, 60] },
  /** Every HTTP GET except health checks and metrics; files of the web app count only here. */
  get: { address: [60_000, 10] },
  /** Pages and their data: events, sessions, posters, the own actor. */
  read: { address: [6_000, 10] },
  /** The state of a session, every two seconds for each person who only watches. */
  state: { address: [40_000, 10] },
  /** Whole programmes and calendars. */
  export: { address: [1_200, 60] },
} as const satisfies Record<string, Rule>;

export type LimitName = keyof typeof RULES;
