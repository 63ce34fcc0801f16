import pg from 'pg';

const BATCH = `WITH new AS (INSERT INTO question_vote (question_id, actor_id) SELECT * FROM unnest($1::uuid[], $2::uuid[])
    ON CONFLICT DO NOTHING RETURNING question_id),
  net AS (SELECT question_id, count(*)::int AS n FROM new GROUP BY 1 ORDER BY 1)
  UPDATE question SET score = score + n FROM net WHERE id = question_id`;

/** How many votes a second PostgreSQL can write here: in batches from one writer, and one by one over ten connections. */
export async function batchLimit(stage, { seconds = 3 } = {}) {
  const { questionIds, sessionId } = await stage.session(50);
  const { rows } = await stage.pool.query(
    `INSERT INTO actor (id, event_id, kind, role, name)
     SELECT gen_random_uuid(), event_id, 'account', 'attendee', 'Limit' FROM session, generate_series(1, 20000) WHERE session.id = $1 RETURNING id`,
    [sessionId],
  );
  const pairs = pairsOf(
    questionIds,
    rows.map(({ id }) => id),
  );
  const pool = new pg.Pool({ connectionString: stage.postgres.url, max: 10 });
  pool.on('error', () => undefined);
  try {
    return {
      of100: await rate(seconds, 1, () => write(pool, pairs, 100)),
      of1000: await rate(seconds, 1, () => write(pool, pairs, 1_000)),
      oneByOne: await rate(seconds, 10, () => write(pool, pairs, 1)),
    };
  } finally {
    await pool.end();
  }
}

function* pairsOf(questionIds, actorIds) {
  for (const questionId of questionIds) for (const actorId of actorIds) yield [questionId, actorId];
  throw new Error('more votes than these people have');
}

async function write(pool, pairs, size) {
  const batch = Array.from({ length: size }, () => pairs.next().value);
  await pool.query({ name: 'batch', text: BATCH, values: [batch.map(([id]) => id), batch.map(([, id]) => id)] });
  return size;
}

/** Votes a second of this many writers without pauses. */
async function rate(seconds, writers, work) {
  const from = performance.now();
  let done = 0;
  const writer = async () => {
    while (performance.now() - from < seconds * 1_000) done += await work();
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return Math.round((done * 1_000) / (performance.now() - from));
}
