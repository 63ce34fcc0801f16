import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '#libs/client/new-id';
import { type ModerationAction } from '#libs/domain/question-transitions';
import { type Screen } from '#libs/contract/screen';
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

/** A session with a moderator on each node and a viewer on the second. */
async function open() {
  const session = await hub.make.session();
  const { join, leave: all } = testClients(hub, session);
  leave = all;
  const far = { url: hub.nodes[1]?.url };
  const [mo, max, ada] = [
    await join({ role: 'moderator' }),
    await join({ role: 'moderator', ...far }),
    await join(far),
  ];
  const question = (more: Record<string, unknown> = {}) => hub.make.question({ session_id: session.id, ...more });
  const poll = (more: Record<string, unknown> = {}) =>
    hub.make.poll({ session_id: session.id, opened_at: new Date(), results: 'on_close', ...more });
  const show = (person: TestClient, screen: Screen) =>
    person.client.request('screen:show', { sessionId: session.id, screen });
  const sees = (person: TestClient, screen: Screen) =>
    until(`${screen.kind} on the projector`, () => isEqual(screenOf(person), screen));
  const records = () =>
    hub.database.query<{ action: string; detail: object }>(
      'SELECT action, question_id, poll_id, detail FROM moderation WHERE session_id = $1 ORDER BY id',
      [session.id],
    );
  return { session, join, mo, max, ada, question, poll, show, sees, records };
}

const screenOf = (person: TestClient) => person.feed.getSnapshot().session?.screen;
const isEqual = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const act = (person: TestClient, action: ModerationAction, { id }: Id) =>
  person.client.request('question:moderate', { questionId: id, action });
const stateOf = (person: TestClient, { id }: Id) =>
  person.feed.getSnapshot().questions.find((question) => question.id === id)?.state;
const refusal = (request: Promise<unknown>) =>
  request.then(
    () => 'allowed',
    (error: { code: string }) => error.code,
  );

const TITLE = { kind: 'title' } as const;
const onScreen = ({ id }: Id): Screen => ({ kind: 'question', questionId: id });
const pollOn = ({ id }: Id): Screen => ({ kind: 'poll', pollId: id });
const resultOn = ({ id }: Id): Screen => ({ kind: 'result', pollId: id });

describe('the projector of a session', () => {
  it('shows the title first, and then what a moderator chose, on every node and over plain HTTP (MOD-13)', async () => {
    const { session, mo, max, ada, poll, show, sees } = await open();
    expect(screenOf(ada)).toEqual(TITLE);
    const asked = await poll();
    for (const screen of [{ kind: 'top' }, pollOn(asked), { kind: 'nothing' }, TITLE] satisfies Screen[]) {
      await show(mo, screen);
      await sees(max, screen);
      await sees(ada, screen);
    }
    await show(max, { kind: 'top' });
    const state = await until('the state over HTTP', async () => {
      const response = await fetch(`${hub.url}/api/sessions/${session.id}/state`);
      const body = (await response.json()) as { session: { screen: Screen } };
      return body.session.screen.kind === 'top' && body;
    });
    expect(state.session.screen).toEqual({ kind: 'top' });
  });

  it('is for moderators of the session; others are refused and nothing changes (MOD-13)', async () => {
    const { session, join, show, ada, sees, mo } = await open();
    for (const person of [ada, await join({ role: 'speaker' })])
      expect(await refusal(show(person, { kind: 'top' }))).toBe('forbidden');
    const foreign = { sessionId: (await hub.make.session()).id, screen: { kind: 'top' } } as const;
    expect(await refusal(mo.client.request('screen:show', foreign))).toBe('not_found');
    const [row] = await hub.database.query('SELECT screen_kind, version FROM session WHERE id = $1', [session.id]);
    expect(row).toMatchObject({ screen_kind: 'title', version: '0' });
    await sees(ada, TITLE);
  });

  it('is recorded once, and doing it again changes nothing (MOD-14)', async () => {
    const { mo, max, show, records, poll } = await open();
    const asked = await poll();
    const first = await show(mo, pollOn(asked));
    const again = await show(max, pollOn(asked));
    expect(again.version).toBe(first.version);
    expect(again.before.screen).toEqual(pollOn(asked));
    expect(await records()).toEqual([
      { action: 'screen', question_id: null, poll_id: asked.id, detail: { kind: 'poll' } },
    ]);
  });

  it('makes a question live that is put on it, and answers the one before (MOD-15)', async () => {
    const { mo, max, ada, question, show, sees } = await open();
    const [one, two] = [await question(), await question()];
    await act(max, 'live', one);
    await sees(ada, onScreen(one));
    await show(mo, onScreen(two));
    await sees(ada, onScreen(two));
    await until('the first answered', () => stateOf(ada, one) === 'answered' && stateOf(ada, two) === 'live');
  });

  it('keeps a question live while a poll is on it, and what is on it when that question is answered (MOD-15)', async () => {
    const { mo, ada, question, poll, show, sees } = await open();
    const [asked, answer] = [await question(), await poll()];
    await act(mo, 'live', asked);
    await show(mo, pollOn(answer));
    await sees(ada, pollOn(answer));
    expect(stateOf(ada, asked)).toBe('live');
    await act(mo, 'answer', asked);
    await until('the question answered', () => stateOf(ada, asked) === 'answered');
    expect(screenOf(ada)).toEqual(pollOn(answer));
  });

  it.each(['answer', 'reopen', 'hide'] as const)(
    'goes to the title on %s of the question on it (MOD-16)',
    async (action) => {
      const { mo, ada, question, poll, sees } = await open();
      const asked = await question();
      await poll({ state: 'closed', published_at: new Date() });
      await act(mo, 'live', asked);
      await sees(ada, onScreen(asked));
      await act(mo, action, asked);
      await sees(ada, TITLE);
    },
  );

  it('never changes because a poll opens or closes (MOD-16)', async () => {
    const { mo, ada, question, poll, show, sees } = await open();
    const [asked, draft] = [await question(), await poll({ state: 'draft', opened_at: null })];
    await act(mo, 'live', asked);
    await sees(ada, onScreen(asked));
    await mo.client.request('poll:open', { pollId: draft.id });
    await mo.client.request('poll:close', { pollId: draft.id });
    await until('the poll closed', () => ada.feed.getSnapshot().polls[0]?.state === 'closed');
    expect(screenOf(ada)).toEqual(onScreen(asked));
    await show(mo, pollOn(draft));
    await sees(ada, pollOn(draft));
  });

  it('shows no draft, no hidden result and nothing of another session (MOD-17)', async () => {
    const { mo, question, poll, show, records } = await open();
    const [draft, open_] = [await poll({ state: 'draft', opened_at: null }), await poll()];
    const manual = await poll({ state: 'closed', results: 'manual' });
    const pending = await question({ state: 'pending' });
    const [foreignQuestion, foreignPoll] = [await hub.make.question(), await hub.make.poll()];
    const refusals: [Screen, string][] = [
      [pollOn(draft), 'poll.state'],
      [resultOn(open_), 'poll.state'],
      [resultOn(manual), 'poll.state'],
      [onScreen(pending), 'question.state'],
      [onScreen(foreignQuestion), 'not_found'],
      [pollOn(foreignPoll), 'not_found'],
      [onScreen({ id: newId() }), 'not_found'],
    ];
    for (const [screen, code] of refusals) expect([screen, await refusal(show(mo, screen))]).toEqual([screen, code]);
    expect(await records()).toEqual([]);
  });

  it('loses a poll that is reset or archived, and a result that is hidden again (MOD-17)', async () => {
    const { mo, ada, poll, show, sees } = await open();
    for (const [act, screen, more] of [
      ['poll:reset', pollOn, {}],
      ['poll:reset', resultOn, { state: 'closed' }],
      ['poll:archive', resultOn, { state: 'closed' }],
    ] as const) {
      const asked = await poll(more);
      await show(mo, screen(asked));
      await sees(ada, screen(asked));
      await mo.client.request(act, { pollId: asked.id });
      await sees(ada, TITLE);
    }
    const asked = await poll({ state: 'closed' });
    await show(mo, resultOn(asked));
    await mo.client.request('poll:update', { pollId: asked.id, results: 'manual' });
    await sees(ada, TITLE);
  });

  it('says what an act replaced, so that it can be taken back (MOD-18)', async () => {
    const { mo, ada, question, poll, show, sees } = await open();
    const [one, two, answer] = [await question(), await question(), await poll()];
    await act(mo, 'live', one);
    await show(mo, pollOn(answer));
    const { before } = await show(mo, onScreen(two));
    expect(before).toEqual({ screen: pollOn(answer), liveQuestionId: one.id });
    await show(mo, before.screen);
    await act(mo, 'reopen', two);
    await act(mo, 'reopen', one);
    await mo.client.request('question:moderate', { questionId: one.id, action: 'live', keepScreen: true });
    await sees(ada, pollOn(answer));
    await until('the first live again', () => stateOf(ada, one) === 'live' && stateOf(ada, two) === 'approved');
  });

  it('keeps what it shows when a node and its memory are gone (MOD-13)', async () => {
    const { session, mo, show, poll } = await open();
    const asked = await poll();
    await show(mo, pollOn(asked));
    const [row] = await hub.database.query('SELECT screen_kind, screen_poll_id FROM session WHERE id = $1', [
      session.id,
    ]);
    expect(row).toEqual({ screen_kind: 'poll', screen_poll_id: asked.id });
  });
});
