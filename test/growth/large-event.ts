import { type TestHub } from '../support/hub/hub.js';
import { type Stage } from '../medium/identity/matrix/stage.js';

/** The amounts of everything; the other sizes of the test are parts of the largest. */
export interface Size {
  readonly sessions: number;
  readonly rooms: number;
  readonly days: number;
  readonly speakers: number;
  readonly questions: number;
  readonly events: number;
  /** People who watch the stream of the room, where there is a LiveKit. */
  readonly viewers: number;
}

export const LARGEST: Size = {
  sessions: 5_000,
  rooms: 100,
  days: 400,
  speakers: 10_000,
  questions: 10_000,
  events: 200,
  viewers: 400,
};

export const partOf = (size: Size, part: number) =>
  Object.fromEntries(
    Object.entries(size).map(([name, n]) => [name, Math.round((n as number) * part)]),
  ) as unknown as Size;

/** Fills the open event of a stage, and its first session, in a few statements. */
export async function fill({ database }: TestHub, { open: { event, here } }: Stage, size: Size): Promise<void> {
  const { id } = event;
  await database.query(
    `UPDATE event SET starts_at = now(), ends_at = now() + $2 * interval '1 day' - interval '1 hour' WHERE id = $1`,
    [id, size.days],
  );
  await database.query(
    `INSERT INTO room (event_id, slug, name, kind, city, position)
     SELECT $1, 'hall-' || n, 'Hall ' || n, 'hub', 'City ' || n, n FROM generate_series(1, $2::int) n`,
    [id, size.rooms],
  );
  await database.query(
    `INSERT INTO speaker (event_id, guid, name, affiliation, biography)
     SELECT $1, 'P' || n, 'Speaker ' || n, 'Laboratory ' || n, repeat('Works on it. ', 10) FROM generate_series(1, $2::int) n`,
    [id, size.speakers],
  );
  await database.query(SESSIONS, [id, size.sessions, size.rooms, size.days]);
  await database.query(SPEAKERS_OF_SESSIONS, [id, size.speakers]);
  await database.query(AUTHORS, [id, 500]);
  await database.query(QUESTIONS, [here.id, id, size.questions]);
  await database.query(VOTES, [here.id, id]);
  await database.query(HISTORY, [here.id]);
  await database.query(CHANGES, [here.id]);
  await database.query(`UPDATE session SET version = 2 WHERE id = $1`, [here.id]);
  await database.query(
    `INSERT INTO event (slug, title, description, time_zone, languages, starts_at, ends_at)
     SELECT 'other-' || n, 'Other ' || n, repeat('About it. ', 20), 'Europe/Brussels', '{en}', now(), now() + interval '1 day'
       FROM generate_series(1, $1::int) n`,
    [size.events],
  );
  await database.query('ANALYZE');
}

/** Spread evenly over the days; those of one day are in different rooms. */
const SESSIONS = `
INSERT INTO session (event_id, room_id, slug, title, kind, starts_at, ends_at, language, track, abstract)
SELECT $1, room.id, 'talk-' || n, 'Talk ' || n, 'panel', start, start + interval '30 minutes', 'en', 'Track ' || n % 20,
       repeat('What it is about. ', 15)
  FROM generate_series(1, $2::int) n
  JOIN room ON room.event_id = $1 AND room.slug = 'hall-' || 1 + n % $3::int
 CROSS JOIN LATERAL (SELECT date_trunc('day', now()) + (n * $4::int / $2::int) * interval '1 day' + interval '8 hours' AS start) AS times`;

const SPEAKERS_OF_SESSIONS = `
INSERT INTO session_speaker (event_id, session_id, speaker_id, position)
SELECT $1, session.id, speaker.id, place
  FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM session WHERE event_id = $1) session
 CROSS JOIN generate_series(0, 2) place
  JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM speaker WHERE event_id = $1) speaker
    ON speaker.n = 1 + (session.n * 3 + place) % $2::int`;

const AUTHORS = `
INSERT INTO actor (event_id, kind, role, name)
SELECT $1, 'demo', 'attendee', 'Author ' || n FROM generate_series(1, $2::int) n`;

/** Most are approved; moderators have some hundreds to read. */
const QUESTIONS = `
INSERT INTO question (id, session_id, author_id, text, text_key, state, version, score_version)
SELECT gen_random_uuid(), $1, author.id, 'What about number ' || n || '? ' || repeat('And why so? ', 5), 'what about number ' || n,
       CASE WHEN n % 20 = 0 THEN 'pending' ELSE 'approved' END, 1, 1
  FROM generate_series(1, $3::int) n
  JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM actor WHERE event_id = $2 AND name LIKE 'Author %') author
    ON author.place = 1 + n % 500`;

/** A person who asks and supports much themselves: everything is theirs. */
const VOTES = `
WITH given AS (
  INSERT INTO question_vote (question_id, actor_id)
  SELECT question.id, actor.id FROM question, actor
   WHERE question.session_id = $1 AND question.state = 'approved' AND actor.event_id = $2 AND actor.role = 'organiser'
  RETURNING question_id)
UPDATE question SET score = 1 WHERE id IN (SELECT question_id FROM given)`;

/** Since version 1 two fifths of the questions are new or have other words, and all others another score. */
const CHANGES = `
UPDATE question SET score_version = 2, version = CASE WHEN text_key ~ '[0-3]$' THEN 2 ELSE 1 END WHERE session_id = $1`;

const HISTORY = `
INSERT INTO moderation (session_id, question_id, action)
SELECT session_id, id, 'approve' FROM question WHERE session_id = $1`;
