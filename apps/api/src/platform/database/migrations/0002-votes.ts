import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** A batch of votes in one round trip, and scores that change without touching an index. */
export class Votes0002 implements MigrationInterface {
  name = 'Votes1763900000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SCORES);
    await runner.query(CAST_VOTES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION cast_votes`);
    await runner.query(`ALTER TABLE question RESET (fillfactor)`);
    await runner.query(`ALTER TABLE session RESET (fillfactor)`);
    await runner.query(`CREATE INDEX question_by_score_version ON question (session_id, score_version)`);
  }
}

/**
 * An index on a column that every vote changes makes each score a new entry in all eight indexes. Without it PostgreSQL writes the
 * new row beside the old one (HOT), for which pages keep some room. What changed since a version is found among the session's questions.
 */
const SCORES = `
DROP INDEX question_by_score_version;
ALTER TABLE question SET (fillfactor = 60);
ALTER TABLE session SET (fillfactor = 60);`;

/**
 * Sets votes that were judged before, if what they were judged on still holds under the lock; else does nothing and says so.
 * Every statement of a volatile function sees what was committed before it began, so what follows the lock is exact; in one single
 * statement it would be as old as the wait for the lock. The planner is told to use the keys, whatever it knew of the tables when
 * a connection planned this first, and to plan once: a plan for an empty table would read all of a full one for every vote.
 */
const CAST_VOTES = `
CREATE FUNCTION cast_votes(
  sessions uuid[], session_states text[], qas text[], questions uuid[], question_states text[],
  vote_questions int[], vote_actors uuid[], vote_values boolean[],
  OUT is_stale boolean, OUT repeated int[], OUT scored int[], OUT scores int[], OUT versions bigint[])
LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
  SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  PERFORM FROM session WHERE id = ANY (sessions) ORDER BY id FOR NO KEY UPDATE;
  is_stale := EXISTS (
      SELECT FROM unnest(sessions, session_states, qas) AS judged (id, state, qa) LEFT JOIN session s ON s.id = judged.id
       WHERE s.state IS DISTINCT FROM judged.state OR s.qa IS DISTINCT FROM judged.qa)
    OR EXISTS (
      SELECT FROM unnest(questions, question_states) AS judged (id, state) LEFT JOIN question q ON q.id = judged.id
       WHERE q.state IS DISTINCT FROM judged.state);
  IF is_stale THEN RETURN; END IF;
  WITH wish AS MATERIALIZED (
    SELECT w.place, w.question, questions[w.question] AS question_id, w.actor_id, w.value, v.actor_id IS NOT NULL AS is_held, v.origin
      FROM unnest(vote_questions, vote_actors, vote_values) WITH ORDINALITY AS w (question, actor_id, value, place)
      LEFT JOIN question_vote v ON v.question_id = questions[w.question] AND v.actor_id = w.actor_id),
  given AS (
    INSERT INTO question_vote (question_id, actor_id) SELECT question_id, actor_id FROM wish WHERE value AND NOT is_held),
  taken AS (
    DELETE FROM question_vote v USING wish w
     WHERE NOT w.value AND w.is_held AND v.question_id = w.question_id AND v.actor_id = w.actor_id),
  kept AS ( -- came with a merge and was now given on purpose
    UPDATE question_vote v SET origin = NULL FROM wish w
     WHERE w.value AND w.origin IS NOT NULL AND v.question_id = w.question_id AND v.actor_id = w.actor_id),
  net AS (
    SELECT question, sum(CASE WHEN value THEN 1 ELSE -1 END) AS by FROM wish WHERE value <> is_held GROUP BY question),
  changed AS (
    UPDATE question q SET score = q.score + net.by, score_version = s.version + 1 FROM net, session s
     WHERE net.by <> 0 AND q.id = questions[net.question] AND s.id = q.session_id RETURNING net.question, q.session_id),
  raised AS (
    UPDATE session SET version = version + 1 WHERE id IN (SELECT session_id FROM changed))
  SELECT array_agg(place) FILTER (WHERE value = is_held), (SELECT array_agg(question) FROM changed)
    INTO repeated, scored FROM wish;
  scores := ARRAY(SELECT q.score FROM unnest(questions) WITH ORDINALITY AS k (id, place) JOIN question q USING (id) ORDER BY place);
  versions := ARRAY(SELECT s.version FROM unnest(sessions) WITH ORDINALITY AS k (id, place) JOIN session s USING (id) ORDER BY place);
END $$;`;
