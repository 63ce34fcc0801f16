import { type DataSource, type QueryRunner } from 'typeorm';
import { z } from 'zod';
import { queryRows } from './sql.js';

const takenRow = z.object({ taken: z.boolean() });

/** A lock that is held by a connection. */
interface HeldLock {
  release(): Promise<void>;
}

/** Every advisory lock of the hub in one place, because two that share a number wait for each other. The numbers mean nothing. */
export const ADVISORY_LOCKS = {
  /** One node at a time migrates. */
  migrations: 7_083_611,
  /** One node at a time loads the demo event. */
  demo: 7_083_612,
  /** Held by every node as long as it runs: alone without Redis, shared with it. */
  node: 7_083_613,
  /** Events are added one at a time, so that their number keeps its limit. */
  events: 7_083_614,
  /** Held by the node whose process renders the synthetic speaker of the demo. */
  demoStage: 7_083_620,
} as const;

/** Waits for a lock, as long as a statement may take, and holds it by a connection of its own until that is released. */
export async function holdAdvisoryLock(source: DataSource, lock: number, timeout?: number): Promise<HeldLock> {
  const runner = source.createQueryRunner();
  try {
    if (timeout !== undefined) await runner.query(`SET statement_timeout = ${timeout}`);
    await runner.query('SELECT pg_advisory_lock($1)', [lock]);
  } catch (error) {
    await runner.release();
    throw error;
  }
  return {
    release: async () => {
      await runner.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
      await runner.release();
    },
  };
}

/** Takes a lock that is free; null where another connection holds it. It ends with its connection. */
export async function tryAdvisoryLock(source: DataSource, lock: number): Promise<QueryRunner | null> {
  const runner = source.createQueryRunner();
  const rows = await queryRows(runner, takenRow, 'SELECT pg_try_advisory_lock($1) AS taken', [lock]).catch(() => []);
  if (rows[0]?.taken) return runner;
  await runner.release();
  return null;
}
