import { jest } from '@jest/globals';
import { FakeSocket } from '../../test/support/clients/fake-socket.js';
import { type ClientOptions, createClient } from './client.js';

const QUESTION = '0b7f3c1e-0000-4000-8000-000000000001';
const VOTED = { ok: true, data: { score: 1, version: 7, duplicate: false } };
const refused = (code: string, more: object = {}) => ({ ok: false, error: { code, message: code, ...more } });

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());
const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

function setUp(options: Partial<ClientOptions> = {}) {
  const socket = new FakeSocket();
  const client = createClient({ url: 'http://hub.test', open: socket.open, ...options });
  return { socket, client, state: () => client.connection.getSnapshot() };
}

async function connected(options: Partial<ClientOptions> = {}) {
  const parts = setUp(options);
  parts.client.connect();
  await pass(0);
  return parts;
}

const vote = (client: ReturnType<typeof createClient>, options = {}) =>
  client.request('question:vote', { questionId: QUESTION, value: true }, options);

describe('a connection that is open in name only', () => {
  it('is looked at when the device wakes, and kept where it lives (FEED-33)', async () => {
    const { client, socket, state } = await connected();
    client.wake();
    await pass(3_000);
    expect([socket.checks, socket.connects, state().status]).toEqual([1, 1, 'connected']);
  });

  it('is replaced within 2.5 seconds of waking (FEED-33)', async () => {
    const { client, socket, state } = await connected();
    socket.isDead = true;
    client.wake();
    await pass(2_500);
    expect([socket.connects, state().status]).toEqual([2, 'connected']);
    await pass(10_000);
    expect(socket.connects).toBe(2);
  });

  it('counts as alive while anything comes from the server (FEED-33)', async () => {
    const { client, socket } = await connected();
    socket.isDead = true;
    client.wake();
    await pass(1_000);
    socket.hear('session:frame', { sessionId: 's', from: 0, version: 1 });
    await pass(10_000);
    expect(socket.connects).toBe(1);
  });

  it('is found by a request without an answer (FEED-34)', async () => {
    const { client, socket } = await connected();
    socket.isDead = true;
    const answer = vote(client);
    await pass(5_000 + 2_500 + 1_000);
    expect(socket.connects).toBe(2);
    await pass(1_000);
    socket.sent.at(-1)!.answer(VOTED);
    expect(await answer).toEqual(VOTED.data);
  });

  it('is kept when a busy server leaves one request unanswered (FEED-34)', async () => {
    const { client, socket } = await connected();
    void vote(client).catch(() => undefined);
    await pass(12_000);
    expect(socket.checks).toBeGreaterThan(0);
    expect(socket.connects).toBe(1);
    client.close();
    await pass(0);
  });

  it('is found by silence, and asked nothing while the server speaks (FEED-34)', async () => {
    const { socket } = await connected({ silence: () => 5_000 });
    for (let second = 0; second < 20; second += 1) {
      socket.hear('session:frame', { sessionId: 's', from: second, version: second + 1 });
      await pass(1_000);
    }
    expect(socket.checks).toBe(0);
    await pass(4_000);
    expect([socket.checks, socket.connects]).toEqual([1, 1]);
    socket.isDead = true;
    await pass(5_000 + 2_500 + 1_000);
    expect(socket.connects).toBe(2);
  });

  it('leaves a connection alone that has ended, and tries at once where one is being opened (FEED-33)', async () => {
    const { client, socket } = await connected();
    socket.whenConnecting = () => {};
    socket.drop();
    await pass(1_000);
    expect(socket.connects).toBe(2);
    client.wake();
    await pass(0);
    expect(socket.connects).toBe(3);
    client.close();
    client.wake();
    await pass(5_000);
    expect(socket.connects).toBe(3);
  });
});

describe('a request', () => {
  it('is answered with the data of its ack', async () => {
    const { client, socket } = await connected();
    socket.answering = () => VOTED;
    expect(await vote(client)).toEqual(VOTED.data);
  });

  it('waits for the connection instead of failing', async () => {
    const { client, socket } = setUp();
    socket.answering = () => VOTED;
    socket.whenConnecting = () => {};
    client.connect();
    const answer = vote(client);
    await pass(2_000);
    expect(socket.sent).toHaveLength(0);
    socket.accept();
    expect(await answer).toEqual(VOTED.data);
  });

  it('is sent again, the same, when no answer came in time (G6, FEED-23)', async () => {
    const { client, socket } = await connected();
    const answer = vote(client);
    await pass(5_000 + 300);
    expect(socket.sent).toHaveLength(2);
    expect(socket.sent[1]!.payload).toEqual(socket.sent[0]!.payload);
    socket.sent[1]!.answer(VOTED);
    expect(await answer).toEqual(VOTED.data);
  });

  it('is sent again after the connection broke in its flight (G6, FEED-23)', async () => {
    const { client, socket } = await connected();
    const answer = vote(client);
    await pass(0);
    socket.drop();
    await pass(1_500);
    expect(socket.sent).toHaveLength(2);
    socket.sent[1]!.answer(VOTED);
    expect(await answer).toEqual(VOTED.data);
  });

  it('is sent again when the server is busy, and not before it said (FEED-23)', async () => {
    const { client, socket } = await connected();
    socket.answering = () => (socket.sent.length < 3 ? refused('rate.limited', { retryAfter: 2 }) : VOTED);
    const answer = vote(client);
    await pass(1_999);
    expect(socket.sent).toHaveLength(1);
    await pass(2_000 + 300 + 600);
    expect(await answer).toEqual(VOTED.data);
    expect(socket.sent).toHaveLength(3);
  });

  it('rejects at once with what the server refused, and its field', async () => {
    const { client, socket } = await connected();
    socket.answering = () => refused('request.invalid', { field: 'text', requestId: 'r1' });
    await expect(vote(client)).rejects.toMatchObject({ code: 'request.invalid', field: 'text', requestId: 'r1' });
    expect(socket.sent).toHaveLength(1);
  });

  it('gives up as unreachable after its time, and with the last refusal when there was one', async () => {
    const { client, socket } = await connected();
    const silent = expect(vote(client, { within: 12_000 })).rejects.toMatchObject({ code: 'unreachable' });
    await pass(12_000);
    await silent;
    socket.answering = () => refused('rate.limited', { retryAfter: 30 });
    await expect(vote(client, { within: 12_000 })).rejects.toMatchObject({ code: 'rate.limited', retryAfter: 30 });
  });

  it('can be aborted while it waits for an answer, a pause or a connection', async () => {
    for (const prepare of [
      () => undefined,
      (socket: FakeSocket) => (socket.answering = () => refused('busy', { retryAfter: 5 })),
      (socket: FakeSocket) => ((socket.whenConnecting = () => {}), socket.drop()),
    ]) {
      jest.clearAllTimers();
      const { client, socket } = await connected();
      prepare(socket);
      const giveUp = new AbortController();
      const outcome = expect(vote(client, { signal: giveUp.signal })).rejects.toMatchObject({ code: 'aborted' });
      await pass(100);
      giveUp.abort();
      await outcome;
      expect(jest.getTimerCount()).toBeLessThanOrEqual(2); // the fake socket's own timeout and the reconnect
    }
  });

  it('rejects as closed, with the reason, once the connection has ended for good', async () => {
    const { client, socket } = await connected();
    const flying = expect(vote(client)).rejects.toMatchObject({ code: 'closed', reason: 'banned' });
    socket.hear('connection:closing', { reason: 'banned', reconnectAfter: null });
    socket.drop('io server disconnect');
    await pass(300);
    await flying;
    await expect(vote(client)).rejects.toMatchObject({ code: 'closed', reason: 'banned' });
  });
});

describe('votes and ballots', () => {
  it('are sent one at a time per question, and only the newest wish (FEED-23)', async () => {
    const { client, socket } = await connected();
    const wishes = [true, false, true, false].map((value) => client.vote(QUESTION, value));
    await pass(0);
    expect(socket.sent.map(({ payload }) => payload.value)).toEqual([true]);
    socket.answering = () => VOTED;
    socket.sent[0]!.answer(VOTED);
    const outcomes = await Promise.all(wishes);
    expect(socket.sent.map(({ payload }) => payload.value)).toEqual([true, false]);
    expect(outcomes.map(({ value }) => value)).toEqual([true, false, false, false]);
  });

  it('never let the retry of an old ballot overtake a changed one', async () => {
    const { client, socket } = await connected();
    void client.answer({ pollId: QUESTION, rating: 1 });
    void client.answer({ pollId: QUESTION, rating: 5 });
    await pass(5_300);
    expect(socket.sent.map(({ payload }) => payload.rating)).toEqual([1, 1]);
    socket.answering = () => ({ ok: true, data: {} });
    socket.sent[1]!.answer({ ok: true, data: {} });
    await pass(0);
    expect(socket.sent.map(({ payload }) => payload.rating)).toEqual([1, 1, 5]);
  });
});

describe('the connection', () => {
  it('asks for the token again at each attempt', async () => {
    let made = 0;
    const { socket } = await connected({ token: () => Promise.resolve(`token ${++made}`) });
    expect(socket.auth).toEqual({ token: 'token 1', protocol: 2 });
    socket.drop();
    await pass(1_000);
    expect(socket.auth).toEqual({ token: 'token 2', protocol: 2 });
  });

  it('tries again later when the token cannot be had', async () => {
    let isUp = false;
    const { socket, state } = await connected({
      token: async () => (isUp ? 'token' : Promise.reject(new Error('offline'))),
    });
    expect(state()).toMatchObject({ status: 'reconnecting', attempt: 1 });
    expect(socket.connects).toBe(0);
    isUp = true;
    await pass(1_000);
    expect(state()).toEqual({ status: 'connected' });
  });

  it('comes back by itself within a second after a loss, and later and later when nobody is there', async () => {
    const { socket, state } = await connected();
    socket.whenConnecting = () => socket.refuse();
    socket.drop();
    expect(state()).toMatchObject({ status: 'reconnecting', attempt: 1, reason: 'transport close' });
    await pass(199);
    expect(socket.connects).toBe(1);
    await pass(801);
    expect(socket.connects).toBeGreaterThanOrEqual(2);
    await pass(60_000);
    expect(socket.connects).toBeGreaterThanOrEqual(8);
    socket.whenConnecting = () => socket.accept();
    await pass(10_000);
    expect(state()).toEqual({ status: 'connected' });
  });

  it('tries at once when it is told that the network is back, and only once at a time', async () => {
    const { client, socket, state } = await connected();
    socket.whenConnecting = () => socket.refuse();
    socket.drop();
    await pass(30_000);
    socket.whenConnecting = () => {};
    const before = socket.connects;
    client.wake();
    client.wake();
    await pass(0);
    expect(socket.connects).toBe(before + 1);
    socket.accept();
    expect(state()).toEqual({ status: 'connected' });
  });

  it('stays closed when the network is back after it was closed', async () => {
    const { client, socket, state } = await connected();
    client.close();
    client.wake();
    await pass(10_000);
    expect(state()).toEqual({ status: 'closed', reason: 'left' });
    expect(socket.connects).toBe(1);
  });

  it.each(['auth.required', 'auth.expired', 'actor.banned', 'auth.origin_refused'])(
    'stays closed when refused with %s, until it is opened again',
    async (code) => {
      const { client, socket, state } = setUp();
      socket.whenConnecting = () => socket.refuse({ code });
      client.connect();
      await pass(120_000);
      expect(state()).toEqual({ status: 'closed', reason: code });
      expect(socket.connects).toBe(1);
      socket.whenConnecting = () => socket.accept();
      client.connect();
      await pass(0);
      expect(state()).toEqual({ status: 'connected' });
    },
  );

  it('waits as long as a busy server asks', async () => {
    const { client, socket, state } = setUp();
    socket.whenConnecting = () => socket.refuse({ code: 'busy', retryAfter: 4 });
    client.connect();
    await pass(3_999);
    expect(socket.connects).toBe(1);
    socket.whenConnecting = () => socket.accept();
    await pass(3_001);
    expect(state()).toEqual({ status: 'connected' });
  });

  it('comes back after a restart when the server said, not sooner', async () => {
    const { socket, state } = await connected();
    socket.hear('connection:closing', { reason: 'restart', reconnectAfter: 2_000 });
    socket.drop('io server disconnect');
    expect(state()).toMatchObject({ status: 'reconnecting', reason: 'restart' });
    await pass(1_999);
    expect(socket.connects).toBe(1);
    await pass(2_001);
    expect(socket.connects).toBe(2);
  });

  it('stays away when coming back is pointless', async () => {
    const { socket, state } = await connected();
    socket.hear('connection:closing', { reason: 'signed_out', reconnectAfter: null });
    socket.drop('io server disconnect');
    await pass(120_000);
    expect(state()).toEqual({ status: 'closed', reason: 'signed_out' });
    expect(socket.connects).toBe(1);
  });

  it('forgets a goodbye that it has acted on', async () => {
    const { socket, state } = await connected();
    socket.hear('connection:closing', { reason: 'restart', reconnectAfter: 0 });
    socket.drop();
    await pass(1_000);
    socket.drop();
    expect(state()).toMatchObject({ status: 'reconnecting', reason: 'transport close' });
  });

  it('leaves no timer behind when it is closed', async () => {
    const { client, socket, state } = await connected();
    socket.whenConnecting = () => socket.refuse();
    socket.drop();
    client.close();
    expect(state()).toEqual({ status: 'closed', reason: 'left' });
    expect(jest.getTimerCount()).toBe(0);
  });
});
