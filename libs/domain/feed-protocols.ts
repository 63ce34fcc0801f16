/** How frames are written: a client names one when it connects. 1 is that of a client that names none. */
export type FeedProtocol = 1 | 2;

/** Both ends of the range that this hub serves. */
export const FEED_PROTOCOLS = { oldest: 1, newest: 2 } as const;

/** The protocol that a client names; null where this hub does not serve it. */
export function feedProtocolOf(named: unknown): FeedProtocol | null {
  if (named === undefined) return FEED_PROTOCOLS.oldest;
  return named === 1 || named === 2 ? named : null;
}
