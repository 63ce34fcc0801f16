import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { getDataSourceToken } from '@nestjs/typeorm';
import pg from 'pg';
import { type DataSource } from 'typeorm';
import { type ActorContext } from '../../../apps/api/src/identity/actors/actor.js';
import { AppError } from '../../../apps/api/src/platform/errors/app-error.js';
import { AskWriter } from '../../../apps/api/src/questions/asking/ask-writer.js';
import { ModerationService } from '../../../apps/api/src/questions/moderation/moderation.service.js';
import { QuestionsService } from '../../../apps/api/src/questions/asking/questions.service.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients } from '../../support/clients/test-clients.js';
import { makeActors } from '../../support/clients/polls.js';
import { until } from '../../support/until.js';

jest.setTimeout(30_000);

/** What writing asks of PostgreSQL; timers of the node ask meanwhile, but write nothing and lock nothing. */
const OF_WRITING = /^\s*(WITH|INSERT|UPDATE)|FOR UPDATE|slow_mode|blocked_words/;

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub({ env: { LIMITS: 'on' } });
}, 60_000);
afterAll(() => hub?.close(), 30_000);
let leave = () => {};
afterEach(() => {
  leave();
  jest.restoreAllMocks();
});

const askOf = (actor: ActorContext, { id: sessionId }: { id: string }, text: string) => ({
  actor,
  ask: { id: randomUUID(), sessionId, text, anonymous: false },
});

/** Holds the lock of a session until the act is done. */
async function whileLocked<T>(sessionId: string, act: () => Promise<T>): Promise<T> {
  const lock = new pg.Client(hub.database.url);
  await lock.connect();
  try {
    await lock.query('BEGIN');
    await lock.query('SELECT FROM session WHERE id = $1 FOR UPDATE', [sessionId]);
    return await act();
  } finally {
    await lock.end();
  }
}

/** How many statements wait for a lock. */
async function waiting(): Promise<number> {
  const [row] = await hub.database.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
  );
  return row!.n;
}

it('writes questions of many sessions with as few statements as those of one, and shows each in its own (QUE-31)', async () => {
  const event = await hub.make.event();
  const sessions = await Promise.all(Array.from({ length: 12 }, () => hub.make.session({ event_id: event.id })));
  const actors = await makeActors(hub, event.id, 24);
  const watchers = await Promise.all(
    sessions.slice(0, 2).map(async (session) => {
      const crowd = testClients(hub, session);
      return { crowd, person: await crowd.join() };
    }),
  );
  leave = () => watchers.forEach(({ crowd }) => crowd.leave());
  const statements = jest.spyOn(hub.app.get<DataSource>(getDataSourceToken()), 'query');
  const write = async (of: (n: number) => { id: string }, text: string) => {
    const before = statements.mock.calls.length;
    const answers = await hub.app.get(AskWriter).commit(actors.map((actor, n) => askOf(actor, of(n), `${text} ${n}?`)));
    expect(answers.filter((answer) => answer instanceof AppError)).toEqual([]);
    return statements.mock.calls.slice(before).filter(([sql]) => OF_WRITING.test(String(sql))).length;
  };
  const ofOne = await write(() => sessions[0]!, 'One');
  const ofMany = await write((n) => sessions[n % 12]!, 'Many');
  expect([ofOne > 0, ofMany]).toEqual([true, ofOne]);
  const seen = () => watchers.map(({ person }) => person.feed.getSnapshot().questions.length);
  await until('all questions on the screens', () => seen().join() === '26,2');
  const [first] = watchers;
  const { questions } = first!.person.feed.getSnapshot();
  const again = await testClients(hub, sessions[0]!).join();
  expect([...questions].sort(byId)).toEqual([...again.feed.getSnapshot().questions].sort(byId));
  again.client.close();
});
const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);

it('counts a question once that is asked again while it is being written, and answers both (QUE-1, QUE-20)', async () => {
  const session = await hub.make.session();
  const [actor] = await makeActors(hub, session.event_id, 1);
  const { ask } = askOf(actor!, session, 'Who pays?');
  const service = hub.app.get(QuestionsService);
  const answers = whileLocked(session.id, async () => {
    const asked = Array.from({ length: 15 }, () => service.ask(actor!, ask));
    await until('the first waits for the lock', async () => (await waiting()) > 0);
    return asked;
  });
  const all = await Promise.all(await answers);
  expect(new Set(all.map(({ id }) => id))).toEqual(new Set([ask.id]));
  const others = Array.from({ length: 9 }, (_, n) => service.ask(actor!, askOf(actor!, session, `More ${n}`).ask));
  expect(await Promise.all(others)).toHaveLength(9);
});

it('refuses whom the session does not let ask before anything waits for its lock (QUE-3, QUE-29)', async () => {
  const session = await hub.make.session({ qa: 'paused' });
  const [actor] = await makeActors(hub, session.event_id, 1);
  await whileLocked(session.id, () =>
    expect(hub.app.get(QuestionsService).ask(actor!, askOf(actor!, session, 'Who pays?').ask)).rejects.toMatchObject({
      code: 'question.closed',
    }),
  );
});

it('answers repeats of many people with few statements (QUE-1)', async () => {
  const session = await hub.make.session();
  const actors = await makeActors(hub, session.event_id, 50);
  const asks = actors.map((actor, n) => askOf(actor, session, `Question ${n}`));
  const service = hub.app.get(QuestionsService);
  const ask = () => Promise.all(asks.map(({ actor, ask }) => service.ask(actor, ask)));
  const asked = await ask();
  const statements = jest.spyOn(hub.app.get<DataSource>(getDataSourceToken()), 'query');
  expect(await ask()).toEqual(asked);
  expect(statements.mock.calls.length).toBeLessThan(10);
});

it('counts edits for the address and the event too (QUE-20, SEC-53)', async () => {
  const session = await hub.make.session();
  const actors = await makeActors(hub, session.event_id, 80);
  const [author] = actors;
  const question = await hub.app.get(QuestionsService).ask(author!, askOf(author!, session, 'Who pays?').ask);
  const edits = actors.flatMap((actor) =>
    Array.from({ length: 9 }, () =>
      hub.app.get(QuestionsService).edit(actor, { questionId: question.id, text: 'Mine' }, '192.0.2.7'),
    ),
  );
  const codes = (await Promise.allSettled(edits)).map((edit) =>
    edit.status === 'rejected' ? (edit.reason as AppError).code : 'edited',
  );
  expect(codes.filter((code) => code === 'rate.limited').length).toBeGreaterThanOrEqual(9 * 80 - 601);
});

it('lets a moderator act while many authors wait to edit, and open a history without the lock (QUE-29, MOD-1)', async () => {
  const session = await hub.make.session();
  const authors = await makeActors(hub, session.event_id, 30);
  const [service, moderation] = [hub.app.get(QuestionsService), hub.app.get(ModerationService)];
  const asked = await Promise.all(
    authors.map((author, n) => service.ask(author, askOf(author, session, `Question ${n}`).ask)),
  );
  const moderator: ActorContext = { ...authors[0]!, id: randomUUID(), role: 'moderator' };
  await hub.make.actor({ id: moderator.id, event_id: session.event_id, role: 'moderator' });
  const done: string[] = [];
  const all = await whileLocked(session.id, async () => {
    const edits = asked.map(({ id: questionId }, n) =>
      service.edit(authors[n]!, { questionId, text: `Edited ${n}` }).then(() => done.push('edited')),
    );
    await until('an edit waits for the lock', async () => (await waiting()) > 0);
    const act = { questionId: asked[0]!.id, action: 'pin' } as const;
    const pinning = moderation.moderate(moderator, act).then(() => done.push('pinned'));
    expect(await moderation.history(moderator, asked[0]!.id)).toEqual([]);
    await until('the act waits for the lock', async () => (await waiting()) > 1);
    return [...edits, pinning];
  });
  await Promise.all(all);
  expect(done.indexOf('pinned')).toBeLessThan(5);
});

it('looks up what many try at the same moment together, so that votes get a connection to PostgreSQL (QUE-29)', async () => {
  const session = await hub.make.session();
  const actors = await makeActors(hub, session.event_id, 100);
  const { id: questionId } = await hub.make.question({ session_id: session.id, state: 'approved' });
  const moderation = hub.app.get(ModerationService);
  const statements = jest.spyOn(hub.app.get<DataSource>(getDataSourceToken()), 'query');
  const tries = actors.map((actor) => moderation.moderate(actor, { questionId, action: 'hide' }));
  const codes = (await Promise.allSettled(tries)).map(
    (one) => one.status === 'rejected' && (one.reason as AppError).code,
  );
  expect(new Set(codes)).toEqual(new Set(['forbidden']));
  expect(statements.mock.calls.length).toBeLessThan(15);
});
