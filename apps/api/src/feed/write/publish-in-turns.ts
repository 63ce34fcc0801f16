import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterCommit } from './after-commit.js';

/** About 10 ms of work. */
const AT_ONCE = 200;

/** Publishes commits. A few are published synchronously; thousands, as after an import, in batches, yielding to votes in between. */
export async function publishInTurns<T>(patches: readonly T[], publish: (patch: T) => void): Promise<void> {
  for (const [at, patch] of patches.entries()) {
    if (at > 0 && at % AT_ONCE === 0) await nextTurn();
    afterCommit(() => publish(patch));
  }
}
