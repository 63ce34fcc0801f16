import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '#libs/client/new-id';
import { sendQuestion } from '#libs/client/send-question';
import { type RequestInput } from '#libs/contract/socket';
import { testClients, type TestClient } from '../../support/clients/test-clients.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { wrongTotals } from '../../support/load/invariants.js';
import { until } from '../../support/until.js';

jest.setTimeout(30_000);
/** Refusals that pass are not waited for. */
const SOON = { within: 8_000 };

let hub: TestHub;
let leave = () => {};
beforeAll(async () => {
  hub = await startHub();
}, 60_000);
afterEach(() => leave());
afterAll(() => hub?.close());

/** A session of its own, with people to bring into it. */
async function open(overrides: Record<string, unknown> = {}) {
  const session = await hub.make.session(overrides);
  const crowd = testClients(hub, session);
  leave = crowd.leave;
  const ask = (person: TestClient, text: string, more: Partial<RequestInput<'question:ask'>> = {}) =>
    person.client.request('question:ask', { id: newId(), sessionId: session.id, text, ...more }, SOON);
  return { session, join: crowd.join, ask };
}

const vote = (person: TestClient, { id }: { id: string }, value = true) =>
  person.client.request('question:vote', { questionId: id, value }, SOON);
const edit = (person: TestClient, { id }: { id: string }, text: string) =>
  person.client.request('question:edit', { questionId: id, text });
const refusal = (request: Promise<unknown>) =>
  request.then(
    () => 'allowed',
    (error: { code: string }) => error.code,
  );
const listed = (person: TestClient, id: string) => person.feed.getSnapshot().questions.find((one) => one.id === id);
const own = (person: TestClient, id: string) => person.feed.getSnapshot().me.questions.find((one) => one.id === id);

/** Everything that is stored of questions, to prove that a refusal changed nothing. */
const stored = () =>
  hub.database.query(`SELECT (SELECT jsonb_agg(q ORDER BY id) FROM question q) AS questions,
    (SELECT jsonb_agg(v ORDER BY question_id, actor_id) FROM question_vote v) AS votes,
    (SELECT jsonb_agg(m ORDER BY id) FROM moderation m) AS moderations,
    (SELECT jsonb_object_agg(id, version) FROM session) AS versions`);

async function refuses(code: string, ...requests: (() => Promise<unknown>)[]) {
  const before = await stored();
  for (const request of requests) expect(await refusal(request())).toBe(code);
  expect(await stored()).toEqual(before);
}

describe('asking', () => {
  it('shows the question to everybody, supported by its author (QUE-1, QUE-8, QUE-9)', async () => {
    const { join, ask } = await open();
    const [ada, ben] = [await join({ name: 'Ada' }), await join()];
    const question = await ask(ada, 'Who pays?', { language: 'en' });
    expect(question).toMatchObject({
      text: 'Who pays?',
      state: 'approved',
      score: 1,
      language: 'en',
      author: { name: 'Ada' },
    });
    const seen = await until('the question in the list', () => listed(ben, question.id));
    expect(seen).toEqual(question);
    expect((await hub.database.query('SELECT FROM question_vote WHERE question_id = $1', [question.id])).length).toBe(
      1,
    );
  });

  it('makes one question of an id, however often and fast it is asked (QUE-1)', async () => {
    const { join, ask } = await open();
    const ada = await join();
    const id = newId();
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(ada, 'Who pays?', { id })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const before = await stored();
    expect(await ask(ada, 'Who pays?', { id })).toEqual(answers[0]);
    expect(await stored()).toEqual(before);
  });

  it('refuses its own id with another content, so that no words are acknowledged and lost (QUE-2)', async () => {
    const { join, ask } = await open();
    const ada = await join();
    const id = newId();
    await ask(ada, 'Who pays?', { id, language: 'en' });
    await refuses(
      'conflict',
      () => ask(ada, 'Who pays, and when?', { id, language: 'en' }),
      () => ask(ada, 'Who pays?', { id, language: 'en', anonymous: true }),
      () => ask(ada, 'Who pays?', { id, language: 'fr' }),
      () => ask(ada, 'Who pays?', { id }),
    );
  });

  it('makes one question of an id that is asked with two contents at once, and refuses the other (QUE-2)', async () => {
    const { join, ask } = await open();
    const ada = await join();
    const id = newId();
    const texts = ['Who pays?', 'Who pays?', 'Who pays, and when?'];
    const codes = await Promise.all(texts.map((text) => refusal(ask(ada, text, { id }))));
    expect(codes).toEqual(['allowed', 'allowed', 'conflict']);
    expect((await hub.database.query('SELECT text FROM question WHERE id = $1', [id]))[0]).toEqual({ text: texts[0] });
  });

  it('keeps the newest text of an author whose earlier attempt was not acknowledged, once (QUE-40)', async () => {
    const { join, ask } = await open();
    const [ada, ben] = [await join(), await join()];
    const before = { id: newId(), text: 'Who pay', anonymous: false, language: 'en' };
    await ask(ada, before.text, before);
    const content = { text: 'Who pays?', anonymous: false, language: 'en' };
    const asked = await sendQuestion(ada.feed, content, { before, onSending: () => undefined });
    await until('the new words in the list', () => listed(ben, asked.id)?.text === content.text);
    const hidden = { ...content, anonymous: true };
    const anew = await sendQuestion(ada.feed, hidden, {
      before: { ...content, id: asked.id },
      onSending: () => undefined,
    });
    await until('the anonymous one', () => listed(ben, anew.id)?.author === null);
    await until('the end of the other', () => listed(ben, asked.id) === undefined);
  });

  it('refuses an id that another author or session has, and reveals nothing of it (QUE-2)', async () => {
    const { session, join, ask } = await open({ premoderated: true });
    const [ada, ben] = [await join({ name: 'Ada' }), await join()];
    const secret = await ask(ada, 'A secret question');
    const elsewhere = (await hub.make.session({ event_id: session.event_id })).id;
    await refuses(
      'conflict',
      () => ask(ben, 'Mine', { id: secret.id }),
      () => ask(ada, 'Mine', { id: secret.id, sessionId: elsewhere }),
    );
    expect(ben.heard.join()).not.toMatch(/secret|Ada/);
  });

  it('makes one question when two people race for an id (QUE-2)', async () => {
    const { join, ask } = await open();
    const crowd = await Promise.all([join(), join(), join()]);
    const id = newId();
    const codes = await Promise.all(crowd.map((person, n) => refusal(ask(person, `Text ${n}`, { id }))));
    expect(codes.sort()).toEqual(['allowed', 'conflict', 'conflict']);
  });

  it.each([{ qa: 'paused' }, { qa: 'closed' }, { state: 'ended' }, { state: 'cancelled' }])(
    'is refused in a session that is %o (QUE-3)',
    async (state) => {
      const { join, ask } = await open(state);
      const ada = await join();
      await refuses('question.closed', () => ask(ada, 'Too late?'));
    },
  );

  it('is refused where the session is unknown or of another event (QUE-1)', async () => {
    const { join, ask } = await open();
    const ada = await join();
    const foreign = await hub.make.session();
    await refuses(
      'not_found',
      () => ask(ada, 'Hello?', { sessionId: newId() }),
      () => ask(ada, 'Hello?', { sessionId: foreign.id }),
    );
  });

  it('is refused to the muted, who can still withdraw (QUE-4)', async () => {
    const { session, join, ask } = await open();
    const author = await hub.make.actor({ event_id: session.event_id });
    const question = await hub.make.question({ session_id: session.id, author_id: author.id });
    await hub.database.query(`INSERT INTO restriction (actor_id, event_id, kind) VALUES ($1, $2, 'mute')`, [
      author.id,
      session.event_id,
    ]);
    const muted = await join({ actorId: author.id });
    await refuses(
      'actor.muted',
      () => ask(muted, 'May I?'),
      () => vote(muted, question),
      () => edit(muted, question, 'Changed'),
    );
    expect(await muted.client.request('question:withdraw', { questionId: question.id })).toMatchObject({
      state: 'withdrawn',
    });
  });

  it('is answered to each of many at once, in few transactions, whatever becomes of the neighbours (QUE-31)', async () => {
    const { session, join, ask } = await open();
    const other = await hub.make.question({ session_id: (await hub.make.session()).id });
    const crowd = await Promise.all(Array.from({ length: 40 }, () => join()));
    const transactions = async () => {
      const metrics = await (await fetch(`${hub.url}/metrics`)).text();
      return Number(/^plenum_batch_writes_count\{queue="questions"\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
    };
    const before = await transactions();
    const outcomes = await Promise.all(
      crowd.map((person, n) =>
        n % 4 === 0
          ? refusal(ask(person, `What about ${n}?`, { id: other.id }))
          : ask(person, n % 4 === 1 ? 'Who pays for all of it?' : `What about ${n}?`).then(
              ({ text }) => text,
              ({ code }: { code: string }) => code,
            ),
      ),
    );
    expect(outcomes.filter((_, n) => n % 4 === 0)).toEqual(Array(10).fill('conflict'));
    expect(outcomes.filter((_, n) => n % 4 === 1).sort()).toEqual([
      'Who pays for all of it?',
      ...Array<string>(9).fill('question.duplicate'),
    ]);
    const others = crowd.flatMap((_, n) => (n % 4 > 1 ? [`What about ${n}?`] : []));
    expect(outcomes.filter((_, n) => n % 4 > 1)).toEqual(others);
    const written = (await transactions()) - before;
    expect([written > 0, written < 20]).toEqual([true, true]);
    const rows = await hub.database.query('SELECT FROM question WHERE session_id = $1', [session.id]);
    expect(rows).toHaveLength(21);
    await until('all of them on a screen', () => crowd[0]!.feed.getSnapshot().questions.length === 21);
  });

  it('is slowed down per actor and says for how long (QUE-5)', async () => {
    const { join, ask } = await open({ slow_mode: 60 });
    const [ada, ben] = [await join(), await join()];
    const first = await ask(ada, 'First');
    await refuses('rate.limited', () => ask(ada, 'Second'));
    await expect(ask(ada, 'Second')).rejects.toMatchObject({ code: 'rate.limited', retryAfter: expect.any(Number) });
    expect(await ask(ada, 'First', { id: first.id })).toEqual(first);
    expect(await ask(ben, 'Mine')).toMatchObject({ state: 'approved' });
    await hub.database.query(`UPDATE question SET asked_at = asked_at - interval '61 seconds' WHERE id = $1`, [
      first.id,
    ]);
    expect(await ask(ada, 'Second')).toMatchObject({ state: 'approved' });
  });

  it('is refused with a blocked word, also when editing (QUE-6)', async () => {
    const event = await hub.make.event({ blocked_words: ['Crétin', 'go home'] });
    const { join, ask } = await open({ event_id: event.id });
    const ada = await join();
    const question = await ask(ada, 'A kind one');
    await refuses(
      'question.blocked',
      () => ask(ada, 'What a CRETIN!'),
      () => ask(ada, 'Go  home.'),
      () => edit(ada, question, 'cretin'),
    );
  });

  it('is refused when the text is there already, until that question is gone (QUE-7, SEC-53)', async () => {
    const { join, ask } = await open();
    const [ada, ben] = [await join(), await join()];
    const question = await ask(ada, 'Où est le budget ?');
    const other = await ask(ben, 'Another');
    await refuses(
      'question.duplicate',
      () => ask(ben, 'ou est le BUDGET'),
      () => edit(ben, other, 'Où est le budget?'),
    );
    await expect(ask(ben, 'ou est le BUDGET')).rejects.toMatchObject({ questionId: question.id });
    await expect(edit(ben, other, 'Où est le budget?')).rejects.toMatchObject({ questionId: question.id });
    await ada.client.request('question:withdraw', { questionId: question.id });
    expect(await ask(ben, 'ou est le BUDGET')).toMatchObject({ state: 'approved' });
  });

  it('is not refused for repeating what only others see: that would tell what waits (QUE-7, G7)', async () => {
    const { join, ask } = await open({ premoderated: true });
    const [ada, ben, mo] = [await join(), await join(), await join({ role: 'moderator' })];
    const [first, second] = [await ask(ada, 'The same?'), await ask(ben, 'the SAME')];
    expect([first.state, second.state]).toEqual(['pending', 'pending']);
    await expect(ask(ben, 'The same')).rejects.toMatchObject({
      code: 'question.duplicate',
      questionId: second.id,
    });
    await mo.client.request('question:moderate', { questionId: first.id, action: 'approve' });
    const approve = mo.client.request('question:moderate', { questionId: second.id, action: 'approve' });
    expect(await refusal(approve)).toBe('question.duplicate');
  });

  it('makes one question of a text that two people ask at once (QUE-7)', async () => {
    const { join, ask } = await open();
    const crowd = await Promise.all([join(), join(), join()]);
    const codes = await Promise.all(crowd.map((person) => refusal(ask(person, 'The same?'))));
    expect(codes.sort()).toEqual(['allowed', 'question.duplicate', 'question.duplicate']);
  });

  it('waits for approval where the session is premoderated, for every author; switching is for new ones (QUE-8)', async () => {
    const { session, join, ask } = await open({ premoderated: true });
    const moderator = await join({ role: 'moderator' });
    const before = await ask(moderator, 'Before');
    expect(before.state).toBe('pending');
    await hub.database.query('UPDATE session SET premoderated = false WHERE id = $1', [session.id]);
    expect((await ask(moderator, 'After')).state).toBe('approved');
    expect(listed(moderator, before.id)?.state ?? 'pending').toBe('pending');
  });

  it.each([
    ['', 'text'],
    ['x'.repeat(501), 'text'],
    ['a\u0000b', 'text'],
    ['\ud800', 'text'],
  ])('refuses the text %j with its field (QUE-19)', async (text, field) => {
    const { session, join } = await open();
    const ada = await join();
    await refuses('request.invalid', () =>
      ada.client.request('question:ask', { id: newId(), sessionId: session.id, text }),
    );
    await expect(
      ada.client.request('question:ask', { id: newId(), sessionId: session.id, text }),
    ).rejects.toMatchObject({
      field,
    });
  });

  it('takes 500 characters of any script (QUE-19)', async () => {
    const { join, ask } = await open();
    const ada = await join();
    for (const text of ['🙂'.repeat(500), 'あ'.repeat(500), '\ufdfa'.repeat(500)])
      expect((await ask(ada, text)).text).toBe(text);
  });
});

describe('who sees what', () => {
  it('shows a pending question to its author and to moderators only, on every page they have (QUE-11, QUE-21, G7)', async () => {
    const { session, join, ask } = await open({ premoderated: true });
    const [ada, ben, speaker, moderator] = [
      await join({ name: 'Ada Secret' }),
      await join(),
      await join({ role: 'speaker' }),
      await join({ role: 'moderator' }),
    ];
    const question = await ask(ada, 'A hidden matter', { anonymous: true });
    expect(await until('the queue', () => listed(moderator, question.id))).toMatchObject({
      state: 'pending',
      author: { id: ada.id, name: 'Ada Secret' },
    });
    const late = [await join(), await join({ role: 'speaker' }), ben, speaker];
    const later = await join({ actorId: ada.id });
    expect(own(later, question.id)).toMatchObject({ state: 'pending', author: null });
    for (const person of late) expect(person.heard.join()).not.toMatch(/hidden matter/);
    const state = await (await fetch(`${hub.url}/api/sessions/${session.id}/state`)).text();
    expect(state).not.toContain('hidden matter');
  });

  it('sends only the author which listed questions are theirs, on a device that did not ask too (QUE-11, QUE-10)', async () => {
    const { join, ask } = await open();
    const [ada, ben] = [await join(), await join()];
    const question = await ask(ada, 'Whose is this?', { anonymous: true });
    const ownOf = (person: TestClient) => person.feed.getSnapshot().me.own;
    await until('it is her own here', () => ownOf(ada).includes(question.id));
    expect(ownOf(await join({ actorId: ada.id }))).toEqual([question.id]);
    expect([ownOf(ben), ownOf(await join())]).toEqual([[], []]);
  });

  it('shows the author of an anonymous question to moderators only (QUE-10, G7)', async () => {
    const { session, join, ask } = await open();
    const [ada, ben, moderator] = [await join({ name: 'Ada Secret' }), await join(), await join({ role: 'moderator' })];
    const question = await ask(ada, 'Anonymous?', { anonymous: true });
    expect(question.author).toBeNull();
    await until('the question', () => listed(ben, question.id));
    await vote(ben, question);
    const late = await join({ role: 'speaker' });
    const plain = await (await fetch(`${hub.url}/api/sessions/${session.id}/state`)).text();
    for (const heard of [ben.heard.join(), late.heard.join(), plain]) {
      expect(heard).toContain('Anonymous?');
      expect(heard).not.toContain('Ada Secret');
      expect(heard).not.toContain(ada.id);
    }
    const seen = await until('the question', () => listed(moderator, question.id));
    expect(seen.author).toEqual({ id: ada.id, name: 'Ada Secret' });
  });
});

describe('editing and withdrawing', () => {
  it('is free while only the author supports the question (QUE-16)', async () => {
    const { join, ask } = await open();
    const [ada, ben] = [await join(), await join()];
    const question = await ask(ada, 'Who pays?');
    expect(await edit(ada, question, 'Who pays now?')).toMatchObject({
      state: 'approved',
      text: 'Who pays now?',
      edited: true,
    });
    await until('the new text', () => listed(ben, question.id)?.text === 'Who pays now?');
    const before = await stored();
    await edit(ada, question, 'Who pays now?');
    expect(await stored()).toEqual(before);
  });

  it('is for the author, and only in time (QUE-16, QUE-17)', async () => {
    const { session, join, ask } = await open();
    const [ada, ben] = [await join(), await join({ role: 'moderator' })];
    const question = await ask(ada, 'Mine');
    const live = await hub.make.question({ session_id: session.id, author_id: ada.id, state: 'live' });
    const withdraw = (person: TestClient, { id }: { id: string }) =>
      person.client.request('question:withdraw', { questionId: id });
    await refuses(
      'forbidden',
      () => edit(ben, question, 'Yours'),
      () => withdraw(ben, question),
    );
    await refuses(
      'question.not_editable',
      () => edit(ada, live, 'Too late'),
      () => withdraw(ada, live),
    );
    await refuses('not_found', () => edit(ada, { id: newId() }, 'Nothing'));
  });

  it('withdraws for good, and again without harm (QUE-17)', async () => {
    const { join, ask } = await open();
    const [ada, ben, moderator] = [await join(), await join(), await join({ role: 'moderator' })];
    const question = await ask(ada, 'Mine');
    await until('the question', () => listed(ben, question.id));
    const withdraw = () => ada.client.request('question:withdraw', { questionId: question.id });
    expect(await withdraw()).toMatchObject({ state: 'withdrawn' });
    await until('its removal', () => !listed(ben, question.id));
    const before = await stored();
    expect(await withdraw()).toMatchObject({ state: 'withdrawn' });
    expect(await stored()).toEqual(before);
    await refuses('question.state', () =>
      moderator.client.request('question:moderate', { questionId: question.id, action: 'approve' }),
    );
  });

  it('keeps a question into which others were merged (QUE-17)', async () => {
    const { session, join, ask } = await open();
    const ada = await join();
    const question = await ask(ada, 'Kept');
    await hub.make.question({
      session_id: session.id,
      state: 'merged',
      merged_into: question.id,
      state_before_merge: 'approved',
    });
    await refuses('question.not_editable', () => ada.client.request('question:withdraw', { questionId: question.id }));
  });
});

describe('replying', () => {
  it('shows the reply of a speaker or moderator to all; a later one replaces it (QUE-18)', async () => {
    const { join, ask } = await open();
    const [ada, speaker, moderator] = [
      await join(),
      await join({ role: 'speaker', name: 'Sam' }),
      await join({ role: 'moderator', name: 'Mo' }),
    ];
    const question = await ask(ada, 'When?');
    const reply = (person: TestClient, text: string) =>
      person.client.request('question:reply', { questionId: question.id, text });
    await refuses('forbidden', () => reply(ada, 'Me too'));
    expect((await reply(speaker, 'Soon')).reply).toMatchObject({ text: 'Soon', author: 'Sam' });
    await until('the reply', () => listed(ada, question.id)?.reply?.text === 'Soon');
    await reply(moderator, 'On Friday');
    await until('the other reply', () => listed(ada, question.id)?.reply?.author === 'Mo');
    const before = await stored();
    await reply(moderator, 'On Friday');
    expect(await stored()).toEqual(before);
    const { entries } = await moderator.client.request('question:history', { questionId: question.id });
    expect(entries.map(({ action, actor }) => [action, actor])).toEqual([
      ['reply', 'Mo'],
      ['reply', 'Sam'],
    ]);
  });
});

describe('voting', () => {
  it('sets the value, never toggles it, and says when nothing changed (QUE-12)', async () => {
    const { join, ask } = await open();
    const [ada, ben] = [await join(), await join()];
    const question = await ask(ada, 'Who pays?');
    expect(await vote(ben, question)).toMatchObject({ score: 2, duplicate: false });
    const before = await stored();
    expect(await vote(ben, question)).toMatchObject({ score: 2, duplicate: true });
    expect(await stored()).toEqual(before);
    expect(await vote(ben, question, false)).toMatchObject({ score: 1, duplicate: false });
    expect(await vote(ben, question, false)).toMatchObject({ score: 1, duplicate: true });
  });

  it('answers with a version that the feed then reaches with that score (QUE-12)', async () => {
    const { join, ask } = await open();
    const [ada, ben] = [await join(), await join()];
    const question = await ask(ada, 'Who pays?');
    const { version } = await vote(ben, question);
    await until('that version', () => ada.feed.getSnapshot().version >= version);
    expect(listed(ada, question.id)?.score).toBe(2);
  });

  it('counts the author once, who may withdraw the support and give it again (QUE-9)', async () => {
    const { join, ask } = await open();
    const ada = await join();
    const question = await ask(ada, 'Who pays?');
    expect(await vote(ada, question)).toMatchObject({ score: 1, duplicate: true });
    expect(await vote(ada, question, false)).toMatchObject({ score: 0, duplicate: false });
    expect(await vote(ada, question)).toMatchObject({ score: 1, duplicate: false });
    const again = await join({ actorId: ada.id });
    expect(again.feed.getSnapshot().me.votes).toEqual([question.id]);
  });

  it('is refused where it cannot count, and changes nothing (QUE-3, QUE-13)', async () => {
    const { session, join } = await open();
    const [ada, stranger] = [await join(), await hub.make.question()];
    const of = (state: string, overrides = {}) => hub.make.question({ session_id: session.id, state, ...overrides });
    const answered = await of('answered');
    const ownPending = await of('pending', { author_id: ada.id });
    const hidden = await Promise.all(
      ['pending', 'rejected', 'hidden', 'archived', 'withdrawn'].map((state) => of(state)),
    );
    await refuses(
      'question.not_votable',
      () => vote(ada, answered),
      () => vote(ada, ownPending),
    );
    await refuses('not_found', ...[...hidden, stranger, { id: newId() }].map((question) => () => vote(ada, question)));
    const votable = await of('approved');
    await hub.database.query(`UPDATE session SET qa = 'closed' WHERE id = $1`, [session.id]);
    await refuses('question.closed', () => vote(ada, votable));
    await hub.database.query(`UPDATE session SET qa = 'paused' WHERE id = $1`, [session.id]);
    expect(await vote(ada, votable)).toMatchObject({ duplicate: false });
  });

  it('gives each vote of a batch its own answer (QUE-15)', async () => {
    const { session, join } = await open();
    const crowd = await Promise.all(Array.from({ length: 6 }, () => join()));
    const good = await hub.make.question({ session_id: session.id });
    const bad = await hub.make.question({ session_id: session.id, state: 'answered' });
    const codes = await Promise.all(
      crowd.flatMap((person) => [refusal(vote(person, good)), refusal(vote(person, bad))]),
    );
    expect(codes.filter((code) => code === 'allowed')).toHaveLength(6);
    expect(codes.filter((code) => code === 'question.not_votable')).toHaveLength(6);
    expect(await wrongTotals(hub.database)).toEqual([]);
  });

  it('is asked also by the neighbours of people who flood (QUE-20, ERR-2)', async () => {
    const limited = await startHub({ env: { LIMITS: 'on', LIMIT_FACTOR: '0.1' } });
    try {
      const session = await limited.make.session();
      const { join, leave } = testClients(limited, session);
      const [ada, ben, eve] = [await join(), await join(), await join()];
      const ask = ({ client }: TestClient, n: number) =>
        client.request('question:ask', { id: newId(), sessionId: session.id, text: `Question ${n}` }, SOON);
      const flood = Array.from({ length: 70 }, (_, n) => ask(n % 2 ? ada : eve, n));
      const asked = (await Promise.allSettled(flood)).filter(({ status }) => status === 'fulfilled');
      expect(asked).toHaveLength(2);
      expect(await ask(ben, 100)).toMatchObject({ text: 'Question 100' });
      leave();
    } finally {
      await limited.close();
    }
  });

  it('is limited per actor, like asking (QUE-20, SEC-53)', async () => {
    const limited = await startHub({ env: { LIMITS: 'on', LIMIT_FACTOR: '0.2' } });
    try {
      const session = await limited.make.session();
      const { join, leave } = testClients(limited, session);
      const ada = await join();
      const ask = (n: number) =>
        ada.client.request('question:ask', { id: newId(), sessionId: session.id, text: `Question ${n}` }, SOON);
      await ask(1);
      await ask(2);
      await expect(ask(3)).rejects.toMatchObject({ code: 'rate.limited', retryAfter: expect.any(Number) });
      leave();
    } finally {
      await limited.close();
    }
  });
});
