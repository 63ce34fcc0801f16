import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '#libs/client/new-id';
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

/** A moderator on one node, two speakers and an attendee on the other. */
async function open() {
  const session = await hub.make.session();
  const { join, leave: all } = testClients(hub, session);
  leave = all;
  const far = { url: hub.nodes[1]?.url };
  const mo = await join({ role: 'moderator', name: 'Nadia' });
  const ines = await join({ role: 'speaker', name: 'Ines', ...far });
  const bram = await join({ role: 'speaker', name: 'Bram', ...far });
  const ada = await join(far);
  const send = (more: { preset?: 'two_minutes'; text?: string; id?: string }, person = mo) =>
    person.client.request('cue:send', { id: newId(), sessionId: session.id, ...more });
  const records = () =>
    hub.database.query<{ action: string; actor_id: string }>(
      `SELECT action, actor_id FROM moderation WHERE session_id = $1 ORDER BY id`,
      [session.id],
    );
  return { session, join, far, mo, ines, bram, ada, send, records };
}

const cueOf = (person: TestClient, id: string) => person.feed.getSnapshot().cues.find((cue) => cue.id === id);
const sees = (person: TestClient, id: string) => until('the message', () => cueOf(person, id));
const see = (person: TestClient, cueId: string) => person.client.request('cue:acknowledge', { cueId });
const withdraw = (person: TestClient, cueId: string) => person.client.request('cue:withdraw', { cueId });
const refusal = (request: Promise<unknown>) =>
  request.then(
    () => 'allowed',
    (error: { code: string }) => error.code,
  );

describe('a silent message from the moderator to the speakers', () => {
  it('reaches every speaker and moderator on every node, with who sent it, and nobody else (MOD-33)', async () => {
    const { mo, ines, bram, ada, send, session } = await open();
    const before = ada.heard.length;
    const { id } = await send({ preset: 'two_minutes' });
    const { id: other } = await send({ text: 'Please name the hospital' });
    for (const person of [ines, bram, mo]) {
      expect(await sees(person, id)).toMatchObject({ preset: 'two_minutes', author: { name: 'Nadia' }, seenBy: [] });
      expect(await sees(person, other)).toMatchObject({ text: 'Please name the hospital' });
    }
    // A frame for everybody afterwards: all earlier ones have arrived.
    await hub.make.question({ session_id: session.id, text: 'A later one?' });
    const asked = { id: newId(), sessionId: session.id, text: 'Is this the last one?' };
    await ada.client.request('question:ask', asked);
    await until('the question', () => ada.feed.getSnapshot().questions.some((question) => question.id === asked.id));
    expect(ada.heard.slice(before).join('')).not.toMatch(new RegExp(`cues|${id}|${other}|hospital|two_minutes`));
    expect(ada.feed.getSnapshot().cues).toEqual([]);
    const state = await (await fetch(`${hub.url}/api/sessions/${session.id}/state`)).text();
    expect(state).not.toMatch(/cues|hospital|two_minutes/);
  });

  it('is sent by moderators of the session only, with words or a preset, and not after the end (MOD-33)', async () => {
    const { session, mo, ines, ada, send } = await open();
    for (const person of [ines, ada]) expect(await refusal(send({ text: 'No' }, person))).toBe('forbidden');
    expect(await refusal(send({}))).toBe('request.invalid');
    expect(await refusal(send({ preset: 'two_minutes', text: 'Both' }))).toBe('request.invalid');
    expect(await refusal(send({ text: 'x'.repeat(201) }))).toBe('request.invalid');
    const elsewhere = { id: newId(), sessionId: (await hub.make.session()).id, text: 'No' };
    expect(await refusal(mo.client.request('cue:send', elsewhere))).toBe('not_found');
    await hub.database.query(`UPDATE session SET state = 'ended' WHERE id = $1`, [session.id]);
    expect(await refusal(send({ text: 'Too late' }))).toBe('session.state');
    expect(mo.feed.getSnapshot().cues).toEqual([]);
  });

  it('is sent once under its id; other words under it are a conflict (MOD-33)', async () => {
    const { send, mo, ines, records } = await open();
    const id = newId();
    await send({ id, text: 'Once' });
    await send({ id, text: 'Once' });
    expect(await refusal(send({ id, text: 'Twice' }))).toBe('conflict');
    expect((await sees(ines, id)).text).toBe('Once');
    expect(await records()).toEqual([{ action: 'cue.send', actor_id: mo.id }]);
  });

  it('is confirmed by each speaker for themselves, once, and the moderator sees who and when (MOD-34)', async () => {
    const { send, mo, ines, bram } = await open();
    const { id } = await send({ preset: 'two_minutes' });
    await sees(ines, id);
    const seen = await see(ines, id);
    expect((await see(ines, id)).seenBy).toEqual(seen.seenBy);
    await until(
      'Ines saw it',
      () =>
        cueOf(mo, id)
          ?.seenBy.map(({ name }) => name)
          .join() === 'Ines',
    );
    expect(cueOf(mo, id)?.seenBy[0]?.at).toMatch(/^\d{4}-.*Z$/);
    await see(bram, id);
    await until(
      'both saw it',
      () =>
        cueOf(mo, id)
          ?.seenBy.map(({ name }) => name)
          .join() === 'Ines,Bram',
    );
  });

  it('and its confirmation are kept for those who come back, also to another node (MOD-34)', async () => {
    const { send, join, ines, bram } = await open();
    const [first, second] = [await send({ text: 'First' }), await send({ text: 'Second' })];
    await see(ines, first.id);
    ines.client.close();
    const back = await join({ actorId: ines.id });
    expect(cueOf(back, first.id)?.seenBy.map(({ id }) => id)).toEqual([ines.id]);
    expect(cueOf(back, second.id)?.seenBy).toEqual([]);
    expect(await sees(bram, second.id)).toMatchObject({ text: 'Second' });
  });

  it('can be withdrawn by moderators: speakers lose its words, a later confirmation changes nothing (MOD-35)', async () => {
    const { send, join, mo, ines, ada, records } = await open();
    const { id } = await send({ text: 'A mistake' });
    await sees(ines, id);
    expect(await refusal(withdraw(ines, id))).toBe('forbidden');
    expect(await refusal(withdraw(ada, id))).toBe('not_found');
    await withdraw(mo, id);
    await withdraw(mo, id);
    await until('it is withdrawn', () => cueOf(ines, id)?.withdrawnAt !== undefined);
    expect(cueOf(ines, id)?.text).toBeUndefined();
    expect((await see(ines, id)).seenBy).toEqual([]);
    const late = await join({ role: 'speaker' });
    expect(late.heard.join('')).not.toContain('A mistake');
    expect((await records()).map(({ action }) => action)).toEqual(['cue.send', 'cue.withdraw']);
  });

  it('does not exist for the audience and for speakers of other sessions (MOD-34)', async () => {
    const { session, send, ada, join } = await open();
    const { id } = await send({ text: 'For here' });
    const elsewhere = await join();
    const other = await hub.make.session({ event_id: session.event_id });
    const grant = { event_id: session.event_id, session_id: other.id, role: 'speaker' };
    await hub.make.grant({ actor_id: elsewhere.id, ...grant });
    for (const person of [ada, elsewhere]) expect(await refusal(see(person, id))).toBe('not_found');
    const [row] = await hub.database.query<{ n: number }>('SELECT count(*)::int AS n FROM cue_seen WHERE cue_id = $1', [
      id,
    ]);
    expect(row?.n).toBe(0);
  });

  it('is one of at most 200 of a session (MOD-33)', async () => {
    const { session, mo, send } = await open();
    await hub.database.query(
      `INSERT INTO cue (id, session_id, author_id, text, version) SELECT gen_random_uuid(), $1, $2, 'One of many', 0 FROM generate_series(1, 199)`,
      [session.id, mo.id],
    );
    expect(await refusal(send({ text: 'The last' }))).toBe('allowed');
    expect(await refusal(send({ text: 'One too many' }))).toBe('conflict');
  });
});
