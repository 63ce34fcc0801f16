import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { newId } from '#libs/client/new-id';
import { snapshot } from '#libs/contract/feed';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { type Connected, testClients, type TestClient } from '../../support/clients/test-clients.js';
import { until } from '../../support/until.js';

let hub: TestHub;
let session: { id: string; event_id?: unknown };
let crowd: ReturnType<typeof testClients>;
beforeAll(async () => (hub = await startHub({ nodes: 2 })), 60_000);
afterAll(() => hub?.close(), 30_000);
beforeEach(async () => {
  session = await hub.make.session();
  crowd = testClients(hub, session);
});
afterEach(() => crowd.leave());

const there = () => hub.nodes[1]!.url;
const ask = ({ client }: Connected, text = 'Who pays?') =>
  client.request('question:ask', { id: newId(), sessionId: session.id, text });
const join = ({ client }: Connected, since?: number) =>
  client.request('session:join', { sessionId: session.id, ...(since !== undefined && { since }) });
const closed = (person: Connected) => until('the end of a connection', () => isClosed(person));
const isClosed = ({ client }: Connected) => {
  const state = client.connection.getSnapshot();
  return state.status === 'closed' && state.reason;
};

describe('joining', () => {
  it("answers a snapshot with its version, the view and what is the actor's own (FEED-1)", async () => {
    const [author, voter] = [await crowd.join(), await crowd.connect()];
    const question = await ask(author);
    await voter.client.vote(question.id, true);
    const joined = await join(voter);
    expect(joined).toMatchObject({ view: 'audience', me: { votes: [question.id], ballots: {}, questions: [] } });
    expect(snapshot.parse(joined.snapshot).questions).toMatchObject([{ id: question.id, score: 2 }]);
    expect(joined.frames).toBeUndefined();
    expect(Math.abs(Date.parse(joined.serverTime) - Date.now())).toBeLessThan(5_000);
  });

  it('answers one frame from since to now (FEED-1)', async () => {
    const author = await crowd.join();
    await ask(author, 'Who pays?');
    const { version } = await join(author);
    const second = await ask(author, 'Who learns?');
    const { frames, ...joined } = await join(author, version);
    expect(joined.snapshot).toBeUndefined();
    expect(frames).toMatchObject([{ from: version, version: joined.version, questions: [{ id: second.id }] }]);
  });

  it('answers a snapshot to a since from another history (FEED-1)', async () => {
    const joined = await join(await crowd.connect(), 1_000_000);
    expect(joined.snapshot).toBeDefined();
    expect(joined.version).toBeLessThan(1_000_000);
  });

  it('is for people of the event only, and reveals nothing to others, as for a session that does not exist (FEED-10)', async () => {
    const stranger = await testClients(hub, await hub.make.session()).connect();
    const refusals = [
      await join(stranger).catch((error: unknown) => error),
      await stranger.client.request('session:join', { sessionId: randomUUID() }).catch((error: unknown) => error),
    ] as { code: string; message: string }[];
    expect(refusals[0]).toMatchObject({ code: 'not_found' });
    expect(refusals[0]!.message).toBe(refusals[1]!.message);
    stranger.client.close();
  });
});

describe('answers', () => {
  it('come to every request with an ack, also unknown and malformed ones (FEED-7)', async () => {
    const { token } = await crowd.connect();
    const socket = io(hub.url, { auth: { token }, transports: ['websocket'], forceNew: true });
    const answer = (name: string, ...payload: unknown[]): Promise<unknown> =>
      socket.timeout(3_000).emitWithAck(name, ...payload);
    const invalid = (field?: string) => ({ ok: false, error: { code: 'request.invalid', ...(field && { field }) } });
    expect(await answer('no:such', {})).toMatchObject(invalid());
    expect(await answer('session:join')).toMatchObject(invalid());
    expect(await answer('session:join', null)).toMatchObject(invalid());
    expect(await answer('session:join', { sessionId: 'x' })).toMatchObject(invalid('sessionId'));
    expect(await answer('question:vote', { questionId: randomUUID(), value: 'yes' })).toMatchObject(invalid('value'));
    expect(await answer('session:leave', { sessionId: session.id })).toEqual({ ok: true, data: {} });
    socket.disconnect();
  });
});

describe('frames', () => {
  it('bring what one node acknowledged to the people of the other, as scores alone where only a score changed (FEED-2, FEED-4)', async () => {
    const [author, reader] = [await crowd.join(), await crowd.join({ url: there() })];
    const question = await ask(author);
    await until('the question', () => reader.feed.getSnapshot().questions.length === 1);
    await (await crowd.connect()).client.vote(question.id, true);
    await until('the score', () => reader.feed.getSnapshot().questions[0]!.score === 2);
    const told = reader.heard.filter((message) => message.includes('session:frame') && message.includes('"scores"'));
    expect(told).toHaveLength(1);
    expect(told[0]).not.toContain(question.text);
  });

  it('bring the number of viewers over all nodes (FEED-8)', async () => {
    const persons: TestClient[] = [await crowd.join(), await crowd.join(), await crowd.join({ url: there() })];
    await until('three viewers', () => persons.every(({ feed }) => feed.getSnapshot().viewers === 3), 15_000);
  }, 30_000);

  it('bring results to all pages of a person who has voted (FEED-6)', async () => {
    const moderator = await crowd.join({ role: 'moderator' });
    const poll = {
      id: newId(),
      sessionId: session.id,
      question: 'Where?',
      type: 'single' as const,
      options: ['Here', 'There'],
    };
    const made = await moderator.client.request('poll:create', { ...poll, results: 'after_vote', changeable: false });
    await moderator.client.request('poll:open', { pollId: poll.id });
    const phone = await crowd.join();
    const laptop = await crowd.join({ actorId: phone.id, url: there() });
    const other = await crowd.join();
    const tally = ({ feed }: TestClient) => feed.getSnapshot().polls[0]?.tally;
    await until('the poll', () => [phone, laptop, other].every(({ feed }) => feed.getSnapshot().polls.length === 1));
    await phone.feed.answer(poll.id, { choices: [made.poll.options[0]!.id] });
    expect(tally(phone)).toMatchObject({ ballots: 1 });
    await until('the tally on the other page', () => tally(laptop)?.ballots === 1);
    expect(tally(other)).toBeUndefined();
  });
});

describe('the state over HTTP', () => {
  const read = (headers: Record<string, string> = {}) =>
    fetch(`${hub.url}/api/sessions/${session.id}/state`, { headers });

  it('is what the audience joins with, and says when it is unchanged (FEED-9)', async () => {
    const person = await crowd.connect();
    await ask(person);
    const first = await read();
    expect(first.headers.get('cache-control')).toContain('max-age=1');
    expect(await first.json()).toEqual((await join(await crowd.connect())).snapshot);
    expect((await read({ 'If-None-Match': first.headers.get('etag')! })).status).toBe(304);
  });

  it('has the viewers of all nodes, also on one where nobody looks (FEED-8, FEED-9)', async () => {
    await Promise.all([crowd.join(), crowd.join()]);
    const state = async () => (await fetch(`${there()}/api/sessions/${session.id}/state`)).json();
    await until('two viewers', async () => ((await state()) as { viewers: number }).viewers === 2);
  }, 15_000);

  it('has a tag that reveals nothing of hidden content (FEED-9, G7)', async () => {
    session = await hub.make.session({ premoderated: true });
    crowd = testClients(hub, session);
    const before = (await read()).headers.get('etag')!;
    await ask(await crowd.connect(), 'A question that waits');
    expect((await read({ 'If-None-Match': before })).status).toBe(304);
  });
});

describe('a connection', () => {
  it('ends with its token (FEED-11)', async () => {
    const signedInAt = new Date(Date.now() - 24 * 3_600_000 + 2_000);
    expect(await closed(await crowd.join({ signedInAt }))).toBe('expired');
  }, 20_000);

  it('ends with a sign-out, but for other sign-ins of the same person (FEED-11)', async () => {
    const person = await crowd.join({ url: there() });
    const other = await crowd.join({ actorId: person.id });
    await fetch(`${hub.url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${person.token}` },
    });
    expect(await closed(person)).toBe('signed_out');
    expect(other.client.connection.getSnapshot().status).toBe('connected');
  });

  it('ends with a ban on every node within two seconds, and is not let in again (FEED-11)', async () => {
    const moderator = await crowd.join({ role: 'moderator' });
    const pages = [await crowd.join()];
    pages.push(await crowd.join({ actorId: pages[0]!.id, url: there() }));
    const ban = { sessionId: session.id, actorId: pages[0]!.id, restriction: 'ban' as const };
    await moderator.client.request('actor:restrict', ban);
    await until('both ends', () => pages.every((page) => isClosed(page) === 'banned'), 2_000);
    pages[0]!.client.connect();
    expect(await closed(pages[0]!)).toBe('actor.banned');
  });

  it('is told that the node restarts, and when to come back (FEED-11)', async () => {
    const person = await crowd.join({ url: there() });
    await hub.nodes[1]!.close();
    const state = await until('the loss', () => {
      const now = person.client.connection.getSnapshot();
      return now.status === 'reconnecting' && now;
    });
    expect(state).toMatchObject({ reason: 'restart', attempt: 1 });
    expect(state.retryAt).toBeGreaterThan(Date.now());
  });
});
