// Where a rehearsal takes place: a private event of its own beside the real one, so that nothing of it ever shows in a programme.
import { randomBytes, randomUUID } from 'node:crypto';
import { Explained } from './explained.mjs';

const QUESTIONS = 40;
/** Events that nobody but a rehearsal makes; those of an interrupted one are removed by the next. */
const OWN = '^rehearsal-[0-9a-f]{12}$';
const UUID = /^[0-9a-f-]{36}$/i;

/** Makes a private copy of the event with one live session and its questions; `remove` leaves nothing of it. */
export async function makeSession(pool, eventSlug, minutes) {
  await removeLeftovers(pool);
  const slug = `rehearsal-${randomBytes(6).toString('hex')}`;
  const { rows } = await pool.query(
    `INSERT INTO event (slug, title, time_zone, languages, access, starts_at, ends_at)
     SELECT $1, left('Rehearsal of ' || title, 200), time_zone, languages, 'private', now() - interval '1 hour', now() + $3 * interval '1 minute'
     FROM event WHERE slug = $2 RETURNING id`,
    [slug, eventSlug, minutes + 60],
  );
  if (!rows[0]) throw await unknownEvent(pool, eventSlug);
  const eventId = rows[0].id;
  try {
    return { event: slug, ...(await fill(pool, eventId)), remove: () => removeEvent(pool, eventId) };
  } catch (error) {
    await removeEvent(pool, eventId);
    throw error;
  }
}

async function fill(pool, eventId) {
  const values = [eventId, randomUUID(), randomUUID(), randomUUID()];
  const [, roomId, sessionId, authorId] = values;
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
async function removeLeftovers(pool) {
  const { rows } = await pool.query(
    `SELECT id FROM event WHERE slug ~ $1 AND access = 'private' AND title LIKE 'Rehearsal of %' AND ends_at < now()`,
    [OWN],
  );
  for (const { id } of rows) await removeEvent(pool, id);
}

/** Votes go with their questions first: from the people's side PostgreSQL would look for them one by one. */
async function removeEvent(pool, eventId) {
  await pool.query('DELETE FROM question_vote WHERE question_id IN (SELECT q.id FROM question q JOIN session s ON s.id = session_id WHERE event_id = $1)', [eventId]); // prettier-ignore
  await pool.query('DELETE FROM session WHERE event_id = $1', [eventId]);
  await pool.query('DELETE FROM event WHERE id = $1', [eventId]);
}

async function unknownEvent(pool, slug) {
  const { rows } = await pool.query('SELECT slug FROM event WHERE slug !~ $1 ORDER BY starts_at LIMIT 10', [OWN]);
  const known = rows.map((row) => row.slug).join(', ') || 'none yet';
  return new Explained(`There is no event "${slug}". This hub has: ${known}.`);
}

/** The session asked for, by slug or id, with the questions that can be voted for. */
export async function findSession({ url, token, event, session }) {
  const sessionId = UUID.test(session) ? session : await idOf({ url, token, event, session });
  const { questions } = await readState({ url, token, sessionId });
  const votable = questions.filter(({ state }) => state === 'approved' || state === 'live');
  if (votable.length === 0)
    throw new Explained('This session has no question that can be voted for. Ask and approve some first.');
  return { sessionId, questionIds: votable.map(({ id }) => id) };
}

async function idOf({ url, token, event, session }) {
  const { sessions } = await ask(url, `/api/events/${encodeURIComponent(event)}`, token);
  const found = sessions.find(({ slug }) => slug === session);
  if (!found) throw new Explained(`The event "${event}" has no session "${session}".`);
  return found.id;
}

/** The session as its audience sees it. Refused tokens and limits are explained: a first person at the door, before the crowd. */
export const readState = ({ url, token, sessionId }) => ask(url, `/api/sessions/${sessionId}/state`, token);

const EXPLAINED = {
  401: 'The hub refuses the tokens: they were signed with other SIGNING_KEYS (or another PLENUM_DATA), or are too old. Make them with the settings of that hub.',
  404: 'The hub does not know this event or session. Is it the hub of this database (--url)?',
};

export const LIMITS_HINT =
  'The whole audience comes from one machine, and the hub limits what one address may do. Start the hub with ADDRESS_LIMIT_FACTOR=20 (a hall behind one address needs that anyway); LIMIT_FACTOR raises also what one person may do; LIMITS=off lifts all of it, for a hub that nobody else can reach.';

async function ask(url, path, token) {
  const answer = await fetch(url + path, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(10_000),
  }).catch((error) => {
    throw new Explained(`${url} does not answer (${error.cause?.code ?? error.message}).`);
  });
  if (answer.ok) return answer.json();
  throw new Explained(
    answer.status === 429 ? LIMITS_HINT : (EXPLAINED[answer.status] ?? `${path} answers ${answer.status}.`),
  );
}

/** Loading a hub that is not ready says nothing about it. */
export async function requireReady(url) {
  const answer = await fetch(`${url}/api/health/ready`, { signal: AbortSignal.timeout(5_000) }).catch((error) => {
    throw new Explained(
      `No hub answers at ${url} (${error.cause?.code ?? error.message}). Is it running? Another address: --url`,
    );
  });
  if (!answer.ok) throw new Explained(`The hub at ${url} is not ready (${answer.status}): ${await answer.text()}`);
}
