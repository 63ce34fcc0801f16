import { log } from '../../platform/logging/log.js';

/** Does what follows a commit: what is committed is acknowledged, whatever happens then. */
export function afterCommit(act: () => void): void {
  try {
    act();
  } catch (error) {
    log.error({ err: error }, 'an act after a commit failed');
  }
}
