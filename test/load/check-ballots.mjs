import { actorOf } from '#tools/reports/vote-check';

/**
 * Compares the acks of an audience's ballots with the rows of PostgreSQL: nothing lost, nothing counted twice, totals equal rows.
 * `finals` as for votes: 1 stands for the first option, 2 for the second.
 */
export async function checkBallots(pool, { tokens, polls, reports }) {
  const { rows } = await pool.query(
    'SELECT poll_id, actor_id, choices[1] AS choice FROM poll_ballot WHERE poll_id = ANY($1::uuid[])',
    [polls.map(({ id }) => id)],
  );
  const stored = new Map(rows.map(({ poll_id, actor_id, choice }) => [`${poll_id} ${actor_id}`, choice]));
  const found = { rows: stored.size, lost: 0, doubled: rows.length - stored.size, wrongTotals: 0 };
  let taken = 0;
  for (const { finals, people } of reports)
    for (let person = 0; person < people; person++) {
      const actor = actorOf(tokens[taken++]);
      polls.forEach(({ id, options }, place) => {
        const final = finals[person * polls.length + place];
        if ((final === 1 || final === 2) && stored.get(`${id} ${actor}`) !== options[final - 1]) found.lost += 1;
      });
    }
  const totals = await pool.query(
    `SELECT count(*)::int AS n FROM poll_count c WHERE poll_id = ANY($1::uuid[])
       AND n <> (SELECT count(*) FROM poll_ballot b WHERE b.poll_id = c.poll_id AND b.round = c.round AND c.option_id = ANY(b.choices))`,
    [polls.map(({ id }) => id)],
  );
  return { ...found, wrongTotals: totals.rows[0].n };
}
