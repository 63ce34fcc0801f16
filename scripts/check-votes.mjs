/** Who supports which of these questions, as PostgreSQL has it. */
export async function readVotes(pool, questionIds) {
  const { rows } = await pool.query(
    'SELECT question_id, actor_id FROM question_vote WHERE question_id = ANY($1::uuid[])',
    [questionIds],
  );
  return new Set(rows.map(({ question_id, actor_id }) => `${question_id} ${actor_id}`));
}

/**
 * Compares what an audience was told with the rows of PostgreSQL: nothing lost, nothing doubled, totals equal rows. `before` are votes
 * that were there already.
 */
export async function checkVotes(pool, { tokens, questionIds, reports, before = new Set() }) {
  const present = await readVotes(pool, questionIds);
  const found = { rows: present.size, lost: 0, doubled: 0, wrongTotals: 0 };
  let taken = 0;
  for (const { finals, people } of reports) {
    for (let person = 0; person < people; person++) {
      const actor = actorOf(tokens[taken++]);
      questionIds.forEach((questionId, question) => {
        const final = finals[person * questionIds.length + question];
        const vote = `${questionId} ${actor}`;
        const isThere = present.has(vote);
        if (final === 1 && !isThere) found.lost += 1;
        if ((final === 2 || (final === 0 && !before.has(vote))) && isThere) found.doubled += 1;
      });
    }
  }
  const totals = await pool.query(
    `SELECT count(*)::int AS n FROM question q WHERE id = ANY($1::uuid[])
       AND score <> (SELECT count(*) FROM question_vote WHERE question_id = q.id)`,
    [questionIds],
  );
  return { ...found, wrongTotals: totals.rows[0].n };
}

/** Whose token this is. */
export const actorOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()).sub;
