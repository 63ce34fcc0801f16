import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** A batch of ballots in one round trip, as votes are cast. */
export class Ballots0003 implements MigrationInterface {
  name = 'Ballots1763900000003';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TOTALS) await runner.query(`ALTER TABLE ${table} SET (fillfactor = 60)`);
    await runner.query(LOOK_AT_BALLOTS);
    await runner.query(CAST_BALLOTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION cast_ballots, look_at_ballots`);
    for (const table of TOTALS) await runner.query(`ALTER TABLE ${table} RESET (fillfactor)`);
  }
}

/** What every ballot changes keeps room for the new row beside the old one. */
const TOTALS = ['poll', 'poll_round', 'poll_count'];

/**
 * The ballots that these owners have, and the time. A function, because its planner never reads the whole table: a connection that
 * planned this for a small one would go on doing so through the storm that fills it.
 */
const LOOK_AT_BALLOTS = `
CREATE FUNCTION look_at_ballots(polls uuid[], rounds int[], actors uuid[], OUT at timestamptz, OUT ballots json[])
LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  at := clock_timestamp();
  ballots := ARRAY(
    SELECT json_build_object('pollId', o.poll_id, 'round', o.round, 'actorId', o.actor_id, 'choices', found.choices)
      FROM unnest(polls, rounds, actors) AS o (poll_id, round, actor_id), LATERAL (
        SELECT b.choices FROM poll_ballot b
         WHERE b.poll_id = o.poll_id AND b.round = o.round AND b.actor_id = o.actor_id LIMIT 1) AS found);
END $$;`;

/**
 * Writes ballots that were judged before, one of an actor and poll, if what they were judged on still holds under the lock: the
 * polls, their time and the ballots before. Else it does nothing and says so. See cast_votes for why it is a function. The ballots
 * before are looked up one by one: joined, they were searched for among all ballots of the poll while the planner took it for small.
 */
const CAST_BALLOTS = `
CREATE FUNCTION cast_ballots(
  sessions uuid[], polls uuid[], poll_versions bigint[],
  ballot_polls int[], ballot_actors uuid[], ballots_before text[], ballots_now text[],
  OUT is_stale boolean, OUT tallies jsonb, OUT versions bigint[])
LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
  SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  PERFORM FROM session WHERE id = ANY (sessions) ORDER BY id FOR NO KEY UPDATE;
  is_stale := EXISTS (
      SELECT FROM unnest(polls, poll_versions) AS judged (id, version) LEFT JOIN poll p ON p.id = judged.id
       WHERE p.version IS DISTINCT FROM judged.version)
    OR EXISTS (
      SELECT FROM poll WHERE id IN (SELECT polls[place] FROM unnest(ballot_polls) AS place) AND ends_at <= clock_timestamp())
    OR EXISTS (
      SELECT FROM unnest(ballot_polls, ballot_actors, ballots_before) AS c (poll, actor_id, before)
        JOIN poll p ON p.id = polls[c.poll]
       WHERE (SELECT b.choices FROM poll_ballot b WHERE b.poll_id = p.id AND b.round = p.round AND b.actor_id = c.actor_id)
             IS DISTINCT FROM c.before::uuid[]);
  IF is_stale THEN RETURN; END IF;
  WITH given AS MATERIALIZED (
    SELECT p.id AS poll_id, p.round, c.actor_id, c.before::uuid[] AS before, c.choices::uuid[] AS choices
      FROM unnest(ballot_polls, ballot_actors, ballots_before, ballots_now) AS c (poll, actor_id, before, choices)
      JOIN poll p ON p.id = polls[c.poll]),
  saved AS (
    INSERT INTO poll_ballot (poll_id, round, actor_id, choices, at)
      SELECT poll_id, round, actor_id, choices, clock_timestamp() FROM given
      ON CONFLICT (poll_id, round, actor_id) DO UPDATE SET choices = excluded.choices, at = excluded.at),
  net AS (
    SELECT poll_id, round, option_id, sum(by) AS n FROM (
      SELECT poll_id, round, unnest(choices) AS option_id, 1 AS by FROM given
      UNION ALL SELECT poll_id, round, unnest(before), -1 FROM given) AS part
     GROUP BY poll_id, round, option_id HAVING sum(by) <> 0),
  counted AS (
    UPDATE poll_count c SET n = c.n + net.n FROM net
     WHERE c.poll_id = net.poll_id AND c.round = net.round AND c.option_id = net.option_id),
  added AS (
    SELECT poll_id, round, count(*) FILTER (WHERE before IS NULL) AS n FROM given GROUP BY poll_id, round),
  filled AS (
    UPDATE poll_round r SET ballots = r.ballots + added.n FROM added WHERE r.poll_id = added.poll_id AND r.round = added.round),
  stamped AS (
    UPDATE poll p SET tally_version = s.version + 1 FROM added, session s
     WHERE p.id = added.poll_id AND s.id = p.session_id RETURNING p.session_id)
  UPDATE session SET version = version + 1 WHERE id IN (SELECT session_id FROM stamped);
  tallies := (
    SELECT jsonb_agg(jsonb_build_object('id', p.id, 'tallyVersion', p.tally_version, 'ballots', r.ballots, 'counts', (
        SELECT jsonb_object_agg(c.option_id, c.n) FROM poll_count c WHERE c.poll_id = p.id AND c.round = p.round)))
      FROM poll p JOIN poll_round r ON r.poll_id = p.id AND r.round = p.round WHERE p.id = ANY (polls));
  versions := ARRAY(SELECT s.version FROM unnest(sessions) WITH ORDINALITY AS k (id, place) JOIN session s USING (id) ORDER BY place);
END $$;`;
