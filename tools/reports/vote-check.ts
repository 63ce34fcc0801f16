import { type Pool } from 'pg';
import { type CrowdReport } from '#libs/load-generator/crowd-report';

/** How the rows of PostgreSQL differ from what an audience was told. */
export interface VoteCheck {
  readonly rows: number;
  readonly lost: number;
  readonly doubled: number;
  readonly wrongTotals: number;
}

interface Told {
  readonly tokens: readonly string[];
  readonly questionIds: readonly string[];
  readonly reports: readonly Pick<CrowdReport, 'finals' | 'people'>[];
  /** Votes that were there before. */
  readonly before?: ReadonlySet<string>;
}

/** The votes for these questions, as PostgreSQL has them. */
export async function readVotes(pool: Pool, questionIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ question_id: string; actor_id: string }>(
    'SELECT question_id, actor_id FROM question_vote WHERE question_id = ANY($1::uuid[])',
    [questionIds],
  );
  return new Set(rows.map(({ question_id, actor_id }) => `${question_id} ${actor_id}`));
}

/** Compares what an audience was told with the rows of PostgreSQL: nothing lost, nothing doubled, totals equal rows. */
export async function checkVotes(
  pool: Pool,
  { tokens, questionIds, reports, before = new Set() }: Told,
): Promise<VoteCheck> {
  const present = await readVotes(pool, questionIds);
  const found = { lost: 0, doubled: 0 };
  let taken = 0;
  for (const { finals, people } of reports) {
    for (let person = 0; person < people; person++) {
      const actor = actorOf(tokens[taken++] ?? '');
      for (const [question, questionId] of questionIds.entries()) {
        const final = finals[person * questionIds.length + question];
        const vote = `${questionId} ${actor}`;
        const isThere = present.has(vote);
        if (final === 1 && !isThere) found.lost += 1;
        if ((final === 2 || (final === 0 && !before.has(vote))) && isThere) found.doubled += 1;
      }
    }
  }
  return { rows: present.size, ...found, wrongTotals: await countWrongTotals(pool, questionIds) };
}

async function countWrongTotals(pool: Pool, questionIds: readonly string[]): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM question q WHERE id = ANY($1::uuid[])
       AND score <> (SELECT count(*) FROM question_vote WHERE question_id = q.id)`,
    [questionIds],
  );
  return rows[0]?.n ?? 0;
}

/** The id of the person whose token this is. */
export function actorOf(token: string): string {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
  return claims.sub;
}
