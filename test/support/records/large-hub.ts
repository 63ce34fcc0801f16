import { type TestDatabase } from '../servers/postgres.js';

/** Sizes of the tables; a session that is given has its part of the questions, people and polls. */
const SIZE = { sessions: 5_000, people: 20_000, questions: 20_000, votes: 1_000_000, polls: 2_000, ballots: 100_000 };

/** Ids that are spread over their index as random ones are, and can be computed again for a reference. */
const id = (noun: string, n: string) => `md5('${noun}' || (${n}))::uuid`;

/**
 * Fills a hub with a million votes and what belongs to them, by sets, without checking references; then takes statistics, as autovacuum
 * would. Takes about ten seconds.
 */
export async function fillHub(database: TestDatabase, session: { id: string; event_id: unknown }): Promise<void> {
  const own = `'${session.id}'::uuid`;
  const event = `'${String(session.event_id)}'::uuid`;
  const { sessions, people, questions, votes, polls, ballots } = SIZE;
  const questionSession = `CASE WHEN n % 100 = 0 THEN ${own} ELSE ${id('session', `n % ${sessions}`)} END`;
  const pollSession = `CASE WHEN n % 100 = 0 THEN ${own} ELSE ${id('session', `n % ${sessions}`)} END`;
  const fill = [
    'ALTER TABLE question_vote SET UNLOGGED',
    `INSERT INTO event (id, slug, title, time_zone, languages, starts_at, ends_at)
       SELECT ${id('event', 'n')}, 'large-' || n, 'Event', 'Europe/Brussels', '{en}', now(), now() + interval '1 day' FROM generate_series(0, 99) n`,
    `INSERT INTO room (id, event_id, slug, name, kind)
       SELECT ${id('room', 'n')}, ${id('event', 'n % 100')}, 'large-' || n, 'Room', 'plenary' FROM generate_series(0, 499) n`,
    `INSERT INTO session (id, event_id, room_id, slug, title, kind, starts_at, ends_at, join_code)
       SELECT ${id('session', 'n')}, ${id('event', 'n % 100')}, ${id('room', 'n % 500')}, 'large-' || n, 'Session', 'panel',
         now() + make_interval(hours => n), now() + make_interval(hours => n, mins => 50),
         (SELECT string_agg(substr('CDFHJKMNPRTVWX34679', 1 + (n / (19 ^ p)::int) % 19, 1), '') FROM generate_series(0, 4) p)
       FROM generate_series(0, ${sessions - 1}) n`,
    `INSERT INTO actor (id, event_id, kind, role)
       SELECT ${id('actor', 'n')}, CASE WHEN n % 2 = 0 THEN ${event} ELSE ${id('event', 'n % 100')} END, 'guest', 'guest' FROM generate_series(0, ${people - 1}) n`,
    `INSERT INTO role_grant (actor_id, event_id, role) SELECT ${id('actor', 'n')}, ${id('event', '(n + 1) % 100')}, 'attendee' FROM generate_series(0, ${people - 1}) n`,
    `INSERT INTO guest_device (event_id, device, actor_id) SELECT ${event}, sha256(n::text::bytea), ${id('actor', 'n')} FROM generate_series(0, ${people - 1}) n`,
    `INSERT INTO restriction (actor_id, event_id, kind, at)
       SELECT ${id('actor', 'n')}, ${id('event', 'n % 100')}, 'mute', now() - make_interval(mins => n) FROM generate_series(0, 4999) n`,
    `INSERT INTO revoked_token (jti, actor_id, at, expires_at)
       SELECT ${id('token', 'n')}, ${id('actor', 'n')}, now() - make_interval(mins => n), now() + interval '1 day' FROM generate_series(0, 4999) n`,
    `INSERT INTO question (id, session_id, ordinal, author_id, text, text_key, state, score, version, score_version, approved_at)
       SELECT ${id('question', 'n')}, ${questionSession}, n + 1, ${id('actor', `n % ${people}`)}, 'Question ' || n, 'question ' || n,
         CASE WHEN n % 40 = 39 THEN 'pending' ELSE 'approved' END, 50, n, n, now() FROM generate_series(0, ${questions - 1}) n`,
    `INSERT INTO question_vote (question_id, actor_id)
       SELECT ${id('question', `n % ${questions}`)}, ${id('actor', `(n / ${questions} * 397 + n) % ${people}`)} FROM generate_series(0, ${votes - 1}) n ORDER BY 1, 2`,
    `INSERT INTO moderation (session_id, question_id, actor_id, action)
       SELECT ${questionSession}, ${id('question', 'n')}, ${id('actor', `n % ${people}`)}, 'approve' FROM generate_series(0, ${questions - 1}) n`,
    `INSERT INTO poll (id, session_id, question, type, state, results, changeable, version)
       SELECT ${id('poll', 'n')}, ${pollSession}, 'Poll ' || n, 'single', 'closed', 'live', true, n FROM generate_series(0, ${polls - 1}) n`,
    `INSERT INTO poll_round (poll_id, round, ballots) SELECT ${id('poll', 'n')}, 1, ${ballots / polls} FROM generate_series(0, ${polls - 1}) n`,
    `INSERT INTO poll_option (id, poll_id, position, text)
       SELECT ${id('option', 'n')}, ${id('poll', 'n / 3')}, n % 3, 'Option' FROM generate_series(0, ${polls * 3 - 1}) n`,
    `INSERT INTO poll_count (poll_id, round, option_id) SELECT ${id('poll', 'n / 3')}, 1, ${id('option', 'n')} FROM generate_series(0, ${polls * 3 - 1}) n`,
    `INSERT INTO poll_ballot (poll_id, round, actor_id, choices)
       SELECT ${id('poll', `n % ${polls}`)}, 1, ${id('actor', `n / ${polls} * 97 % ${people} + n % 97`)}, ARRAY[${id('option', `n % ${polls} * 3`)}]
       FROM generate_series(0, ${ballots - 1}) n ORDER BY 1, 3 ON CONFLICT DO NOTHING`,
    `INSERT INTO cue (id, session_id, author_id, text, version)
       SELECT ${id('cue', 'n')}, ${id('session', `n % ${sessions}`)}, ${id('actor', 'n')}, 'Cue', n FROM generate_series(0, 4999) n`,
    `INSERT INTO stream_seat (actor_id, room_id) SELECT ${id('actor', 'n')}, ${id('room', 'n % 500')} FROM generate_series(0, ${people - 1}) n`,
    `INSERT INTO used_proof (token, expires_at) SELECT n::text, now() + make_interval(secs => n) FROM generate_series(0, 4999) n`,
  ];
  await database.query(`DO $$ BEGIN SET LOCAL session_replication_role = replica; ${fill.join(';\n')}; END $$`);
  await database.query('ANALYZE');
}
