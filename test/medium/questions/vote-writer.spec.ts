import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { getDataSourceToken } from '@nestjs/typeorm';
import { type DataSource } from 'typeorm';
import { type ActorContext } from '../../../apps/api/src/identity/actors/actor.js';
import { AppError } from '../../../apps/api/src/platform/errors/app-error.js';
import { OptimisticWriter } from '../../../apps/api/src/feed/write/optimistic-writer.js';
import { type Vote, VoteWriter } from '../../../apps/api/src/questions/voting/vote-writer.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { makeActors } from '../../support/clients/polls.js';
import { wrongTotals } from '../../support/load/invariants.js';
import { until } from '../../support/until.js';

jest.setTimeout(30_000);

let hub: TestHub;
let session: { id: string; event_id?: unknown };
let question: { id: string };
let voters: ActorContext[];
beforeAll(async () => {
  hub = await startHub({ nodes: 2 });
}, 60_000);
afterAll(() => hub?.close(), 30_000);
beforeEach(async () => {
  session = await hub.make.session();
  question = await hub.make.question({ session_id: session.id });
  voters = await makeActors(hub, session.event_id, 40);
});

const writer = (node = 0) => {
  const { app } = hub.nodes[node]!;
  return { commit: (votes: readonly Vote[]) => app.get(OptimisticWriter).commit(app.get(VoteWriter), votes) };
};
const votesOf = (actors: readonly ActorContext[], { id: questionId }: { id: string } = question, value = true) =>
  actors.map((actor) => ({ actor, questionId, value }));
const codes = (answers: readonly (object | AppError)[]) =>
  answers.map((answer) => (answer instanceof AppError ? answer.code : 'counted'));
const stored = async () =>
  (
    await hub.database.query<{ score: number; rows: number }>(
      `SELECT score, (SELECT count(*)::int FROM question_vote WHERE question_id = $1) AS rows FROM question WHERE id = $1`,
      [question.id],
    )
  )[0]!;

/** Keeps the session locked until a batch waits for it, does something to it, and lets go. */
async function whileWaiting<T>(batch: () => Promise<T>, sql: string, values: unknown[]): Promise<T> {
  const { id } = session;
  const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%cast_votes%' AND datname = current_database()`;
  const runner = hub.app.get<DataSource>(getDataSourceToken()).createQueryRunner();
  try {
    await runner.startTransaction();
    await runner.query('SELECT FROM session WHERE id = $1 FOR NO KEY UPDATE', [id]);
    const answers = batch();
    await until('the batch to wait', async () => (await hub.database.query(waiting)).length > 0);
    await runner.query(sql, values);
    await runner.commitTransaction();
    return await answers;
  } finally {
    await runner.release();
  }
}

describe('a batch of votes', () => {
  it('is decided again when the question changed since this node read it, for better and for worse (QUE-13, QUE-15)', async () => {
    const [first, second, third] = voters as [ActorContext, ActorContext, ActorContext];
    expect(codes(await writer().commit(votesOf([first])))).toEqual(['counted']);
    await hub.database.query(`UPDATE question SET state = 'answered' WHERE id = $1`, [question.id]);
    expect(codes(await writer().commit(votesOf([second])))).toEqual(['question.not_votable']);
    await hub.database.query(`UPDATE question SET state = 'approved' WHERE id = $1`, [question.id]);
    expect(codes(await writer().commit(votesOf([third])))).toEqual(['counted']);
    await hub.database.query(`UPDATE session SET qa = 'closed' WHERE id = $1`, [session.id]);
    expect(codes(await writer().commit(votesOf([second], question)))).toEqual(['question.closed']);
    expect(await stored()).toEqual({ score: 2, rows: 2 });
  });

  it('is judged on what was committed while it waited for the lock (QUE-13)', async () => {
    const [first, second] = voters as [ActorContext, ActorContext];
    await writer().commit(votesOf([first]));
    const batch = () => writer().commit(votesOf([second]));
    const hide = `UPDATE question SET state = 'hidden' WHERE id = $1`;
    expect(codes(await whileWaiting(batch, hide, [question.id]))).toEqual(['not_found']);
    expect(await stored()).toEqual({ score: 1, rows: 1 });
  });

  it('counts on top of what was committed while it waited for the lock (QUE-14, G2, G3)', async () => {
    const [first, second, third] = voters as [ActorContext, ActorContext, ActorContext];
    await writer().commit(votesOf([first]));
    const cast = `WITH given AS (INSERT INTO question_vote (question_id, actor_id) VALUES ($1, $2))
      UPDATE question SET score = score + 1 WHERE id = $1`;
    const answers = await whileWaiting(() => writer().commit(votesOf([second, third])), cast, [question.id, second.id]);
    expect(answers).toMatchObject([
      { score: 3, duplicate: true },
      { score: 3, duplicate: false },
    ]);
    expect(await stored()).toEqual({ score: 3, rows: 3 });
  });

  it('is written whole or not at all: the group then tries its halves (QUE-15)', async () => {
    const nobody = { ...voters[0]!, id: '00000000-0000-4000-8000-000000000000' };
    await expect(writer().commit(votesOf([voters[1]!, nobody]))).rejects.toThrow();
    expect(await stored()).toEqual({ score: 0, rows: 0 });
  });

  it('takes as much as it gives, over many questions at once (QUE-12, G3)', async () => {
    const others = [await hub.make.question({ session_id: session.id }), await hub.make.question()];
    const all = [question, ...others].flatMap((one) => votesOf(voters, one));
    await hub.database.query(
      `UPDATE actor SET event_id = NULL, kind = 'account', login = id::text, password_hash = '' WHERE id = ANY($1)`,
      [voters.map(({ id }) => id)],
    );
    const everywhere = all.map((vote) => ({ ...vote, actor: { ...vote.actor, eventId: null } }));
    expect(new Set(codes(await writer().commit(everywhere)))).toEqual(new Set(['counted']));
    const back = await writer(1).commit(everywhere.map((vote) => ({ ...vote, value: false })));
    expect(back.every((answer) => 'duplicate' in answer && !answer.duplicate && answer.score === 0)).toBe(true);
    expect(await stored()).toEqual({ score: 0, rows: 0 });
  });

  it('raises the version once a batch, and not when nothing changed (FEED-2, QUE-12)', async () => {
    const versions = async () =>
      (await writer().commit(votesOf(voters))).map((answer) => 'version' in answer && answer.version);
    expect(new Set(await versions())).toEqual(new Set([1]));
    expect(new Set(await versions())).toEqual(new Set([1]));
  });

  it('asks PostgreSQL once, for a batch of what this node has seen before (QUE-15)', async () => {
    await writer().commit(votesOf(voters.slice(0, 1)));
    const pool = hub.app.get<DataSource>(getDataSourceToken()).driver as unknown as {
      master: { query: (...args: unknown[]) => unknown };
    };
    const query = jest.spyOn(pool.master, 'query');
    const connect = jest.spyOn(pool.master as unknown as { connect: () => unknown }, 'connect');
    await writer().commit(votesOf(voters));
    // The pool's own query connects once.
    expect([query.mock.calls.length, connect.mock.calls.length]).toEqual([1, 1]);
    query.mockRestore();
    connect.mockRestore();
  });

  it('counts each vote once when two nodes write the same ones at the same time (QUE-14, G2, G3)', async () => {
    const rounds = Array.from({ length: 12 }, (_, n) => writer(n % 2).commit(votesOf(voters, question, n % 3 !== 2)));
    await Promise.all(rounds);
    await writer().commit(votesOf(voters));
    expect(await stored()).toEqual({ score: 40, rows: 40 });
    expect(await wrongTotals(hub.database)).toEqual([]);
  });
});
