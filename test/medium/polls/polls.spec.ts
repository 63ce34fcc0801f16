import { randomUUID } from 'node:crypto';
import { createPoll as savePoll } from '#libs/client/save-poll';
import { type Poll } from '#libs/contract/poll';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients, type TestClient } from '../../support/clients/test-clients.js';
import { createPoll, openPoll } from '../../support/clients/polls.js';
import { until } from '../../support/until.js';

let hub: TestHub;
let session: { id: string; event_id?: unknown };
let crowd: ReturnType<typeof testClients>;
let moderator: TestClient;
beforeAll(async () => (hub = await startHub()), 60_000);
afterAll(() => hub?.close(), 30_000);
beforeEach(async () => {
  session = await hub.make.session();
  crowd = testClients(hub, session);
  moderator = await crowd.join({ role: 'moderator' });
});
afterEach(() => crowd.leave());

const act = async (name: 'close' | 'publish' | 'reset' | 'archive', { id }: Poll, by = moderator) =>
  (await by.client.request(`poll:${name}`, { pollId: id })).poll;
const answer = (person: TestClient, poll: Poll, place = 0) =>
  person.client.request('poll:answer', { pollId: poll.id, choices: [poll.options[place]!.id] });
const seenBy = (person: TestClient, { id }: Poll) => person.feed.getSnapshot().polls.find((poll) => poll.id === id);
const version = async () =>
  (await hub.database.query<{ version: string }>(`SELECT version FROM session WHERE id = $1`, [session.id]))[0]!
    .version;

describe('running polls', () => {
  it('is for moderators of the session only, and says nothing to outsiders (POLL-1)', async () => {
    const poll = await createPoll(moderator, session.id);
    const attendee = await crowd.join();
    const others = testClients(hub, await hub.make.session());
    try {
      const elsewhere = await others.join({ role: 'moderator' });
      await expect(act('close', poll, attendee)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(createPoll(attendee, session.id)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(act('close', poll, elsewhere)).rejects.toMatchObject({ code: 'not_found' });
      await expect(createPoll(elsewhere, session.id)).rejects.toMatchObject({ code: 'not_found' });
      await expect(answer(elsewhere, poll)).rejects.toMatchObject({ code: 'not_found' });
      await expect(act('close', { ...poll, id: randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
    } finally {
      others.leave();
    }
  });

  it('reaches everybody with its question and options in each language (POLL-35)', async () => {
    const attendee = await crowd.join();
    const poll = await createPoll(moderator, session.id);
    const fr = { question: 'Laquelle ?', options: poll.options.map((_, index) => `Choix ${index + 1}`) };
    await moderator.client.request('poll:update', { pollId: poll.id, translations: { fr } });
    await moderator.client.request('poll:open', { pollId: poll.id });
    await until('the open poll', () => seenBy(attendee, poll));
    expect(seenBy(attendee, poll)).toMatchObject({ translations: { fr } });
    await expect(
      moderator.client.request('poll:update', { pollId: poll.id, translations: { fr: { options: ['Un'] } } }),
    ).rejects.toMatchObject({ code: 'request.invalid' });
    await answer(attendee, poll);
    await expect(moderator.client.request('poll:update', { pollId: poll.id, translations: {} })).rejects.toMatchObject({
      code: 'poll.frozen',
    });
  });

  it('may be granted for one session (POLL-1)', async () => {
    const other = await hub.make.session({ event_id: session.event_id });
    const person = await crowd.join({ role: 'attendee' });
    await hub.make.grant({
      actor_id: person.id,
      event_id: session.event_id,
      session_id: session.id,
      role: 'moderator',
    });
    person.client.close();
    const granted = await crowd.join({ actorId: person.id });
    await expect(createPoll(granted, session.id)).resolves.toMatchObject({ state: 'draft' });
    await expect(createPoll(granted, other.id)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('refuses what nobody could answer, with the field, and keeps nothing of it (POLL-2)', async () => {
    const id = randomUUID();
    await expect(createPoll(moderator, session.id, { id, type: 'quiz' })).rejects.toMatchObject({ field: 'type' });
    await expect(createPoll(moderator, session.id, { id, options: ['One'] })).rejects.toMatchObject({
      field: 'options',
    });
    await expect(act('close', { id } as Poll)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('makes the steps of a rating (POLL-2)', async () => {
    const poll = await createPoll(moderator, session.id, { type: 'rating', options: [], min: 0, max: 10 });
    expect(poll.options.map(({ text }) => text)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(poll.tally).toEqual({ ballots: 0, counts: poll.options.map(({ id }) => [id, 0]) });
  });

  it('creates a poll once, however often it is asked (POLL-3)', async () => {
    const poll = await createPoll(moderator, session.id);
    const before = await version();
    await expect(createPoll(moderator, session.id, { id: poll.id })).resolves.toEqual(poll);
    expect(await version()).toBe(before);
    const other = await hub.make.session({ event_id: session.event_id });
    await expect(createPoll(moderator, other.id, { id: poll.id })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('refuses its id with another content, and what its type does not use is none (POLL-3)', async () => {
    const poll = await createPoll(moderator, session.id);
    const before = await version();
    const again = (more: Parameters<typeof createPoll>[2]) =>
      createPoll(moderator, session.id, { id: poll.id, ...more });
    await expect(again({ max: 2 })).resolves.toEqual(poll);
    for (const other of [{ question: 'Another?' }, { options: ['Tram', 'Bus'] }, { changeable: !poll.changeable }])
      await expect(again(other)).rejects.toMatchObject({ code: 'conflict', field: 'id' });
    expect(await version()).toBe(before);
  });

  it('keeps the newest words of a moderator whose earlier attempt was not answered (POLL-30)', async () => {
    const { id, question: _, ...made } = await createPoll(moderator, session.id);
    const options = made.options.map(({ text }) => text);
    const content = { id, sessionId: session.id, ...made, options, question: 'Which way?' };
    const { poll } = await savePoll(moderator.client, content);
    expect(poll).toMatchObject({ id, question: 'Which way?' });
    expect(await hub.database.query(`SELECT id FROM poll WHERE session_id = $1`, [session.id])).toHaveLength(1);
  });

  it('goes from draft to open to closed to archived, and each act only where it belongs (POLL-4)', async () => {
    const poll = await createPoll(moderator, session.id);
    const open = (endsAt?: string) => moderator.client.request('poll:open', { pollId: poll.id, endsAt });
    await expect(act('close', poll)).rejects.toMatchObject({ code: 'poll.state' });
    await expect(act('publish', poll)).rejects.toMatchObject({ code: 'poll.state' });
    expect((await open()).poll).toMatchObject({ state: 'open', round: 1, openedAt: expect.any(String) });
    await expect(act('archive', poll)).rejects.toMatchObject({ code: 'poll.state' });
    expect(await act('close', poll)).toMatchObject({ state: 'closed', closedAt: expect.any(String) });
    await expect(open()).rejects.toMatchObject({ code: 'poll.state' });
    expect(await act('publish', poll)).toMatchObject({ published: true, publishedAt: expect.any(String) });
    expect(await act('archive', poll)).toMatchObject({ state: 'archived' });
    await expect(act('reset', poll)).rejects.toMatchObject({ code: 'poll.state' });
    const update = moderator.client.request('poll:update', { pollId: poll.id, changeable: false });
    await expect(update).rejects.toMatchObject({ code: 'poll.state' });
  });

  it('changes and records nothing when an act holds already (POLL-5)', async () => {
    const poll = await openPoll(moderator, session.id);
    await act('close', poll);
    await act('publish', poll);
    const before = await version();
    await Promise.all([act('close', poll), act('publish', poll)]);
    await moderator.client.request('poll:update', { pollId: poll.id, question: poll.question, changeable: true });
    expect(await version()).toBe(before);
    const reset = await act('reset', poll);
    await expect(act('reset', poll)).resolves.toEqual(reset);
  });

  it('records who did what (POLL-18)', async () => {
    const poll = await openPoll(moderator, session.id);
    for (const name of ['close', 'publish', 'reset', 'archive'] as const) await act(name, poll);
    const rows = await hub.database.query(`SELECT action, actor_id FROM moderation WHERE poll_id = $1 ORDER BY id`, [
      poll.id,
    ]);
    const acts = ['poll.create', 'poll.open', 'poll.close', 'poll.publish', 'poll.reset', 'poll.archive'];
    expect(rows).toEqual(acts.map((action) => ({ action, actor_id: moderator.id })));
  });
});

describe('changing polls', () => {
  it('is free until the first ballot and gives edited options new ids (POLL-6)', async () => {
    const poll = await openPoll(moderator, session.id);
    const changed = await moderator.client.request('poll:update', {
      pollId: poll.id,
      question: 'Really?',
      options: ['A', 'B'],
    });
    expect(changed.poll).toMatchObject({ question: 'Really?', options: [{ text: 'A' }, { text: 'B' }] });
    const attendee = await crowd.join();
    await expect(answer(attendee, poll)).rejects.toMatchObject({ code: 'request.invalid', field: 'choices' });
    await expect(answer(attendee, changed.poll)).resolves.toMatchObject({ poll: { tally: { ballots: 1 } } });
  });

  it('is frozen after the first ballot, also in later rounds; changeable is not (POLL-6)', async () => {
    const poll = await openPoll(moderator, session.id);
    await answer(await crowd.join(), poll);
    const update = (patch: object) => moderator.client.request('poll:update', { pollId: poll.id, ...patch });
    await expect(update({ question: 'Other?' })).rejects.toMatchObject({ code: 'poll.frozen', field: 'question' });
    await expect(update({ options: ['A', 'B'] })).rejects.toMatchObject({ code: 'poll.frozen', field: 'options' });
    await expect(update({ results: 'manual' })).rejects.toMatchObject({ code: 'poll.frozen', field: 'results' });
    await expect(update({ changeable: false })).resolves.toMatchObject({ poll: { changeable: false } });
    await act('reset', poll);
    await expect(update({ question: 'Other?' })).rejects.toMatchObject({ code: 'poll.frozen', field: 'question' });
    await expect(update({ results: 'manual' })).resolves.toMatchObject({ poll: { results: 'manual' } });
  });

  it('starts a new round and keeps the old one (POLL-7)', async () => {
    const poll = await openPoll(moderator, session.id);
    const attendee = await crowd.join();
    await answer(attendee, poll, 1);
    await act('publish', poll);
    expect(await act('reset', poll)).toMatchObject({
      state: 'draft',
      round: 2,
      published: false,
      tally: { ballots: 0 },
    });
    await moderator.client.request('poll:open', { pollId: poll.id });
    const again = await answer(attendee, poll, 2);
    expect(again).toMatchObject({ duplicate: false, poll: { round: 2, tally: { ballots: 1 } } });
    const rounds = await hub.database.query(`SELECT round, ballots FROM poll_round WHERE poll_id = $1 ORDER BY round`, [
      poll.id,
    ]);
    expect(rounds).toEqual([
      { round: 1, ballots: 1 },
      { round: 2, ballots: 1 },
    ]);
    const counts = await hub.database.query(
      `SELECT round, option_id FROM poll_count WHERE poll_id = $1 AND n > 0 ORDER BY round`,
      [poll.id],
    );
    expect(counts).toEqual([
      { round: 1, option_id: poll.options[1]!.id },
      { round: 2, option_id: poll.options[2]!.id },
    ]);
  });
});

describe('seeing polls', () => {
  it('shows the audience open and closed polls, and takes them away again (POLL-8, G7)', async () => {
    const attendee = await crowd.join();
    const poll = await createPoll(moderator, session.id, { question: 'A secret draft?' });
    await until('the draft at the moderator', () => seenBy(moderator, poll));
    await moderator.client.request('poll:open', { pollId: poll.id });
    await until('the open poll', () => seenBy(attendee, poll)?.state === 'open');
    await act('reset', poll);
    await until('no poll after a reset', () => !seenBy(attendee, poll));
    await moderator.client.request('poll:open', { pollId: poll.id });
    await until('the poll again', () => seenBy(attendee, poll)?.round === 2);
    await act('close', poll);
    await act('archive', poll);
    await until('no poll in the archive', () => !seenBy(attendee, poll));
    expect(seenBy(moderator, poll)).toBeDefined();
    const late = await crowd.join();
    expect(late.feed.getSnapshot().polls).toEqual([]);
  });

  it('never sends a draft to the audience, not even its id (POLL-8, G7)', async () => {
    const attendee = await crowd.join();
    const draft = await createPoll(moderator, session.id, { question: 'A secret draft?' });
    await act('archive', draft);
    const witness = await openPoll(moderator, session.id);
    await until('what came later', () => seenBy(attendee, witness));
    expect(attendee.heard.join()).not.toContain('A secret draft?');
    expect(attendee.heard.join()).not.toContain(draft.id);
  });

  it('keeps hidden results from the audience on the wire until they are published (POLL-9, G7)', async () => {
    const [attendee, speaker] = [await crowd.join(), await crowd.join({ role: 'speaker' })];
    const poll = await openPoll(moderator, session.id, { results: 'manual' });
    expect((await answer(attendee, poll)).poll.tally).toBeUndefined();
    await until('the tally at the speaker', () => seenBy(speaker, poll)?.tally?.ballots === 1);
    await act('close', poll);
    await until('the closed poll', () => seenBy(attendee, poll)?.state === 'closed');
    expect(attendee.heard.join()).not.toContain('"tally"');
    await act('publish', poll);
    await until('the published tally', () => seenBy(attendee, poll)?.tally?.ballots === 1);
  });

  it('takes the results back when their publishing is taken back (POLL-36, G7)', async () => {
    const attendee = await crowd.join();
    const poll = await openPoll(moderator, session.id, { results: 'manual' });
    await answer(attendee, poll);
    await act('close', poll);
    await act('publish', poll);
    await until('the published tally', () => seenBy(attendee, poll)?.tally?.ballots === 1);
    const publish = (by: TestClient) => by.client.request('poll:publish', { pollId: poll.id, published: false });
    await expect(publish(attendee)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await publish(moderator)).poll.published).toBe(false);
    await until('the tally gone', () => seenBy(attendee, poll)?.tally === undefined);
    const before = await version();
    await publish(moderator);
    expect(await version()).toBe(before);
    expect((await crowd.join()).feed.getSnapshot().polls[0]?.tally).toBeUndefined();
  });

  it('shows results on close (POLL-9)', async () => {
    const attendee = await crowd.join();
    const poll = await openPoll(moderator, session.id, { results: 'on_close' });
    expect((await answer(attendee, poll)).poll.tally).toBeUndefined();
    await act('close', poll);
    await until('the tally', () => seenBy(attendee, poll)?.tally?.ballots === 1);
  });

  it('keeps the order in which polls were made, and returns own ballots as they were sent (POLL-19)', async () => {
    const first = await openPoll(moderator, session.id, { type: 'rating', options: [] });
    const second = await openPoll(moderator, session.id, { type: 'multiple' });
    const third = await openPoll(moderator, session.id);
    const choices = [second.options[2]!.id, second.options[0]!.id];
    const attendee = await crowd.join();
    await attendee.client.request('poll:answer', { pollId: first.id, rating: 4 });
    await attendee.client.request('poll:answer', { pollId: second.id, choices });
    const { feed } = await crowd.join({ actorId: attendee.id });
    expect(feed.getSnapshot().polls.map(({ id }) => id)).toEqual([first.id, second.id, third.id]);
    expect(feed.getSnapshot().me.ballots).toEqual({ [first.id]: { rating: 4 }, [second.id]: { choices } });
    await act('reset', first);
    const { feed: later } = await crowd.join({ actorId: attendee.id });
    expect(Object.keys(later.getSnapshot().me.ballots)).toEqual([second.id]);
  });
});
