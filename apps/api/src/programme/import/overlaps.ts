interface Timed {
  readonly start: Date;
  readonly end: Date;
}

/** Items that collide with one that started before in the same room, with that item. Colliding items are not compared further. */
export function findOverlaps<T extends Timed>(items: readonly T[], roomOf: (item: T) => string): ReadonlyMap<T, T> {
  const running = new Map<string, T>();
  const overlaps = new Map<T, T>();
  for (const item of [...items].sort((one, other) => one.start.getTime() - other.start.getTime())) {
    const before = running.get(roomOf(item));
    if (before && item.start < before.end) overlaps.set(item, before);
    else running.set(roomOf(item), item);
  }
  return overlaps;
}
