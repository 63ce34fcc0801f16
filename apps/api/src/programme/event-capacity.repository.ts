import { type EntityManager } from 'typeorm';
import { z } from 'zod';
import { AppError } from '../platform/errors/app-error.js';
import { ADVISORY_LOCKS } from '../platform/database/advisory-locks.js';
import { execute, queryOne } from '../platform/database/sql.js';
import { PROGRAMME_AT_MOST } from '#libs/domain/programme-limits';

const counted = z.object({ count: z.number() });
const TABLES = { rooms: 'room', sessions: 'session', speakers: 'speaker' } as const;

/**
 * Counts the items of an event, under the lock that imports take too, so that two concurrent additions cannot pass the limit together.
 * Returns the count; throws conflict when the limit is reached.
 */
export async function lockCapacity(
  manager: EntityManager,
  eventId: string,
  noun: keyof typeof TABLES,
): Promise<number> {
  await execute(manager, `SELECT 1 FROM event WHERE id = $1 FOR NO KEY UPDATE`, [eventId]);
  const { count } = await queryOne(
    manager,
    counted,
    `SELECT count(*)::int AS count FROM ${TABLES[noun]} WHERE event_id = $1`,
    [eventId],
  );
  if (count >= PROGRAMME_AT_MOST[noun])
    throw new AppError('conflict', { message: `An event has at most ${PROGRAMME_AT_MOST[noun]} ${noun}.` });
  return count;
}

/** The same for the events of the hub. */
export async function lockHubCapacity(manager: EntityManager): Promise<void> {
  await execute(manager, `SELECT pg_advisory_xact_lock($1)`, [ADVISORY_LOCKS.events]);
  const { count } = await queryOne(manager, counted, `SELECT count(*)::int AS count FROM event`);
  if (count >= PROGRAMME_AT_MOST.events)
    throw new AppError('conflict', { message: `A hub has at most ${PROGRAMME_AT_MOST.events} events.` });
}
