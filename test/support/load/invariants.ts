import { LISTED_STATES } from '#libs/domain/question-states';
import { type TestDatabase } from '../servers/postgres.js';

type Rows = Pick<TestDatabase, 'query'>;

/** Every stored total that differs from the rows it counts: none, ever (G3). Merged questions count for their target. */
export async function wrongTotals(database: Rows): Promise<object[]> {
  return database.query(`
    SELECT 'score' AS what, q.id, q.score AS stored, count(v.actor_id)::int AS counted
      FROM question q LEFT JOIN question_vote v ON v.question_id = q.id
      WHERE q.state <> 'merged' GROUP BY q.id HAVING q.score <> count(v.actor_id)
    UNION ALL
    SELECT 'ballots', r.poll_id, r.ballots, count(b.actor_id)::int
      FROM poll_round r LEFT JOIN poll_ballot b USING (poll_id, round)
      GROUP BY r.poll_id, r.round, r.ballots HAVING r.ballots <> count(b.actor_id)
    UNION ALL
    SELECT 'count', c.option_id, c.n, count(b.actor_id)::int
      FROM poll_count c LEFT JOIN poll_ballot b ON b.poll_id = c.poll_id AND b.round = c.round AND c.option_id = ANY (b.choices)
      GROUP BY c.poll_id, c.round, c.option_id, c.n HAVING c.n <> count(b.actor_id)`);
}

/** The scores of what the audience sees, by question, counted from the votes and not from the totals. */
export async function countedScores(database: Rows, sessionId: string): Promise<Record<string, number>> {
  const rows = await database.query<{ id: string; n: number }>(
    `SELECT q.id, count(v.actor_id)::int AS n FROM question q LEFT JOIN question_vote v ON v.question_id = q.id
       WHERE q.session_id = $1 AND q.state = ANY ($2::text[]) GROUP BY q.id`,
    [sessionId, LISTED_STATES],
  );
  return Object.fromEntries(rows.map(({ id, n }) => [id, n]));
}

/** How many ballots of a poll's current round name each option, counted from the ballots. */
export async function countedChoices(database: Rows, pollId: string): Promise<Record<string, number>> {
  const rows = await database.query<{ id: string; n: number }>(
    `SELECT o.id, count(b.actor_id)::int AS n FROM poll p JOIN poll_option o ON o.poll_id = p.id
       LEFT JOIN poll_ballot b ON b.poll_id = p.id AND b.round = p.round AND o.id = ANY (b.choices)
       WHERE p.id = $1 GROUP BY o.id`,
    [pollId],
  );
  return Object.fromEntries(rows.map(({ id, n }) => [id, n]));
}
