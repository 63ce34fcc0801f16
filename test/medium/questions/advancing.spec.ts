import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { api } from '../../support/clients/api.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients, type TestClient } from '../../support/clients/test-clients.js';
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

/** Three approved questions, a moderator on one node and a speaker on the other; by default speakers may advance the questions. */
async function open({ isAllowed = true } = {}) {
  const session = await hub.make.session({ speakers_advance: isAllowed, version: 3 });
  const { join, leave: all } = testClients(hub, session);
  leave = all;
  const far = { url: hub.nodes[1]?.url };
  const ask = (more: object) => hub.make.question({ session_id: session.id, ...more });
  const [few, many, pinned] = [await ask({ score: 2 }), await ask({ score: 9 }), await ask({ score: 1, pinned: true })];
  const mo = await join({ role: 'moderator', name: 'Nadia' });
  const ines = await join({ role: 'speaker', name: 'Ines', ...far });
  const ada = await join(far);
  const step = (from: Id | null, next: boolean, person: TestClient = ines) =>
    person.client.request('question:advance', { sessionId: session.id, from: from?.id ?? null, next });
  const allow = (actorId: string, speakersAdvance: boolean) =>
    api(hub).call('PATCH', `/api/sessions/${session.id}`, actorId, { speakersAdvance });
  const records = () =>
    hub.database.query<{ action: string; question_id: string; actor_id: string }>(
      `SELECT action, question_id, actor_id FROM moderation WHERE session_id = $1 AND action <> 'screen' ORDER BY id`,
      [session.id],
    );
  return { session, few, many, pinned, mo, ines, ada, far, join, step, allow, records };
}

const questionOf = (person: TestClient, { id }: Id) =>
  person.feed.getSnapshot().questions.find((question) => question.id === id);
const isIn = (person: TestClient, state: string, question: Id) =>
  until(state, () => questionOf(person, question)?.state === state);
const screenOf = (person: TestClient) => person.feed.getSnapshot().session?.screen;
const refusal = (request: Promise<unknown>) =>
  request.then(
    () => 'allowed',
    (error: { code: string }) => error.code,
  );

describe('a speaker who takes the questions', () => {
  it('answers the one on screen and puts the next on it: the pinned first, then the most supported (MOD-31)', async () => {
    const { few, many, pinned, ines, ada, step } = await open();
    expect(await step(null, true)).toMatchObject({ liveQuestionId: pinned.id, changed: true });
    await isIn(ada, 'live', pinned);
    expect(screenOf(ada)).toEqual({ kind: 'question', questionId: pinned.id });
    expect(await step(pinned, true)).toMatchObject({ liveQuestionId: many.id });
    await isIn(ada, 'answered', pinned);
    await isIn(ines, 'live', many);
    expect(await step(many, false)).toMatchObject({ liveQuestionId: null, changed: true });
    await isIn(ada, 'answered', many);
    await until('the title', () => screenOf(ada)?.kind === 'title');
    expect(await step(null, true)).toMatchObject({ liveQuestionId: few.id });
    expect(await step(few, true)).toMatchObject({ liveQuestionId: null, changed: true });
    expect(await step(null, true)).toMatchObject({ liveQuestionId: null, changed: false });
  });

  it('moves on once where the step is repeated, or where the moderator was faster (MOD-31)', async () => {
    const { few, many, pinned, mo, step, records } = await open();
    await step(null, true);
    const first = await step(pinned, true);
    expect(await step(pinned, true)).toEqual({ liveQuestionId: many.id, changed: false, version: first.version });
    await mo.client.request('question:moderate', { questionId: few.id, action: 'live' });
    expect(await step(many, false)).toMatchObject({ liveQuestionId: few.id, changed: false });
    expect((await records()).map(({ action }) => action)).toEqual(['live', 'answer', 'live', 'answer', 'live']);
  });

  it('is recorded as who did it, and moderators read it at once; the audience and other speakers do not (MOD-32)', async () => {
    const { many, pinned, mo, ines, ada, step, records, session } = await open();
    await step(null, true);
    await step(pinned, true);
    expect(await records()).toEqual([
      { action: 'live', question_id: pinned.id, actor_id: ines.id },
      { action: 'answer', question_id: pinned.id, actor_id: ines.id },
      { action: 'live', question_id: many.id, actor_id: ines.id },
    ]);
    await isIn(mo, 'live', many);
    for (const question of [many, pinned]) expect(questionOf(mo, question)?.advancedBy).toEqual({ name: 'Ines' });
    await isIn(ada, 'live', many);
    const state = await (await fetch(`${hub.url}/api/sessions/${session.id}/state`)).text();
    for (const heard of [ada.heard.join(''), ines.heard.join(''), state]) expect(heard).not.toMatch(/advancedBy|Ines/);
  });

  it('is undone by a moderator like any other act, and then it is the moderator’s (MOD-32)', async () => {
    const { many, pinned, mo, step } = await open();
    await step(null, true);
    await step(pinned, true);
    const moderate = (questionId: string, action: 'reopen' | 'live') =>
      mo.client.request('question:moderate', { questionId, action });
    await moderate(many.id, 'reopen');
    await moderate(pinned.id, 'reopen');
    await moderate(pinned.id, 'live');
    await isIn(mo, 'live', pinned);
    await isIn(mo, 'approved', many);
    for (const question of [many, pinned]) expect(questionOf(mo, question)?.advancedBy).toBeUndefined();
    await until('on the projector again', () => JSON.stringify(screenOf(mo))?.includes(pinned.id));
  });

  it('takes away neither a poll nor an empty projector that a moderator chose (MOD-31)', async () => {
    const { session, pinned, mo, ada, step } = await open();
    const poll = await hub.make.poll({ session_id: session.id, opened_at: new Date() });
    for (const screen of [{ kind: 'poll', pollId: poll.id }, { kind: 'nothing' }] as const) {
      await mo.client.request('screen:show', { sessionId: session.id, screen });
      const { liveQuestionId } = await step(null, true);
      await isIn(ada, 'live', { id: liveQuestionId! });
      expect(screenOf(ada)).toEqual(screen);
      await step({ id: liveQuestionId! }, false);
    }
    await isIn(ada, 'answered', pinned);
  });

  it('is refused unless the moderators allow it, which is off at first (MOD-30)', async () => {
    const { session, mo, ines, ada, step, allow, pinned } = await open({ isAllowed: false });
    const [row] = await hub.database.query('SELECT speakers_advance FROM session WHERE id = $1', [
      (await hub.make.session()).id,
    ]);
    expect(row).toEqual({ speakers_advance: false });
    expect(await refusal(step(null, true))).toBe('forbidden');
    for (const person of [ines, ada]) expect((await allow(person.id, true)).status).toBe(403);
    expect(await allow(mo.id, true)).toMatchObject({ status: 200, body: { speakersAdvance: true } });
    await until('the switch', () => ines.feed.getSnapshot().session?.speakersAdvance === true);
    expect(await refusal(step(null, true))).toBe('allowed');
    expect(await refusal(step(pinned, true, ada))).toBe('forbidden');
    await allow(mo.id, false);
    await until('the switch', () => ines.feed.getSnapshot().session?.speakersAdvance === undefined);
    expect(await refusal(step(pinned, true))).toBe('forbidden');
    const [live] = await hub.database.query(`SELECT id FROM question WHERE session_id = $1 AND state = 'live'`, [
      session.id,
    ]);
    expect(live).toEqual({ id: pinned.id });
  });

  it('is not a speaker of another session, of another event, or muted (MOD-30)', async () => {
    const { session, join, ines, step } = await open();
    const other = await hub.make.session({ event_id: session.event_id });
    const elsewhere = await hub.make.actor({ event_id: session.event_id });
    const grant = { event_id: session.event_id, session_id: other.id, role: 'speaker' };
    await hub.make.grant({ actor_id: elsewhere.id, ...grant });
    expect(await refusal(step(null, true, await join({ actorId: elsewhere.id })))).toBe('forbidden');
    const away = testClients(hub, await hub.make.session());
    const stranger = await away.connect({ role: 'speaker' });
    const request = { sessionId: session.id, from: null, next: true };
    expect(await refusal(stranger.client.request('question:advance', request))).toBe('not_found');
    away.leave();
    await hub.database.query(`INSERT INTO restriction (actor_id, event_id, kind) VALUES ($1, $2, 'mute')`, [
      ines.id,
      session.event_id,
    ]);
    expect(await refusal(step(null, true, await join({ actorId: ines.id })))).toBe('actor.muted');
  });
});
