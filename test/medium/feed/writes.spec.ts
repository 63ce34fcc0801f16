import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { getDataSourceToken } from '@nestjs/typeorm';
import { type DataSource } from 'typeorm';
import { type ModerationAction } from '#libs/domain/question-transitions';
import { type Screen } from '#libs/contract/screen';
import { FEED_KINDS, type FeedRecord } from '../../../apps/api/src/feed/feed-kind.js';
import { FeedService } from '../../../apps/api/src/feed/feed.service.js';
import { ServerReplicas } from '../../../apps/api/src/feed/replica/server-replicas.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { createPoll } from '../../support/clients/polls.js';
import { testClients } from '../../support/clients/test-clients.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);

let hub: TestHub;
let leave = () => {};
beforeAll(async () => {
  hub = await startHub();
}, 60_000);
afterAll(() => hub?.close(), 30_000);
afterEach(() => {
  leave();
  jest.restoreAllMocks();
});

/** A session with four questions, and a moderator and a speaker in it. */
async function open(session = {}) {
  const made = await hub.make.session({ state: 'live', ...session });
  const texts = ['A', 'B', 'C', 'D'];
  const questions = await Promise.all(
    texts.map((text, place) => hub.make.question({ session_id: made.id, text: `${text}?`, pinned: place === 1 })),
  );
  const { join, leave: all } = testClients(hub, made);
  leave = all;
  const [moderator, speaker] = [await join({ role: 'moderator' }), await join({ role: 'speaker' })];
  const moderate = (action: ModerationAction, { id: questionId }: { id: string }, more: object = {}) =>
    moderator.client.request('question:moderate', { questionId, action, ...more });
  const show = (screen: Screen) => moderator.client.request('screen:show', { sessionId: made.id, screen });
  return { session: made, questions, moderator, speaker, moderate, show };
}

const source = () => hub.app.get<DataSource>(getDataSourceToken());

/** The statements that an act runs from the lock of its session to COMMIT, both left out but the lock. */
async function underLock(act: () => Promise<unknown>): Promise<string[]> {
  const query = jest.spyOn(source(), 'query');
  await act();
  const calls = query.mock.calls.map(([sql, , runner]) => ({ sql: String(sql), runner }));
  query.mockRestore();
  const locks = calls.filter(({ sql }) => sql.includes('FOR NO KEY UPDATE'));
  expect(locks).toHaveLength(1);
  expect(locks[0]!.runner).toBeDefined();
  return calls.filter(({ runner }) => runner === locks[0]!.runner).map(({ sql }) => sql);
}

describe('what runs under the lock of a session', () => {
  it('is at most six statements for a question on screen in place of another live one (QUE-60)', async () => {
    const { moderator, questions, show } = await open();
    const [first, second] = questions;
    await show({ kind: 'question', questionId: first!.id });
    const statements = await underLock(() => show({ kind: 'question', questionId: second!.id }));
    expect(statements.length).toBeLessThanOrEqual(6);
    await until('both on the screens', () => {
      const { questions, session } = moderator.feed.getSnapshot();
      const states = [first, second].map((asked) => questions.find(({ id }) => id === asked!.id)?.state);
      return states.join() === 'answered,live' && session?.screen?.kind === 'question';
    });
  });

  it('is at most six statements to make a question live in place of another one (QUE-60)', async () => {
    const { moderator, questions, moderate } = await open();
    const [first, second] = questions;
    await moderate('live', first!);
    const statements = await underLock(() => moderate('live', second!));
    expect(statements.length).toBeLessThanOrEqual(6);
    await until('both changed', () => {
      const known = moderator.feed.getSnapshot().questions;
      return [first, second].map((asked) => known.find(({ id }) => id === asked!.id)?.state).join() === 'answered,live';
    });
  });

  it('is at most five statements to reset a poll, which keeps its old round (POLL-60)', async () => {
    const { session, moderator, speaker } = await open();
    const { id: pollId, options } = await createPoll(moderator, session.id);
    await moderator.client.request('poll:open', { pollId });
    await speaker.client.request('poll:answer', { pollId, choices: [options[0]!.id] });
    const statements = await underLock(() => moderator.client.request('poll:reset', { pollId }));
    expect(statements.length).toBeLessThanOrEqual(5);
    await until('the next round', () => moderator.feed.getSnapshot().polls[0]?.round === 2);
    const rounds = await hub.database.query(
      `SELECT r.round, r.ballots, r.closed_at IS NOT NULL AS closed, sum(c.n)::int AS counted, count(c.option_id)::int AS options
         FROM poll_round r JOIN poll_count c USING (poll_id, round) WHERE poll_id = $1 GROUP BY r.poll_id, r.round ORDER BY 1`,
      [pollId],
    );
    expect(rounds).toEqual([
      { round: 1, ballots: 1, closed: true, counted: 1, options: options.length },
      { round: 2, ballots: 0, closed: false, counted: 0, options: options.length },
    ]);
  });

  it('is at most five statements to open a poll (POLL-60)', async () => {
    const { session, moderator } = await open();
    const { id: pollId } = await createPoll(moderator, session.id);
    const endsAt = new Date(Date.now() + 600_000).toISOString();
    const statements = await underLock(() => moderator.client.request('poll:open', { pollId, endsAt }));
    expect(statements.length).toBeLessThanOrEqual(5);
    await until('the open poll', () => moderator.feed.getSnapshot().polls[0]?.state === 'open');
  });
});

/** Everything of a session, by kind and id: what this node has, and what PostgreSQL has. */
async function bothCopies(sessionId: string) {
  const stored = await source().transaction((manager) => hub.app.get(FeedService).load(manager, sessionId, 0));
  const replica = hub.app.get(ServerReplicas).peek(sessionId)!;
  const byId = (records: Iterable<FeedRecord> = []) =>
    Object.fromEntries([...records].map((record) => [record.id, record]));
  const copy = (of: (kind: (typeof FEED_KINDS)[number]) => Iterable<FeedRecord> | undefined, session: object) => ({
    session,
    ...Object.fromEntries(FEED_KINDS.map((kind) => [kind, byId(of(kind))])),
  });
  return {
    stored: copy((kind) => stored![kind], stored!.session),
    replica: copy((kind) => replica.records[kind].values(), replica.session),
  };
}

it('publishes every record that an act changed, as it is after it (FEED-2)', async () => {
  const { session, questions, moderator, speaker, moderate, show } = await open({ speakers_advance: true });
  const { client } = moderator;
  const sessionId = session.id;
  const [a, b, c, d] = questions;
  const poll = await createPoll(moderator, sessionId);
  const [pollId, cueId] = [poll.id, randomUUID()];
  const note = randomUUID();
  const acts: Readonly<Record<string, () => Promise<unknown>>> = {
    pin: () => moderate('pin', c!),
    live: () => moderate('live', d!),
    'live in place of another': () => moderate('live', b!),
    advance: () => speaker.client.request('question:advance', { sessionId, from: b!.id, next: true }),
    'reopen what was live': () => moderate('reopen', d!),
    'a vote': () => speaker.client.request('question:vote', { questionId: d!.id, value: true }),
    merge: () => moderate('merge', d!, { into: a!.id }),
    unmerge: () => moderate('unmerge', d!),
    reopen: () => moderate('reopen', b!),
    reply: () => client.request('question:reply', { questionId: b!.id, text: 'Yes.' }),
    note: () => client.request('question:note', { questionId: b!.id, id: note, text: 'Soon', replaces: null }),
    hide: () => moderate('hide', b!, { reason: 'off topic' }),
    'a question on the projector': () => show({ kind: 'question', questionId: d!.id }),
    'no longer live on the projector': () => moderate('answer', d!),
    'a poll opens': () => client.request('poll:open', { pollId }),
    'a poll on the projector': () => show({ kind: 'poll', pollId }),
    'a poll publishes': () => client.request('poll:publish', { pollId, published: true }),
    'a poll closes': () => client.request('poll:close', { pollId }),
    'a poll is reset, and leaves the projector': () => client.request('poll:reset', { pollId }),
    'a poll changes': () => client.request('poll:update', { pollId, question: 'Which?', options: ['X', 'Y'] }),
    'a poll is archived': () => client.request('poll:archive', { pollId }),
    'a cue': () => client.request('cue:send', { id: cueId, sessionId, text: 'Two minutes' }),
    'a cue is read': () => speaker.client.request('cue:acknowledge', { cueId }),
    'a cue is withdrawn': () => client.request('cue:withdraw', { cueId }),
  };
  for (const [name, act] of Object.entries(acts)) {
    const before = hub.app.get(ServerReplicas).peek(sessionId)!.version;
    await act();
    const { stored, replica } = await bothCopies(sessionId);
    expect({ name, ...replica }).toEqual({ name, ...stored });
    expect([name, hub.app.get(ServerReplicas).peek(sessionId)!.version]).toEqual([name, before + 1]);
  }
});
