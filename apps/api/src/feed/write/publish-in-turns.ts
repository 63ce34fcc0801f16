import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterCommit } from './after-commit.js';

/** About 10 ms of work. */
const AT_ONCE = 200;

/** Publishes what was committed. A few are published at once; thousands, as after an import, in batches, so that votes get their turn. */
export async function publishInTurns<T>(patches: readonly T[], publish: (patch: T) => void): Promise<void> {
  for (const [at, patch] of patches.entries()) {
    if (at > 0 && at % AT_ONCE === 0) await nextTurn();
    afterCommit(() => publish(patch));
  }
}
