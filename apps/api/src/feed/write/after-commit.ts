import { log } from '../../platform/logging/log.js';

/** Runs work that follows a commit: a committed write is acknowledged, even if this work fails. */
export function afterCommit(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    log.error({ err: error }, 'work after a commit failed');
  }
}
