/** A connection with the right to publish. */
export interface PublishingConnection {
  readonly identity: string;
  readonly actorId: string;
  readonly joinedAt: Date;
}

/** The identities of connections that a newer one of the same person replaces: all but the newest of each (STR-5). */
export function replacedPublishers(publishing: readonly PublishingConnection[]): Set<string> {
  const newest = new Map<string, PublishingConnection>();
  const replaced = new Set<string>();
  for (const one of publishing) {
    const other = newest.get(one.actorId);
    const isNewer = !other || isAfter(one, other);
    if (other) replaced.add(isNewer ? other.identity : one.identity);
    if (isNewer) newest.set(one.actorId, one);
  }
  return replaced;
}

/** Two of the same millisecond are ordered by their identities, so that every node closes the same one. */
function isAfter(one: PublishingConnection, other: PublishingConnection): boolean {
  const between = one.joinedAt.getTime() - other.joinedAt.getTime();
  return between > 0 || (between === 0 && one.identity > other.identity);
}
