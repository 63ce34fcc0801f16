import { jest } from '@jest/globals';
import fc from 'fast-check';
import type { FeedPoint, Frame, Mine } from '#libs/contract/feed';
import type { Question } from '#libs/contract/question';
import { FakeSocket } from '../../test/support/clients/fake-socket.js';
import { aPoll, aQuestion, aSession } from '../../test/support/records/feed-shapes.js';
import { createClient } from './client.js';
import { type SessionFeedOptions } from './session-feed.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());
const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

const session = aSession();
const [first, second] = [aQuestion(), aQuestion()];
const poll = aPoll();
const nothing: Mine = { votes: [], ballots: {}, own: [], questions: [] };
const ok = (data: object) => ({ ok: true, data });
const joined = (version: number, more: object = {}) =>
  ok({ version, epoch: 'an epoch', serverTime: new Date().toISOString(), view: 'audience', me: nothing, ...more });
const versionOf = (since: unknown) => (since as FeedPoint | undefined)?.version;
const snapshot = (questions: Question[] = [first, second]) => ({
  snapshot: { session, questions, polls: [poll], viewers: 3 },
});
const frame = (from: number, version: number, parts: Partial<Frame> = {}): Frame => ({
  sessionId: session.id,
  from,
  version,
  ...parts,
});

function setUp(options: SessionFeedOptions = {}) {
  const socket = new FakeSocket();
  const client = createClient({ url: 'http://hub.test', open: socket.open });
  const feed = client.session(session.id, options);
  const joins = () =>
    socket.sent.filter(({ name }) => name === 'session:join').map(({ payload }) => versionOf(payload.since));
  return { socket, client, feed, joins, state: () => feed.getSnapshot() };
}

async function live(options: SessionFeedOptions = {}, more: object = {}) {
  const parts = setUp(options);
  parts.socket.answering = (name) => (name === 'session:join' ? joined(5, { ...snapshot(), ...more }) : null);
  parts.client.connect();
  await pass(0);
  parts.socket.answering = () => null;
  return parts;
}

describe('joining a session', () => {
  it('begins with a snapshot', async () => {
    const { state, joins } = await live();
    expect(joins()).toEqual([undefined]);
    expect(state()).toMatchObject({
      status: 'live',
      version: 5,
      session,
      questions: [first, second],
      polls: [poll],
      viewers: 3,
      view: 'audience',
    });
  });

  it('keeps frames that arrive before the answer, and applies those that are newer (FEED-21)', async () => {
    const { client, socket, state } = setUp();
    client.connect();
    await pass(0);
    socket.hear('session:frame', frame(5, 6, { scores: [[first.n, 8]] }));
    socket.hear('session:frame', frame(4, 5, { scores: [[first.n, 2]] }));
    expect(state()).toMatchObject({ status: 'joining', session: null });
    socket.sent[0]!.answer(joined(5, snapshot()));
    await pass(0);
    expect(state().version).toBe(6);
    expect(state().questions[0]!.score).toBe(8);
  });

  it('tells a refusal, and tries again when the connection is new', async () => {
    const { client, socket, state } = setUp();
    socket.answering = () => ({ ok: false, error: { code: 'not_found', message: 'no such session' } });
    client.connect();
    await pass(0);
    expect(state()).toMatchObject({ status: 'refused', error: { code: 'not_found' }, session: null });
    socket.answering = () => joined(5, snapshot());
    socket.drop();
    await pass(1_000);
    expect(state().status).toBe('live');
    expect(state().error).toBeUndefined();
  });

  it('tells why when the connection has ended for good', async () => {
    const { socket, state } = await live();
    socket.hear('connection:closing', { reason: 'banned', reconnectAfter: null });
    socket.drop('io server disconnect');
    expect(state()).toMatchObject({ status: 'refused', error: { code: 'closed', reason: 'banned' } });
  });

  it('comes back after a loss with what it has, and asks only for what happened since (FEED-22)', async () => {
    const { socket, state, joins } = await live();
    socket.drop();
    expect(state()).toMatchObject({ status: 'reconnecting', questions: [first, second] });
    await pass(1_000);
    expect(joins()).toEqual([undefined, 5]);
    socket.sent.at(-1)!.answer(joined(9, { frames: [frame(5, 9, { removed: [first.id] })] }));
    await pass(0);
    expect(state()).toMatchObject({ status: 'live', version: 9, questions: [second] });
  });

  it('starts again when the server has less than it sent before', async () => {
    const { socket, state, joins } = await live();
    socket.drop();
    await pass(1_000);
    socket.sent.at(-1)!.answer(joined(2, { frames: [frame(2, 2)] }));
    await pass(300);
    expect(joins()).toEqual([undefined, 5, undefined]);
    socket.sent.at(-1)!.answer(joined(2, snapshot([second])));
    await pass(0);
    expect(state()).toMatchObject({ status: 'live', version: 2, questions: [second] });
  });

  it('names the history of its version, and keeps nothing of an earlier one (FEED-47)', async () => {
    const { socket, state } = await live();
    socket.hear('session:frame', frame(8, 9, { scores: [[first.n, 9]] }));
    socket.drop();
    await pass(1_000);
    expect(socket.sent.at(-1)!.payload.since).toEqual({ epoch: 'an epoch', version: 5 });
    socket.sent.at(-1)!.answer(joined(8, { epoch: 'another', ...snapshot([second]) }));
    await pass(2_000);
    expect(state()).toMatchObject({ status: 'live', version: 8, questions: [second] });
    socket.drop();
    await pass(1_000);
    expect(socket.sent.at(-1)!.payload.since).toEqual({ epoch: 'another', version: 8 });
  });

  it('estimates what the clock of the server shows', async () => {
    const { state } = await live({}, { serverTime: new Date(Date.now() + 90_000).toISOString() });
    expect(state().serverOffset).toBe(90_000);
  });
});

describe('holes', () => {
  it('asks again since what it has, once, however many frames come too early (FEED-22)', async () => {
    const { socket, state, joins } = await live();
    for (const version of [8, 9, 10])
      socket.hear('session:frame', frame(version - 1, version, { scores: [[first.n, version]] }));
    expect(state().version).toBe(5);
    await pass(300);
    expect(joins()).toEqual([undefined, 5]);
    socket.sent.at(-1)!.answer(joined(9, { frames: [frame(5, 9, { scores: [[second.n, 4]] })] }));
    await pass(2_000);
    expect(state()).toMatchObject({ version: 10 });
    expect(state().questions.map(({ score }) => score)).toEqual([10, 4]);
    expect(joins()).toHaveLength(2);
  });

  it('asks for everything when a score is of a question that it does not have (FEED-48)', async () => {
    const { socket, state, joins } = await live();
    socket.hear(
      'session:frame',
      frame(5, 6, {
        scores: [
          [first.n, 3],
          [999_999, 4],
        ],
      }),
    );
    expect(state()).toMatchObject({ version: 5, questions: [first, second] });
    await pass(300);
    expect(joins()).toEqual([undefined, undefined]);
    socket.sent.at(-1)!.answer(joined(6, snapshot([first, second, aQuestion({ n: 999_999, score: 4 })])));
    await pass(2_000);
    expect(state()).toMatchObject({ version: 6, questions: [first, second, { score: 4 }] });
    expect(joins()).toHaveLength(2);
  });

  it('does not ask when the hole fills itself in the meantime', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    const { socket, state, joins } = await live();
    socket.hear('session:frame', frame(7, 8));
    socket.hear('session:frame', frame(5, 7));
    await pass(2_000);
    expect(state().version).toBe(8);
    expect(joins()).toEqual([undefined]);
    jest.restoreAllMocks();
  });
});

describe('own votes', () => {
  const VOTED = ok({ score: 2, version: 6, duplicate: false });

  it('show at once and stay when acknowledged (FEED-24)', async () => {
    const { feed, socket, state } = await live();
    const voting = feed.vote(first.id, true);
    expect(state().me.votes).toEqual([first.id]);
    await pass(0);
    socket.sent.at(-1)!.answer(VOTED);
    await voting;
    expect(state().me.votes).toEqual([first.id]);
  });

  it('are taken back when refused (FEED-24)', async () => {
    const { feed, socket, state } = await live({}, { me: { ...nothing, votes: [first.id] } });
    socket.answering = () => ({ ok: false, error: { code: 'question.not_votable', message: 'closed' } });
    const voting = expect(feed.vote(first.id, false)).rejects.toMatchObject({ code: 'question.not_votable' });
    expect(state().me.votes).toEqual([]);
    await voting;
    expect(state().me.votes).toEqual([first.id]);
  });

  it('show the newest wish, and fall back to the last acknowledged one', async () => {
    const { feed, socket, state } = await live();
    const on = feed.vote(first.id, true);
    const off = expect(feed.vote(first.id, false)).rejects.toMatchObject({ code: 'busy' });
    expect(state().me.votes).toEqual([]);
    await pass(0);
    socket.answering = () => ({ ok: false, error: { code: 'busy', message: 'busy', retryAfter: 600 } });
    socket.sent.at(-1)!.answer(VOTED);
    await on;
    await off;
    expect(state().me.votes).toEqual([first.id]);
  });

  it('survive the answer of a join that was made up before them', async () => {
    const { feed, socket, state } = await live();
    socket.drop();
    await pass(1_000);
    const joining = socket.sent.at(-1)!;
    const voting = feed.vote(first.id, true);
    await pass(0);
    socket.sent.at(-1)!.answer(VOTED);
    await voting;
    joining.answer(joined(5, { frames: [] }));
    await pass(0);
    expect(state().me.votes).toEqual([first.id]);
  });
});

describe('own ballots', () => {
  const choice = { choices: [poll.options[0]!.id] };
  const tally = { ballots: 1, counts: [] };

  it('show at once with the round that was seen, and bring the poll as the voter may see it', async () => {
    const { feed, socket, state } = await live();
    const answering = feed.answer(poll.id, choice);
    expect(state().me.ballots).toEqual({ [poll.id]: choice });
    await pass(0);
    expect(socket.sent.at(-1)!.payload).toEqual({ pollId: poll.id, ...choice, round: 1 });
    socket.sent.at(-1)!.answer(ok({ version: 6, duplicate: false, poll: { ...poll, tally } }));
    await answering;
    expect(state().polls[0]!.tally).toEqual(tally);
    expect(state().me.ballots).toEqual({ [poll.id]: choice });
  });

  it('are taken back when refused (FEED-24)', async () => {
    const { feed, socket, state } = await live();
    socket.answering = () => ({ ok: false, error: { code: 'poll.not_open', message: 'too late' } });
    await expect(feed.answer(poll.id, choice)).rejects.toMatchObject({ code: 'poll.not_open' });
    expect(state().me.ballots).toEqual({});
  });

  it('ask for everything again when a newer frame hides what the voter may see by now', async () => {
    const { feed, socket, joins } = await live();
    const answering = feed.answer(poll.id, choice);
    await pass(0);
    socket.hear('session:frame', frame(5, 7, { polls: [{ ...poll, changeable: false }] }));
    socket.sent.at(-1)!.answer(ok({ version: 6, duplicate: false, poll: { ...poll, tally } }));
    await answering;
    await pass(300);
    expect(joins()).toEqual([undefined, undefined]);
  });

  it('are history when a new round begins', async () => {
    const { socket, state } = await live({}, { me: { ...nothing, ballots: { [poll.id]: choice } } });
    socket.hear('session:frame', frame(5, 6, { polls: [{ ...poll, round: 2 }] }));
    expect(state().me.ballots).toEqual({});
  });
});

describe('own questions', () => {
  it('are kept apart until everybody sees them', async () => {
    const { feed, socket, state } = await live();
    const pending = aQuestion({ state: 'pending' });
    socket.answering = () => ok(pending);
    await feed.ask({ id: pending.id, text: pending.text });
    expect(state().me).toMatchObject({ questions: [pending], votes: [pending.id] });
    socket.hear('session:frame', frame(5, 6, { questions: [{ ...pending, state: 'approved' }] }));
    expect(state().me).toMatchObject({ questions: [], own: [pending.id] });
  });

  it('that everybody sees are named by joining (QUE-11)', async () => {
    const { state } = await live({}, { me: { ...nothing, own: [first.id] } });
    expect(state().me.own).toEqual([first.id]);
  });

  it('change with notices of this session, such as a rejection and its reason', async () => {
    const { socket, state } = await live();
    const rejected = aQuestion({ state: 'rejected', reason: 'asked before' });
    socket.hear('actor:notice', { kind: 'question', sessionId: session.id, question: rejected });
    socket.hear('actor:notice', { kind: 'question', sessionId: 'another', question: aQuestion() });
    expect(state().me.questions).toEqual([rejected]);
  });

  it('stay own when their notice overtakes the frame that takes them off the list', async () => {
    const { socket, state } = await live();
    const hidden = { ...first, state: 'hidden' as const };
    socket.hear('actor:notice', { kind: 'question', sessionId: session.id, question: hidden });
    socket.hear('session:frame', frame(5, 6, { removed: [first.id] }));
    expect(state().questions).toEqual([second]);
    expect(state().me.questions).toEqual([hidden]);
    socket.hear('session:frame', frame(6, 7, { questions: [first] }));
    expect(state().me.questions).toEqual([]);
  });
});

describe('a changed role', () => {
  it('drops everything seen before and joins again (FEED-24)', async () => {
    const { socket, state, joins } = await live({}, { view: 'moderator' });
    socket.hear('actor:notice', { kind: 'role', sessionId: 'another' });
    expect(state().status).toBe('live');
    socket.hear('actor:notice', { kind: 'role', sessionId: session.id });
    expect(state()).toMatchObject({ status: 'joining', session: null, questions: [] });
    await pass(0);
    expect(joins()).toEqual([undefined, undefined]);
    socket.sent.at(-1)!.answer(joined(6, snapshot([second])));
    await pass(0);
    expect(state()).toMatchObject({ status: 'live', questions: [second], view: 'audience' });
  });

  it('drops what was seen with other eyes before the connection was lost (FEED-24)', async () => {
    const { socket, state, joins } = await live({}, { view: 'moderator' });
    socket.drop();
    await pass(1_000);
    socket.sent.at(-1)!.answer(joined(5, { frames: [] }));
    await pass(0);
    expect(state()).toMatchObject({ status: 'joining', session: null, questions: [] });
    await pass(300);
    expect(joins()).toEqual([undefined, 5, undefined]);
  });

  it('does not listen to a join that was answered for the old role', async () => {
    const { client, socket, state } = setUp();
    client.connect();
    await pass(0);
    const old = socket.sent[0]!;
    socket.hear('actor:notice', { kind: 'role' });
    old.answer(joined(5, snapshot([first])));
    await pass(0);
    expect(state().session).toBeNull();
    socket.sent.at(-1)!.answer(joined(6, snapshot([second])));
    await pass(0);
    expect(state().questions).toEqual([second]);
  });
});

describe('telling', () => {
  it('is silent when nothing changed, and gives the same object', async () => {
    const { feed, socket, state } = await live();
    const before = state();
    let told = 0;
    feed.subscribe(() => told++);
    socket.hear('session:frame', frame(4, 5, { viewers: 3 }));
    expect(told).toBe(0);
    expect(state()).toBe(before);
  });

  it('happens at most once a pace for frames, and at once for own acts', async () => {
    const { feed, socket, state } = await live({ pace: 200 });
    let told = 0;
    feed.subscribe(() => told++);
    await pass(300);
    for (const version of [6, 7, 8]) socket.hear('session:frame', frame(version - 1, version));
    expect([told, state().version]).toEqual([1, 6]);
    await pass(200);
    expect([told, state().version]).toEqual([2, 8]);
    void feed.vote(first.id, true).catch(() => undefined);
    expect(told).toBe(3);
  });
});

describe('leaving', () => {
  it('ends the feed after the last user, and sends session:leave once', async () => {
    const { client, feed, socket } = await live();
    expect(client.session(session.id)).toBe(feed);
    feed.leave();
    expect(socket.sent.map(({ name }) => name)).toEqual(['session:join']);
    feed.leave();
    await pass(20_000);
    expect(socket.sent.map(({ name }) => name)).toEqual(['session:join', 'session:leave']);
    socket.hear('session:frame', frame(5, 6));
    expect(feed.getSnapshot().version).toBe(5);
    expect(client.session(session.id)).not.toBe(feed);
  });

  it('does not join again by itself', async () => {
    const { feed, socket, joins } = await live();
    feed.leave();
    socket.drop();
    await pass(5_000);
    expect(joins()).toHaveLength(1);
  });
});

describe('under a bad network', () => {
  /** The server's scores by version; frames contain the scores changed since any earlier version. */
  const weather = fc.array(
    fc.oneof(
      fc.record({ what: fc.constant('write' as const), n: fc.nat(9) }),
      fc.record({ what: fc.constant('frame' as const), n: fc.nat(4) }),
      fc.record({ what: fc.constant('repeat' as const), n: fc.nat(9) }),
      fc.record({ what: fc.constant('drop' as const), n: fc.constant(0) }),
      fc.record({ what: fc.constant('wait' as const), n: fc.integer({ min: 1, max: 2_000 }) }),
    ),
    { maxLength: 40 },
  );

  it('ends as the server, with versions that never went back (G4, G5)', async () => {
    await fc.assert(
      fc.asyncProperty(weather, async (events) => {
        const { client, socket, feed, state } = setUp();
        const scores = [1];
        const since = (from: number) =>
          frame(from, scores.length, from < scores.length ? { scores: [[first.n, scores.at(-1)!]] } : {});
        socket.answering = (name, { since: from }) => {
          if (name !== 'session:join') return ok({});
          const answer =
            from === undefined
              ? snapshot([{ ...first, score: scores.at(-1)! }])
              : { frames: [since(versionOf(from)!)] };
          return joined(scores.length, answer);
        };
        const versions: number[] = [];
        feed.subscribe(() => versions.push(state().version));
        const sent: Frame[] = [];
        client.connect();
        for (const { what, n } of events) {
          if (what === 'write') scores.push(n);
          if (what === 'frame') sent.push(since(Math.max(1, scores.length - 1 - n)));
          if (what === 'frame' && n % 2 && socket.connected) socket.hear('session:frame', sent.at(-1)); // the others are lost
          if (what === 'repeat' && sent.length > 0 && socket.connected)
            socket.hear('session:frame', sent[n % sent.length]);
          if (what === 'drop' && socket.connected) socket.drop();
          await pass(what === 'wait' ? n : 0);
        }
        scores.push(42);
        await pass(20_000);
        socket.hear('session:frame', since(scores.length - 1));
        await pass(10_000);
        expect(state()).toMatchObject({ status: 'live', version: scores.length, questions: [{ score: 42 }] });
        expect(versions).toEqual([...versions].sort((a, b) => a - b));
        feed.leave();
        client.close();
      }),
      { numRuns: 100 },
    );
  });
});
