import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '#libs/client/new-id';
import { type ActorNotice } from '#libs/contract/feed';
import { type ModerationAction } from '#libs/domain/question-transitions';
import { testClients, type TestClient } from '../../support/clients/test-clients.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { wrongTotals } from '../../support/load/invariants.js';
import { until } from '../../support/until.js';

jest.setTimeout(30_000);

let hub: TestHub;
let leave = () => {};
beforeAll(async () => {
  hub = await startHub({ nodes: 2 });
}, 60_000);
afterEach(() => leave());
afterAll(() => hub?.close());

type Id = { readonly id: string };

/** A session with a moderator on each node, and people and questions to bring into it. */
async function open(overrides: Record<string, unknown> = {}) {
  const session = await hub.make.session(overrides);
  const { join, leave: all } = testClients(hub, session);
  leave = all;
  const [mo, max] = [
    await join({ role: 'moderator', name: 'Mo' }),
    await join({ role: 'moderator', name: 'Max', url: hub.nodes[1]?.url }),
  ];
  const question = (more: Record<string, unknown> = {}) => hub.make.question({ session_id: session.id, ...more });
  const ask = (person: TestClient, text: string) =>
    person.client.request('question:ask', { id: newId(), sessionId: session.id, text });
  return { session, join, mo, max, question, ask };
}

const act = (person: TestClient, action: ModerationAction, { id }: Id, more: { reason?: string; into?: string } = {}) =>
  person.client.request('question:moderate', { questionId: id, action, ...more });
const vote = (person: TestClient, { id }: Id, value = true) =>
  person.client.request('question:vote', { questionId: id, value });
const history = async (person: TestClient, { id }: Id) =>
  (await person.client.request('question:history', { questionId: id })).entries;
const refusal = (request: Promise<unknown>) =>
  request.then(
    () => 'allowed',
    (error: { code: string }) => error.code,
  );
const listed = (person: TestClient, { id }: Id) => person.feed.getSnapshot().questions.find((one) => one.id === id);

function notices(person: TestClient): ActorNotice[] {
  const heard: ActorNotice[] = [];
  person.client.onNotice((notice) => heard.push(notice));
  return heard;
}

const stored = () =>
  hub.database.query(`SELECT (SELECT jsonb_agg(q ORDER BY id) FROM question q) AS questions,
    (SELECT jsonb_agg(v ORDER BY question_id, actor_id) FROM question_vote v) AS votes,
    (SELECT jsonb_agg(m ORDER BY id) FROM moderation m) AS moderations,
    (SELECT jsonb_object_agg(id, version) FROM session) AS versions`);

async function voters({ id }: Id): Promise<string[]> {
  const rows = await hub.database.query<{ actor_id: string }>(
    'SELECT actor_id FROM question_vote WHERE question_id = $1 ORDER BY actor_id',
    [id],
  );
  return rows.map(({ actor_id }) => actor_id);
}
const ids = (...actors: Id[]) => actors.map(({ id }) => id).sort();

describe('moderating', () => {
  it('is for moderators, and shows others no more than they knew (MOD-1)', async () => {
    const { join, question } = await open();
    const [ada, speaker] = [await join(), await join({ role: 'speaker' })];
    const [shown, hidden] = [await question(), await question({ state: 'pending', text: 'A secret' })];
    const foreign = await hub.make.question();
    const before = await stored();
    for (const person of [ada, speaker]) {
      expect(await refusal(act(person, 'hide', shown))).toBe('forbidden');
      expect(await refusal(act(person, 'approve', hidden))).toBe('not_found');
      expect(await refusal(history(person, shown))).toBe('forbidden');
      expect(await refusal(history(person, hidden))).toBe('not_found');
      expect(await refusal(act(person, 'hide', foreign))).toBe('not_found');
      expect(person.heard.join()).not.toContain('A secret');
    }
    expect(await stored()).toEqual(before);
  });

  it('refuses what the state does not allow and changes nothing (MOD-2)', async () => {
    const { mo, question } = await open();
    const [pending, answered] = [await question({ state: 'pending' }), await question({ state: 'answered' })];
    const before = await stored();
    for (const action of ['hide', 'restore', 'pin', 'live', 'answer', 'archive'] as const)
      expect([action, await refusal(act(mo, action, pending))]).toEqual([action, 'question.state']);
    for (const action of ['approve', 'reject', 'hide', 'pin', 'live'] as const)
      expect([action, await refusal(act(mo, action, answered))]).toEqual([action, 'question.state']);
    expect(await refusal(act(mo, 'approve', { id: newId() }))).toBe('not_found');
    expect(await stored()).toEqual(before);
  });

  it('takes a question all the way on two nodes, and keeps when it was asked (MOD-2, MOD-7, MOD-12)', async () => {
    const { join, mo, max, ask } = await open({ premoderated: true });
    const [ada, ben] = [await join(), await join({ url: hub.nodes[1]?.url })];
    const question = await ask(ada, 'All the way?');
    await act(max, 'approve', question);
    expect(await until('the question', () => listed(ben, question))).toMatchObject({
      state: 'approved',
      askedAt: question.askedAt,
    });
    await act(mo, 'live', question);
    await until('it on screen', () => listed(ben, question)?.liveAt);
    await act(max, 'answer', question);
    await until('it answered', () => listed(ben, question)?.answeredAt);
    await act(mo, 'archive', question);
    await until('its removal', () => !listed(ben, question));
    await act(mo, 'reopen', question);
    await until('its return', () => listed(ben, question)?.state === 'answered');
    await act(mo, 'reopen', question);
    const back = await until('it in the list', () => {
      const seen = listed(ben, question);
      return seen?.state === 'approved' && seen;
    });
    expect([back.liveAt, back.answeredAt]).toEqual([undefined, undefined]);
  });

  it('takes an approval back: the question waits again, with its votes, and nobody else sees it (MOD-20)', async () => {
    const { join, mo, max, ask } = await open({ premoderated: true });
    const [ada, ben] = [await join(), await join({ url: hub.nodes[1]?.url })];
    const question = await ask(ada, 'Too early?');
    await act(mo, 'approve', question);
    await until('the question', () => listed(ben, question));
    await vote(ben, question);
    await act(max, 'unapprove', question);
    await until('its removal', () => !listed(ben, question));
    const own = await until('it waiting again', () =>
      ada.feed.getSnapshot().me.questions.find(({ id, state }) => id === question.id && state === 'pending'),
    );
    expect(own.reason).toBeUndefined();
    expect(await refusal(vote(ben, question, false))).toBe('not_found');
    await act(mo, 'approve', question);
    expect(await until('its return', () => listed(ben, question))).toMatchObject({ score: 2 });
    await act(mo, 'live', question);
    expect(await refusal(act(mo, 'unapprove', question))).toBe('question.state');
  });

  it('takes a hidden question from everybody’s list and brings it back (MOD-12)', async () => {
    const { join, mo, question } = await open();
    const ada = await join();
    const shown = await question();
    await vote(ada, shown);
    await act(mo, 'hide', shown, { reason: 'rude' });
    await until('its removal', () => !listed(ada, shown));
    expect(await refusal(vote(ada, shown, false))).toBe('not_found');
    await act(mo, 'restore', shown);
    expect(await until('its return', () => listed(ada, shown))).toMatchObject({ score: 1, state: 'approved' });
    expect(ada.heard.join()).not.toContain('rude');
  });

  it('is fine when it already holds, and records nothing then (MOD-3)', async () => {
    const { mo, max, question } = await open();
    const cases = [
      ['approve', 'approved'],
      ['reject', 'rejected'],
      ['hide', 'hidden'],
      ['restore', 'approved'],
      ['unpin', 'approved'],
      ['live', 'live'],
      ['answer', 'answered'],
      ['archive', 'archived'],
      ['unmerge', 'approved'],
      ['reopen', 'pending'],
    ] as const;
    for (const [action, state] of cases) {
      const one = await question({ state });
      const before = await stored();
      expect(await act(mo, action, one)).toMatchObject({ state });
      const isRefusal = action === 'reject' || action === 'hide';
      expect(await act(max, action, one, isRefusal ? {} : { reason: 'again' })).toMatchObject({ state });
      expect([action, await stored()]).toEqual([action, before]);
      await hub.database.query('DELETE FROM question WHERE id = $1', [one.id]);
    }
  });

  it('takes another reason for a rejection in force, and sends it to the author (MOD-3, MOD-4)', async () => {
    const { join, mo, max, ask } = await open({ premoderated: true });
    const ada = await join();
    const one = await ask(ada, 'Off topic?');
    await act(mo, 'reject', one, { reason: 'Not about today' });
    expect(await act(max, 'reject', one, { reason: 'Asked before' })).toMatchObject({ reason: 'Asked before' });
    await until('the other reason', () => ada.feed.getSnapshot().me.questions[0]?.reason === 'Asked before');
    const before = await stored();
    expect(await act(mo, 'reject', one, { reason: 'Asked before' })).toMatchObject({ state: 'rejected' });
    expect(await stored()).toEqual(before);
    expect((await history(mo, one)).map(({ reason }) => reason)).toEqual(['Asked before', 'Not about today']);
  });

  it('records once what two moderators do at the same moment on two nodes (MOD-3, MOD-10)', async () => {
    const { mo, max, question } = await open();
    const one = await question({ state: 'pending' });
    const answers = await Promise.all([act(mo, 'approve', one), act(max, 'approve', one), act(max, 'approve', one)]);
    expect(answers.map(({ state }) => state)).toEqual(['approved', 'approved', 'approved']);
    expect(await history(mo, one)).toHaveLength(1);
    const other = await question({ state: 'pending' });
    const codes = await Promise.all([refusal(act(mo, 'approve', other)), refusal(act(max, 'reject', other))]);
    expect(codes.sort()).toEqual(['allowed', 'question.state']);
  });

  it('shows the reason to the author and moderators only, until it is undone (MOD-4, MOD-11)', async () => {
    const { join, mo, max, ask } = await open({ premoderated: true });
    const [ada, ben] = [await join(), await join()];
    const elsewhere = await join({ actorId: ada.id, url: hub.nodes[1]?.url });
    const heard = [notices(ada), notices(elsewhere)];
    const question = await ask(ada, 'Off topic?');
    await act(mo, 'reject', question, { reason: 'Not about today' });
    for (const list of heard)
      await until('the notice', () =>
        list.some((notice) => notice.kind === 'question' && notice.question.reason === 'Not about today'),
      );
    expect(ada.feed.getSnapshot().me.questions).toMatchObject([{ state: 'rejected', reason: 'Not about today' }]);
    await until('the reason', () => listed(max, question)?.reason);
    expect(ben.heard.join()).not.toMatch(/Not about today|Off topic/);
    await act(mo, 'reopen', question);
    await until('the notice', () => ada.feed.getSnapshot().me.questions[0]?.state === 'pending');
    expect(ada.feed.getSnapshot().me.questions[0]?.reason).toBeUndefined();
  });

  it('pins and unpins, and unpins what leaves the list (MOD-5)', async () => {
    const { join, mo, question } = await open();
    const ada = await join();
    const one = await question();
    await act(mo, 'pin', one);
    await until('the pin', () => listed(ada, one)?.pinned);
    expect(await act(mo, 'live', one)).toMatchObject({ pinned: true });
    expect(await act(mo, 'answer', one)).toMatchObject({ pinned: false });
    expect(await act(mo, 'reopen', one)).toMatchObject({ state: 'approved', pinned: false });
  });

  it('has one question on screen: the one before is answered (MOD-6, MOD-10, MOD-11)', async () => {
    const { join, mo, question } = await open();
    const ada = await join();
    const heard = notices(ada);
    const [first, second] = [await question({ author_id: ada.id }), await question()];
    await act(mo, 'live', first);
    await act(mo, 'live', second);
    await until('the change', () => listed(ada, second)?.state === 'live');
    expect(listed(ada, first)).toMatchObject({ state: 'answered', answeredAt: expect.any(String) });
    await until('the notices', () => heard.length === 2);
    expect(heard.map((notice) => notice.kind === 'question' && notice.question.state)).toEqual(['live', 'answered']);
    expect((await history(mo, first)).map(({ action }) => action)).toEqual(['answer', 'live']);
  });

  it('keeps one question on screen when two moderators race on two nodes (MOD-6)', async () => {
    const { session, mo, max, question } = await open();
    const [first, second] = [await question(), await question()];
    await Promise.all([act(mo, 'live', first), act(max, 'live', second)]);
    const rows = await hub.database.query('SELECT state FROM question WHERE session_id = $1 ORDER BY state', [
      session.id,
    ]);
    expect(rows).toEqual([{ state: 'answered' }, { state: 'live' }]);
  });

  it('answers who did what, when and why, the newest first (MOD-10)', async () => {
    const { mo, max, question } = await open();
    const one = await question({ state: 'pending' });
    await act(mo, 'reject', one, { reason: 'Rude' });
    await act(max, 'reopen', one);
    expect(await history(mo, one)).toEqual([
      { action: 'reopen', actor: 'Max', at: expect.any(String) },
      { action: 'reject', actor: 'Mo', reason: 'Rude', at: expect.any(String) },
    ]);
  });

  it('refuses to give the text of a gone question to another one (QUE-7, MOD-2)', async () => {
    const { join, mo, ask } = await open();
    const [ada, ben] = [await join(), await join()];
    const first = await ask(ada, 'The same?');
    await act(mo, 'hide', first);
    await ask(ben, 'The same?');
    expect(await refusal(act(mo, 'restore', first))).toBe('question.duplicate');
  });
});

describe('merging', () => {
  async function merged() {
    const place = await open();
    const { join, mo, ask } = place;
    const [ada, ben, cleo] = [await join(), await join(), await join({ url: hub.nodes[1]?.url })];
    const [gone, kept] = [await ask(ada, 'Who pays?'), await ask(ben, 'Who is paying for it?')];
    await vote(cleo, gone);
    await vote(cleo, kept);
    return { ...place, ada, ben, cleo, gone, kept, merge: () => act(mo, 'merge', gone, { into: kept.id }) };
  }

  it('unites the distinct voters and sends both authors a notice (MOD-8)', async () => {
    const { ada, ben, cleo, gone, kept, merge } = await merged();
    const heard = [notices(ada), notices(ben)];
    expect(await merge()).toMatchObject({ state: 'merged', mergedInto: kept.id });
    expect(await voters(kept)).toEqual(ids(ada, ben, cleo));
    await until('the score', () => listed(cleo, kept)?.score === 3 && !listed(cleo, gone));
    for (const list of heard) await until('the notice', () => list.length > 0);
    expect(ada.feed.getSnapshot().me.questions).toMatchObject([{ id: gone.id, state: 'merged', mergedInto: kept.id }]);
    expect(cleo.heard.join()).not.toContain('mergedInto');
    expect(await wrongTotals(hub.database)).toEqual([]);
  });

  it('is fine again into the same, and refused into another, itself or elsewhere (MOD-3, MOD-8)', async () => {
    const { mo, gone, kept, question, merge } = await merged();
    expect(await refusal(act(mo, 'merge', kept, { into: kept.id }))).toBe('request.invalid');
    expect(await refusal(act(mo, 'merge', kept))).toBe('request.invalid');
    expect(await refusal(act(mo, 'merge', kept, { into: (await hub.make.question()).id }))).toBe('not_found');
    const pending = await question({ state: 'pending' });
    expect(await refusal(act(mo, 'merge', kept, { into: pending.id }))).toBe('question.state');
    await merge();
    const before = await stored();
    expect(await merge()).toMatchObject({ state: 'merged' });
    expect(await refusal(act(mo, 'merge', gone, { into: pending.id }))).toBe('question.state');
    expect(await stored()).toEqual(before);
  });

  it('is undone with every vote where it was (MOD-9)', async () => {
    const { mo, ada, ben, cleo, gone, kept, merge } = await merged();
    await merge();
    expect(await act(mo, 'unmerge', gone)).toMatchObject({ state: 'approved', score: 2 });
    expect(await voters(kept)).toEqual(ids(ben, cleo));
    expect(await voters(gone)).toEqual(ids(ada, cleo));
    await until('both', () => listed(cleo, gone)?.score === 2 && listed(cleo, kept)?.score === 2);
    expect((await history(mo, gone)).map(({ action }) => action)).toEqual(['unmerge', 'merge']);
    expect(await wrongTotals(hub.database)).toEqual([]);
  });

  it('keeps what was given or taken on purpose meanwhile when it is undone (MOD-9)', async () => {
    const { join, mo, ada, ben, cleo, gone, kept, merge } = await merged();
    const dan = await join();
    await vote(dan, gone);
    await merge();
    expect(await vote(ada, kept)).toMatchObject({ duplicate: true, score: 4 });
    expect(await vote(dan, kept, false)).toMatchObject({ duplicate: false, score: 3 });
    await act(mo, 'unmerge', gone);
    expect(await voters(kept)).toEqual(ids(ada, ben, cleo));
    expect(await voters(gone)).toEqual(ids(ada, cleo, dan));
    expect(await wrongTotals(hub.database)).toEqual([]);
  });

  it('keeps a vote that also came with another merge, and none that was withdrawn (MOD-9)', async () => {
    const { join, mo, ask, ada, ben, cleo, gone, kept, merge } = await merged();
    const [dan, eva] = [await join(), await join()];
    const other = await ask(dan, 'And who pays the rest?');
    await vote(ada, other);
    await vote(eva, other);
    await vote(eva, gone);
    await merge();
    await act(mo, 'merge', other, { into: kept.id });
    await vote(eva, kept, false);
    await act(mo, 'unmerge', gone);
    expect(await voters(kept)).toEqual(ids(ada, ben, cleo, dan));
    await act(mo, 'unmerge', other);
    expect(await voters(kept)).toEqual(ids(ben, cleo));
    expect(await wrongTotals(hub.database)).toEqual([]);
  });

  it('undoes the last of merged merges first (MOD-9)', async () => {
    const { join, mo, ask, ada, ben, cleo, gone, kept, merge } = await merged();
    const dan = await join();
    const last = await ask(dan, 'The whole bill?');
    await merge();
    await act(mo, 'merge', kept, { into: last.id });
    expect(await voters(last)).toEqual(ids(ada, ben, cleo, dan));
    expect(await refusal(act(mo, 'unmerge', gone))).toBe('question.state');
    await act(mo, 'unmerge', kept);
    await act(mo, 'unmerge', gone);
    expect(await Promise.all([last, kept, gone].map(voters))).toEqual([ids(dan), ids(ben, cleo), ids(ada, cleo)]);
    expect(await wrongTotals(hub.database)).toEqual([]);
  });

  it('loses and doubles nothing while people vote on two nodes (MOD-8, MOD-9, QUE-14, G3)', async () => {
    const { join, mo, gone, kept, merge } = await merged();
    const crowd = await Promise.all(Array.from({ length: 10 }, (_, n) => join({ url: hub.nodes[n % 2]?.url })));
    const voting = crowd.flatMap((person) => [refusal(vote(person, gone)), refusal(vote(person, kept))]);
    await merge();
    const codes = await Promise.all(voting);
    expect(new Set(codes)).toEqual(
      new Set([...new Set(codes)].filter((code) => code === 'allowed' || code === 'not_found')),
    );
    expect(await voters(kept)).toHaveLength(13);
    expect(await wrongTotals(hub.database)).toEqual([]);
    await act(mo, 'unmerge', gone);
    expect(await wrongTotals(hub.database)).toEqual([]);
  });
});

describe('votes at the same moment', () => {
  it('counts a hundred on two nodes, once each (QUE-14, G2, G3)', async () => {
    const { session, join, ask } = await open();
    const author = await join();
    const one = await ask(author, 'Who pays?');
    const crowd = await Promise.all(Array.from({ length: 10 }, (_, n) => join({ url: hub.nodes[n % 2]?.url })));
    const answers = await Promise.all(crowd.flatMap((person) => Array.from({ length: 10 }, () => vote(person, one))));
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(10);
    expect(await voters(one)).toEqual(ids(author, ...crowd));
    expect(await wrongTotals(hub.database)).toEqual([]);
    for (const person of crowd) await until('the score', () => listed(person, one)?.score === 11);
    const [{ version } = { version: '' }] = await hub.database.query<{ version: string }>(
      'SELECT version FROM session WHERE id = $1',
      [session.id],
    );
    for (const { feed } of crowd) await until('the version', () => feed.getSnapshot().version === Number(version));
  });

  it('ends with the rows equal to the score when people change their minds on two nodes (QUE-14, G3)', async () => {
    const { join, question } = await open();
    const one = await question();
    const first = await join();
    const second = await join({ actorId: first.id, url: hub.nodes[1]?.url });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => vote(n % 2 === 0 ? first : second, one, n % 3 === 0)),
    );
    const [{ score } = { score: -1 }] = await hub.database.query<{ score: number }>(
      'SELECT score FROM question WHERE id = $1',
      [one.id],
    );
    expect(await voters(one)).toHaveLength(score);
    expect(answers.every(({ score }) => score === 0 || score === 1)).toBe(true);
    const { votes } = (await join({ actorId: first.id })).feed.getSnapshot().me;
    expect(votes.includes(one.id)).toBe(score === 1);
  });

  it('counts every vote or refuses it when the question is taken away meanwhile (QUE-13, G6)', async () => {
    const { join, mo, question } = await open();
    const one = await question();
    const crowd = await Promise.all(Array.from({ length: 10 }, (_, n) => join({ url: hub.nodes[n % 2]?.url })));
    const voting = crowd.map((person) => refusal(vote(person, one)));
    await act(mo, 'answer', one);
    const codes = await Promise.all(voting);
    expect(codes.every((code) => code === 'allowed' || code === 'question.not_votable')).toBe(true);
    expect(await voters(one)).toHaveLength(codes.filter((code) => code === 'allowed').length);
  });
});
