import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { newId } from '#libs/client/new-id';
import { VoteRepository } from '../../../apps/api/src/questions/voting/vote.repository.js';
import { openPoll } from '../../support/clients/polls.js';
import { testClients } from '../../support/clients/test-clients.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { fillHub } from '../../support/records/large-hub.js';
import { collectPlans, pathsOf, type RunPlan, sequentialScans } from '../../support/servers/query-plans.js';
import { until } from '../../support/until.js';

jest.setTimeout(120_000);

/** Tables of at least this many rows are never read from end to end. */
const LARGE = 4_000;

/** The hot statements, by a part of their text that only they have. */
const HOT = {
  'the actor of a token': /JOIN actor a ON a\.id = t\.actor_id/,
  'revocations of other nodes': /UNION ALL SELECT 'banned'/,
  'a session for its replica': /^SELECT session\.id, session\.event_id/,
  'questions for a replica': /CURSOR FOR SELECT q\.id/,
  'polls for a replica': /FROM poll p JOIN poll_round r/,
  'sessions with lost messages': /session\.id = ANY\(\$1\)/,
  'own votes': /array_agg\(v\.question_id/,
  'own questions': /row_number\(\) OVER \(PARTITION BY author_id/,
  'own ballots': /JOIN poll_ballot b ON b\.poll_id/,
  'the session of an ask': /AS "isAsked"/,
  'the facts of an ask': /secondsSince/,
  'an ask': /INSERT INTO question \(id/,
  'the facts of a vote': /s\.state AS "sessionState"/,
  'a batch of votes': /cast_votes/,
  'what a batch of votes writes': /WITH wish AS MATERIALIZED/,
  'the ballots before': /SELECT b\.choices FROM poll_ballot/,
  'a batch of ballots': /cast_ballots/,
  'what a batch of ballots writes': /WITH given AS MATERIALIZED/,
  'the lock of a session': /FOR NO KEY UPDATE/,
  'the version of a session': /UPDATE session SET version = version \+ 1, session_version/,
  'the log of acts': /INSERT INTO moderation/,
  'overdue polls': /ends_at <= clock_timestamp\(\)/,
} as const satisfies Record<string, RegExp>;

let hub: TestHub;
let session: { id: string; event_id?: unknown };
let plans: RunPlan[];
let large: ReadonlySet<string>;
beforeAll(async () => {
  hub = await startHub();
  session = await hub.make.session();

  await fillHub(hub.database, { id: session.id, event_id: session.event_id });
  const rows = await hub.database.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples >= $1`,
    [LARGE],
  );
  large = new Set(rows.map(({ name }) => name));
  plans = collectPlans(hub.app.get(DataSource));
}, 120_000);
afterAll(() => hub?.close());

/** What people and moderators of a session do, and what nodes do by themselves. */
async function useTheSession(): Promise<void> {
  const { join, leave } = testClients(hub, session);
  const moderator = await join({ role: 'moderator', desk: true });
  const ada = await join();
  const { id: questionId } = await ada.client.request('question:ask', {
    id: newId(),
    sessionId: session.id,
    text: 'What does it cost?',
  });
  const ben = await join();
  for (const value of [true, false, true]) await ben.client.request('question:vote', { questionId, value });
  for (const action of ['pin', 'live', 'answer'] as const)
    await moderator.client.request('question:moderate', { questionId, action });
  const poll = await openPoll(moderator, session.id, { results: 'after_vote' });
  for (const option of poll.options) await ben.client.request('poll:answer', { pollId: poll.id, choices: [option.id] });
  await moderator.client.request('poll:close', { pollId: poll.id });
  await join({ actorId: ada.id });
  await join({ actorId: ben.id });
  leave();
}

const missing = () =>
  Object.entries(HOT).flatMap(([name, pattern]) => (plans.some(({ sql }) => pattern.test(sql)) ? [] : [name]));

/** One line of each statement that reads a large table from end to end. */
const complaints = (found: readonly RunPlan[]) =>
  found.flatMap((one) => sequentialScans(one, large).map((table) => `${table}: ${one.sql.slice(0, 200)}`));

describe('plans at a million votes', () => {
  it('reach every large table by an index', async () => {
    expect([...large]).toEqual(
      expect.arrayContaining(['question', 'question_vote', 'poll_ballot', 'actor', 'session']),
    );
    await useTheSession();
    await until('every hot statement to have run', () => missing().length === 0, 30_000).catch(() => undefined);
    expect(missing()).toEqual([]);
    const lines = Object.entries(HOT).map(([name, pattern]) => {
      const paths = plans.filter(({ sql }) => pattern.test(sql)).map(pathsOf);
      return `${name}: ${[...new Set(paths)].join(' | ')}`;
    });
    console.info(lines.join('\n'));
    expect(complaints(plans)).toEqual([]);
  });

  it('are refused where an index is missing', async () => {
    const source = hub.app.get(DataSource);
    const before = plans.length;
    const undone = source.transaction(async (manager) => {
      await manager.query('ALTER TABLE question_vote DROP CONSTRAINT question_vote_pkey');
      await hub.app.get(VoteRepository).ofActors(manager, session.id, [randomUUID()]);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(complaints(plans.slice(before))).toEqual([expect.stringMatching(/^question_vote: SELECT v\.actor_id/)]);
  });
});
