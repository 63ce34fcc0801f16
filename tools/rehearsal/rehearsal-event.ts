// A rehearsal takes place in a private event of its own beside the real one, so that nothing of it ever shows in a programme.
import { randomBytes, randomUUID } from 'node:crypto';
import { type Pool } from 'pg';
import { ExplainedError } from '../command/explained-error.js';
import { type VotingPlace } from './hub-calls.js';

const QUESTIONS = 40;
/** Events that only a rehearsal makes; those of an interrupted one are removed by the next. */
const OWN = '^rehearsal-[0-9a-f]{12}$';

export interface RehearsalEvent extends VotingPlace {
  readonly event: string;
  /** Leaves nothing of it. */
  readonly remove: () => Promise<void>;
}

/** Makes a private copy of the event with one live session and its questions. */
export async function makeRehearsalEvent(pool: Pool, eventSlug: string, minutes: number): Promise<RehearsalEvent> {
  await removeLeftovers(pool);
  const slug = `rehearsal-${randomBytes(6).toString('hex')}`;
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO event (slug, title, time_zone, languages, access, starts_at, ends_at)
     SELECT $1, left('Rehearsal of ' || title, 200), time_zone, languages, 'private', now() - interval '1 hour', now() + $3 * interval '1 minute'
     FROM event WHERE slug = $2 RETURNING id`,
    [slug, eventSlug, minutes + 60],
  );
  const eventId = rows[0]?.id;
  if (!eventId) throw await unknownEvent(pool, eventSlug);
  try {
    return { event: slug, ...(await fill(pool, eventId)), remove: () => removeEvent(pool, eventId) };
  } catch (error) {
    await removeEvent(pool, eventId);
    throw error;
  }
}

async function fill(pool: Pool, eventId: string): Promise<VotingPlace> {
  const [roomId, sessionId, authorId] = [randomUUID(), randomUUID(), randomUUID()];
  await pool.query(
    `INSERT INTO room (id, event_id, slug, name, kind) VALUES ($2, $1, 'hall', 'Rehearsal', 'plenary')`,
    [eventId, roomId],
  );
  await pool.query(
    `INSERT INTO session (id, event_id, room_id, slug, title, kind, state, starts_at, ends_at, premoderated, version, session_version)
     SELECT $3, id, $2, 'rehearsal', 'Rehearsal', 'plenary', 'live', starts_at, ends_at, false, 1, 1 FROM event WHERE id = $1`,
    [eventId, roomId, sessionId],
  );
  await pool.query(
    `INSERT INTO actor (id, event_id, kind, role, name) VALUES ($1, $2, 'account', 'attendee', 'Rehearsal')`,
    [authorId, eventId],
  );
  const questionIds = Array.from({ length: QUESTIONS }, () => randomUUID());
  await pool.query(
    `INSERT INTO question (id, session_id, author_id, text, text_key, state, version, score_version)
     SELECT id, $2, $3, 'Rehearsal: what does point ' || n || ' mean for us?', 'rehearsal ' || n, 'approved', 1, 1
     FROM unnest($1::uuid[]) WITH ORDINALITY AS made (id, n)`,
    [questionIds, sessionId, authorId],
  );
  return { sessionId, questionIds };
}

/** Also what a killed rehearsal left; one that runs at the same time has not ended yet. */
async function removeLeftovers(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM event WHERE slug ~ $1 AND access = 'private' AND title LIKE 'Rehearsal of %' AND ends_at < now()`,
    [OWN],
  );
  for (const { id } of rows) await removeEvent(pool, id);
}

/** Votes go with their questions first: from the people's side PostgreSQL would look for them one by one. */
async function removeEvent(pool: Pool, eventId: string): Promise<void> {
  await pool.query(
    'DELETE FROM question_vote WHERE question_id IN (SELECT q.id FROM question q JOIN session s ON s.id = session_id WHERE event_id = $1)',
    [eventId],
  );
  await pool.query('DELETE FROM session WHERE event_id = $1', [eventId]);
  await pool.query('DELETE FROM event WHERE id = $1', [eventId]);
}

async function unknownEvent(pool: Pool, slug: string): Promise<ExplainedError> {
  const { rows } = await pool.query<{ slug: string }>(
    'SELECT slug FROM event WHERE slug !~ $1 ORDER BY starts_at LIMIT 10',
    [OWN],
  );
  const known = rows.map((row) => row.slug).join(', ') || 'none yet';
  return new ExplainedError(`There is no event "${slug}". This hub has: ${known}.`);
}
