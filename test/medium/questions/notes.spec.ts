import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type ModerationAction } from '#libs/domain/question-transitions';
import { type Question } from '#libs/contract/question';
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
interface Note {
  readonly id?: string;
  readonly text: string | null;
  readonly replaces?: string | null;
}

/** A session with a moderator on each node, an attendee and the author of a question. */
async function open() {
  const session = await hub.make.session();
  const { join, leave: all } = testClients(hub, session);
  leave = all;
  const far = { url: hub.nodes[1]!.url };
  const [mo, nadia, ada] = [
    await join({ role: 'moderator', name: 'Mo' }),
    await join({ role: 'moderator', name: 'Nadia', ...far }),
    await join(far),
  ];
  const question = (more: Record<string, unknown> = {}) =>
    hub.make.question({ session_id: session.id, author_id: ada.id, ...more });
  const records = async ({ id }: Id) => {
    const rows = await hub.database.query<{ action: string }>(
      'SELECT action FROM moderation WHERE question_id = $1 ORDER BY id',
      [id],
    );
    return rows.map(({ action }) => action);
  };
  return { session, join, far, mo, nadia, ada, question, records };
}

const note = (by: TestClient, { id: questionId }: Id, { id = randomUUID(), text, replaces = null }: Note) =>
  by.client.request('question:note', { questionId, id, text, replaces });
const seenBy = ({ feed }: TestClient, { id }: Id): Question | undefined =>
  feed.getSnapshot().questions.find((question) => question.id === id);
const noteSeenBy = (person: TestClient, question: Id) => seenBy(person, question)?.note;
const sees = (person: TestClient, question: Id, text: string | undefined) =>
  until(`the note ${text}`, () => noteSeenBy(person, question)?.text === text && seenBy(person, question));
const act = (by: TestClient, { id: questionId }: Id, action: ModerationAction, into?: string) =>
  by.client.request('question:moderate', { questionId, action, ...(into && { into }) });
const refusal = (request: Promise<unknown>) =>
  request.then(
    () => 'allowed',
    (error: { code: string }) => error.code,
  );

describe('a note of moderators on a question', () => {
  it.each(['pending', 'approved', 'hidden'])(
    'is seen by the moderators of every node with its author and time, on a %s one (QUE-41)',
    async (state) => {
      const { mo, nadia, question, join } = await open();
      const asked = await question({ state });
      const answer = await note(mo, asked, { text: 'Ask the minister first' });
      const expected = { text: 'Ask the minister first', author: 'Mo', at: expect.any(String) };
      expect(answer.note).toMatchObject(expected);
      await sees(nadia, asked, 'Ask the minister first');
      expect(noteSeenBy(nadia, asked)).toEqual(answer.note);
      expect(noteSeenBy(await join({ role: 'organiser' }), asked)).toEqual(answer.note);
    },
  );

  it('is for no speaker, author or other person: in no frame, notice, snapshot or state (QUE-42, G7)', async () => {
    const { session, join, far, mo, nadia, ada, question } = await open();
    const speaker = await join({ role: 'speaker', ...far });
    const asked = await question();
    await note(mo, asked, { text: 'secret-of-the-desk' });
    await sees(nadia, asked, 'secret-of-the-desk');
    await act(mo, asked, 'pin');
    const [guest, late] = [await join({ role: 'guest' }), await join({ actorId: ada.id })];
    for (const person of [speaker, ada, late, guest])
      await until('the pinned question', () => seenBy(person, asked)?.pinned);
    const state = await (await fetch(`${hub.url}/api/sessions/${session.id}/state`)).text();
    expect(state).toContain(asked.id);
    const heard = [state, ...[speaker, ada, late, guest].flatMap((person) => person.heard)].join('\n');
    expect(heard).not.toMatch(/secret-of-the-desk|"note/);
  });

  it('is no frame to those who may not see it (QUE-42, FEED-6)', async () => {
    const { mo, nadia, ada, question } = await open();
    const asked = await question();
    await note(mo, asked, { text: 'Only for us' });
    await sees(nadia, asked, 'Only for us');
    await act(nadia, asked, 'pin');
    await until('the pinned question', () => seenBy(ada, asked)?.pinned);
    const frames = ada.heard.filter((packet) => packet.includes('session:frame') && packet.includes('"questions"'));
    expect(frames).toHaveLength(1);
  });

  it('is written by moderators of the session alone (QUE-43)', async () => {
    const { session, join, ada, question, records, mo } = await open();
    const [open_, waits] = [await question(), await question({ state: 'pending', author_id: (await join()).id })];
    for (const person of [ada, await join({ role: 'speaker' }), await join({ role: 'guest' })]) {
      expect(await refusal(note(person, open_, { text: 'Mine' }))).toBe('forbidden');
      expect(await refusal(note(person, waits, { text: 'Mine' }))).toBe('not_found');
    }
    const elsewhere = await hub.make.session({ event_id: session.event_id });
    const guide = await hub.make.actor({ event_id: session.event_id, role: 'attendee' });
    await hub.database.query(
      `INSERT INTO role_grant (actor_id, event_id, session_id, role) VALUES ($1, $2, $3, 'moderator')`,
      [guide.id, session.event_id, elsewhere.id],
    );
    const other = await join({ actorId: guide.id });
    expect(await refusal(note(other, open_, { text: 'Mine' }))).toBe('forbidden');
    const away = await hub.make.question({ session_id: (await hub.make.session()).id });
    expect(await refusal(note(mo, away, { text: 'Mine' }))).toBe('not_found');
    for (const asked of [open_, waits]) expect(await records(asked)).toEqual([]);
  });

  it('takes up to 500 characters, and no empty text (QUE-41)', async () => {
    const { mo, question } = await open();
    const asked = await question();
    const longest = '🙂'.repeat(500);
    expect((await note(mo, asked, { text: longest })).note?.text).toBe(longest);
    for (const text of ['', '   ', 'x'.repeat(501)])
      expect(await refusal(note(mo, asked, { text }))).toBe('request.invalid');
  });

  it('is a conflict where another one was written since, and changes nothing when it is repeated (QUE-44)', async () => {
    const { mo, nadia, question, records } = await open();
    const asked = await question();
    const first = randomUUID();
    await note(mo, asked, { id: first, text: 'First' });
    await note(mo, asked, { id: first, text: 'First' });
    expect(await refusal(note(mo, asked, { id: first, text: 'Other words' }))).toBe('conflict');
    expect(await refusal(note(nadia, asked, { text: 'Written at the same time' }))).toBe('conflict');
    const { note: second } = await note(nadia, asked, { text: 'Second', replaces: first });
    expect(await refusal(note(mo, asked, { text: 'Third', replaces: first }))).toBe('conflict');
    expect(await refusal(note(mo, asked, { text: null, replaces: first }))).toBe('conflict');
    await sees(mo, asked, 'Second');
    expect(noteSeenBy(mo, asked)?.author).toBe('Nadia');
    const removed = await note(mo, asked, { text: null, replaces: second!.id });
    expect(removed.note).toBeUndefined();
    await note(mo, asked, { text: null, replaces: second!.id });
    await sees(nadia, asked, undefined);
    expect(await records(asked)).toEqual(['note', 'note', 'note-remove']);
  });

  it('keeps one of two that are written at the same moment (QUE-44)', async () => {
    const { mo, nadia, question } = await open();
    const asked = await question();
    const outcomes = await Promise.all([
      refusal(note(mo, asked, { text: 'From Mo' })),
      refusal(note(nadia, asked, { text: 'From Nadia' })),
    ]);
    expect(outcomes.sort()).toEqual(['allowed', 'conflict']);
  });

  it('stays with its question through a merge and its undoing (QUE-41, MOD-9)', async () => {
    const { mo, nadia, question } = await open();
    const [merged, kept] = [await question(), await question()];
    await note(mo, merged, { text: 'Of the merged one' });
    await note(mo, kept, { text: 'Of the kept one' });
    await act(mo, merged, 'merge', kept.id);
    await until('the merge', () => seenBy(nadia, merged)?.mergedInto === kept.id);
    await Promise.all([sees(nadia, merged, 'Of the merged one'), sees(nadia, kept, 'Of the kept one')]);
    await act(nadia, merged, 'unmerge');
    await until('the merge undone', () => seenBy(mo, merged)?.state === 'approved');
    await Promise.all([sees(mo, merged, 'Of the merged one'), sees(mo, kept, 'Of the kept one')]);
  });
});
