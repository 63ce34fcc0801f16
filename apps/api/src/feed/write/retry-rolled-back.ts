import { QueryFailedError } from 'typeorm';

/** deadlock_detected, serialization_failure: certainly rolled back, so a retry is safe. */
const ROLLED_BACK = new Set(['40P01', '40001']);
const ATTEMPTS = 4;

/** How often transactions were retried in this process. */
export const retries = { count: 0 };

/** Runs a transaction, again when PostgreSQL rolled it back in favour of another one. */
export async function retryRolledBack<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= ATTEMPTS || !isRolledBack(error)) throw error;
      retries.count++;
    }
  }
}

function isRolledBack(error: unknown): boolean {
  const cause = error instanceof QueryFailedError ? (error.driverError as unknown) : error;
  return ROLLED_BACK.has(String((cause as { code?: unknown } | null)?.code));
}
