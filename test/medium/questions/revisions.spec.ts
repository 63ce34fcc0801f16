import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { newId } from '#libs/client/new-id';
import { type Question, type QuestionReview } from '#libs/contract/question';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients, type TestClient } from '../../support/clients/test-clients.js';
import { wrongTotals } from '../../support/load/invariants.js';
import { until } from '../../support/until.js';

jest.setTimeout(30_000);

let hub: TestHub;
let session: { id: string };
let crowd: ReturnType<typeof testClients>;
let ada: TestClient;
let ben: TestClient;
let moderator: TestClient;
let question: Question;

beforeAll(async () => (hub = await startHub({ nodes: 2 })), 60_000);
afterAll(() => hub?.close(), 30_000);
beforeEach(async () => {
  session = await hub.make.session({ premoderated: true });
  crowd = testClients(hub, session);
  const there = hub.nodes[1]!.url;
  [ada, ben, moderator] = [
    await crowd.join({ name: 'Ada' }),
    await crowd.join({ url: there }),
    await crowd.join({ role: 'moderator', url: there }),
  ];
  question = await ada.client.request('question:ask', { id: newId(), sessionId: session.id, text: 'Who pays?' });
  await moderate('approve');
  await until('the approved question', () => listed(ben) && listed(ada));
});
afterEach(async () => {
  crowd.leave();
  expect(await wrongTotals(hub.database)).toEqual([]);
});

const listed = ({ feed }: TestClient) => feed.getSnapshot().questions.find(({ id }) => id === question.id);
const edit = (text: string) => ada.client.request('question:edit', { questionId: question.id, text });
const moderate = (action: 'approve' | 'answer' | 'pin' | 'live' | 'hide') =>
  moderator.client.request('question:moderate', { questionId: question.id, action });
const review = (decision: QuestionReview['decision'], revision: string | undefined, reason?: string) =>
  moderator.client.request('question:review', {
    questionId: question.id,
    revision: revision ?? newId(),
    decision,
    ...(reason && { reason }),
  });
const code = (request: Promise<unknown>) =>
  request.then(
    () => 'done',
    (refusal: { code: string }) => refusal.code,
  );
const told = (person: TestClient) => person.feed.getSnapshot().me.revisions?.[question.id];

describe('new words of an approved question in a premoderated session', () => {
  it('wait for a moderator, and everybody goes on seeing the approved ones (QUE-32, QUE-34)', async () => {
    const framesBefore = ben.heard.length;
    const edited = await edit('Who pays, you fools?');
    expect(edited).toMatchObject({
      state: 'approved',
      text: 'Who pays?',
      revision: { text: 'Who pays, you fools?', state: 'pending' },
    });
    expect(edited.edited).toBeUndefined();
    await until('the moderator to see both', () => listed(moderator)?.revision?.text === 'Who pays, you fools?');
    expect(listed(moderator)?.text).toBe('Who pays?');
    await moderate('pin');
    await until('the pin', () => listed(ben)?.pinned);
    expect(listed(ben)).toMatchObject({ text: 'Who pays?', score: 1 });
    expect(listed(ben)?.revision).toBeUndefined();
    const heard = ben.heard.slice(framesBefore);
    expect(heard.filter((packet) => packet.includes(question.id))).toHaveLength(1); // the pin, and nothing of the edit
    expect(ben.heard.join()).not.toContain('fools');
    const newcomer = await crowd.join();
    expect(listed(newcomer)?.text).toBe('Who pays?');
    const state = await (await fetch(`${hub.url}/api/sessions/${session.id}/state`)).text();
    expect([newcomer.heard.join(), state].join()).not.toContain('fools');
  });

  it('are read by their author on every page, with what became of them (QUE-34)', async () => {
    const other = await crowd.join({ actorId: ada.id, url: hub.nodes[1]!.url });
    const { revision } = await edit('Who paid?');
    for (const page of [ada, other])
      await until('the new words', () => told(page)?.text === 'Who paid?' && told(page)?.state === 'pending');
    await review('reject', revision?.id, 'Too rude');
    for (const page of [ada, other]) await until('the reason', () => told(page)?.reason === 'Too rude');
    const later = await crowd.join({ actorId: ada.id });
    expect(told(later)).toMatchObject({ text: 'Who paid?', state: 'rejected', reason: 'Too rude' });
    expect(told(ben)).toBeUndefined();
    expect(listed(ada)).toMatchObject({ text: 'Who pays?', state: 'approved' });
  });

  it('take the place of the others once they are approved, with the votes (QUE-33)', async () => {
    await ben.client.request('question:vote', { questionId: question.id, value: true });
    const { revision } = await edit('Who pays now?');
    expect(await review('approve', revision?.id)).toMatchObject({ text: 'Who pays now?', score: 2, edited: true });
    await until('the new words', () => listed(ben)?.text === 'Who pays now?');
    expect(listed(ben)).toMatchObject({ score: 2, edited: true, state: 'approved' });
    await until('the author to have none waiting', () => told(ada) === undefined);
    const before = await hub.database.query('SELECT version FROM session WHERE id = $1', [session.id]);
    expect((await review('approve', revision?.id)).text).toBe('Who pays now?');
    expect(await hub.database.query('SELECT version FROM session WHERE id = $1', [session.id])).toEqual(before);
    expect(await code(review('reject', revision?.id))).toBe('question.state');
    const { entries } = await moderator.client.request('question:history', { questionId: question.id });
    expect(entries.map(({ action }) => action)).toEqual(['edit-approve', 'approve']);
  });

  it('are decided on by the words that were read, not by later ones (QUE-33)', async () => {
    const first = await edit('Who pays now?');
    const second = await edit('Something that nobody read');
    expect(await code(review('approve', first.revision?.id))).toBe('conflict');
    expect(await code(review('reject', undefined))).toBe('conflict');
    expect(listed(ben)?.text).toBe('Who pays?');
    expect((await edit('Something that nobody read')).revision?.id).toBe(second.revision?.id);
    await review('reject', second.revision?.id);
    expect((await review('approve', second.revision?.id)).text).toBe('Something that nobody read');
  });

  it('are for moderators alone to decide (QUE-33)', async () => {
    const { revision } = await edit('Who pays now?');
    const payload = { questionId: question.id, revision: revision!.id, decision: 'approve' } as const;
    for (const person of [ada, ben])
      expect(await code(person.client.request('question:review', payload))).toBe('forbidden');
    expect(listed(ben)?.text).toBe('Who pays?');
  });

  it('are taken back by the approved ones, and go when the question is answered (QUE-32)', async () => {
    const { revision } = await edit('Who pays now?');
    expect((await edit('Who pays?')).revision).toBeUndefined();
    expect(await code(review('approve', revision?.id))).toBe('conflict');
    const again = await edit('Who pays tomorrow?');
    await moderate('answer');
    await until('the author to have none waiting', () => told(ada) === undefined);
    expect(await code(review('approve', again.revision?.id))).toBe('conflict');
    expect(listed(ben)?.text).toBe('Who pays?');
  });

  it('are refused when they are blocked or stand there already, also at the approval (QUE-32)', async () => {
    const other = { session_id: session.id, state: 'approved', text: 'And who decides?', text_key: 'and who decides' };
    await hub.make.question(other);
    expect(await code(edit('and who DECIDES'))).toBe('question.duplicate');
    const { revision } = await edit('Who is next?');
    await hub.make.question({ ...other, text: 'Who is next?', text_key: 'who is next' });
    expect(await code(review('approve', revision?.id))).toBe('question.duplicate');
    expect(listed(ben)?.text).toBe('Who pays?');
  });
});

describe('new words of a question that others support', () => {
  it('wait too where the session is not premoderated; without support they are shown at once (QUE-16, QUE-32)', async () => {
    await hub.database.query('UPDATE session SET premoderated = false WHERE id = $1', [session.id]);
    expect(await edit('Who pays now?')).toMatchObject({ text: 'Who pays now?', edited: true });
    await ben.client.request('question:vote', { questionId: question.id, value: true });
    expect(await edit('Something else')).toMatchObject({ text: 'Who pays now?', score: 2, state: 'approved' });
    await until('the moderator to see them', () => listed(moderator)?.revision?.text === 'Something else');
    expect(listed(ben)).toMatchObject({ text: 'Who pays now?', state: 'approved' });
  });
});
