/** Compares what an audience was told with the rows of PostgreSQL: nothing lost, nothing doubled, totals equal rows. */
export async function checkVotes(pool, { tokens, questionIds, reports }) {
  const { rows } = await pool.query(
    'SELECT question_id, actor_id FROM question_vote WHERE question_id = ANY($1::uuid[])',
    [questionIds],
  );
  const present = new Set(rows.map(({ question_id, actor_id }) => `${question_id} ${actor_id}`));
  const found = { rows: rows.length, lost: 0, doubled: 0, wrongTotals: 0 };
  let taken = 0;
  for (const { finals, people } of reports) {
    for (let person = 0; person < people; person++) {
      const actor = actorOf(tokens[taken++]);
      questionIds.forEach((questionId, question) => {
        const final = finals[person * questionIds.length + question];
        const isThere = present.has(`${questionId} ${actor}`);
        if (final === 1 && !isThere) found.lost += 1;
        if ((final === 0 || final === 2) && isThere) found.doubled += 1;
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

const actorOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()).sub;
