/**
 * Does something for each, so many at a time. A failure leaves the others alone; as many failures in a row as are under way end it,
 * because whoever is asked is away. Answers the failures.
 */
export async function forEachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<unknown[]> {
  const failures: unknown[] = [];
  let inARow = 0;
  const queue = items.values();
  async function takeTurns() {
    for (const item of queue) {
      if (inARow >= atOnce) return;
      try {
        await work(item);
        inARow = 0;
      } catch (error) {
        inARow++;
        failures.push(error);
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, takeTurns));
  return failures;
}
