import pLimit from 'p-limit';

/**
 * Runs a task for each item, a limited number at a time. A failure does not affect the others; when as many fail in a row as run at once,
 * the rest is skipped, because the called service is unavailable. Returns the failures.
 */
export async function forEachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<unknown[]> {
  const failures: unknown[] = [];
  let inARow = 0;
  await pLimit(atOnce).map(items, async (item) => {
    if (inARow >= atOnce) return;
    try {
      await work(item);
      inARow = 0;
    } catch (error) {
      inARow++;
      failures.push(error);
    }
  });
  return failures;
}
