import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { newId } from '#libs/client/new-id';
import { frame, frameOfProtocol1, type Frame } from '#libs/contract/feed';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { type Connected, testClients } from '../../support/clients/test-clients.js';
import { until } from '../../support/until.js';

let hub: TestHub;
let session: { id: string; event_id?: unknown };
let crowd: ReturnType<typeof testClients>;
const sockets: Socket[] = [];
beforeAll(async () => (hub = await startHub()), 60_000);
afterAll(() => hub?.close(), 30_000);
beforeEach(async () => {
  session = await hub.make.session();
  crowd = testClients(hub, session);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  crowd.leave();
});

/** A client that is not ours: with this `protocol`, or without one. */
async function connect(protocol?: unknown) {
  const { id } = await hub.make.actor({ event_id: session.event_id, role: 'attendee' });
  const { token } = await hub.sign(id);
  const auth = { token, ...(protocol !== undefined && { protocol }) };
  const socket = io(hub.url, { auth, transports: ['websocket'], forceNew: true, reconnection: false });
  sockets.push(socket);
  const frames: unknown[] = [];
  const texts: string[] = [];
  let refusal: { data?: unknown } | undefined;
  let closing: unknown;
  socket.on('session:frame', (message: unknown) => frames.push(message));
  socket.on('connect_error', (error: Error & { data?: unknown }) => (refusal = error));
  socket.on('connection:closing', (message: unknown) => (closing = message));
  socket.io.on('open', () => socket.io.engine.on('data', (packet) => texts.push(String(packet))));
  await until('an answer to CONNECT', () => socket.connected || refusal !== undefined);
  const join = async (since?: unknown) => {
    const answer = (await socket
      .timeout(5_000)
      .emitWithAck('session:join', { sessionId: session.id, ...(since !== undefined && { since }) })) as {
      data: { version: number; epoch: string; snapshot?: unknown; frames?: Frame[] };
    };
    return answer.data;
  };
  return { socket, frames, texts, join, refused: () => refusal?.data, closing: () => closing };
}

const ask = ({ client }: Connected, text: string) =>
  client.request('question:ask', { id: newId(), sessionId: session.id, text });
const scoresIn = (frames: readonly unknown[]) => (frames as Frame[]).flatMap(({ scores }) => scores ?? []);

describe('the protocol of a connection', () => {
  it('is 1 where it names none: scores name the id of their question (FEED-46)', async () => {
    const author = await crowd.join();
    const question = await ask(author, 'Who pays?');
    const [old, named, current] = [await connect(), await connect(1), await connect(2)];
    for (const one of [old, named, current]) await one.join();
    await (await crowd.connect()).client.vote(question.id, true);
    await until('the score', () => [old, named, current].every(({ frames }) => scoresIn(frames).length > 0));
    expect([old, named, current].map(({ frames }) => scoresIn(frames))).toEqual([
      [[question.id, 2]],
      [[question.id, 2]],
      [[question.n, 2]],
    ]);
    for (const one of old.frames) frameOfProtocol1.parse(one);
    for (const one of current.frames) frame.parse(one);
  });

  it.each([0, 3, '2', null, {}])(
    'is refused with the range where this hub does not serve it: %p (FEED-46)',
    async (named) => {
      const stranger = await connect(named);
      expect(stranger.refused()).toMatchObject({ code: 'protocol.unsupported', supported: [1, 2] });
      expect(stranger.socket.connected).toBe(false);
    },
  );

  it('is refused for good: the client does not try again (FEED-46)', async () => {
    const { id } = await hub.make.actor({ event_id: session.event_id, role: 'attendee' });
    const stranger = await crowd.connect({ actorId: id, onSocket: (socket) => asProtocol(socket, 99) });
    await until('the end', () => stranger.client.connection.getSnapshot().status === 'closed');
    expect(stranger.client.connection.getSnapshot()).toMatchObject({ reason: 'protocol.unsupported' });
  });
});

describe('a frame', () => {
  it('with forty changed scores has at most 600 bytes (FEED-49)', async () => {
    const author = await crowd.connect();
    const reader = await connect(2);
    const scores = new Map<number, number>();
    await fill(40, 9_000);
    await reader.join();
    // One statement, as a batch of votes is one: it becomes one frame.
    await hub.database.query(
      `WITH next AS (UPDATE session SET version = version + 1 WHERE id = $1 RETURNING version)
       UPDATE question SET score = score + 1, score_version = next.version FROM next WHERE session_id = $1`,
      [session.id],
    );
    await until('the scores', () => scoresIn(reader.frames).length >= 40);
    for (const [n, score] of scoresIn(reader.frames)) scores.set(n, score);
    expect(scores.size).toBe(40);
    const text = reader.texts.find((packet) => packet.includes('"scores"'))!;
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(600);
    expect(author.heard.join()).not.toContain('"scores"');
  });

  /** Questions with the ordinals and scores of a session with thousands. */
  async function fill(count: number, score: number) {
    const { id } = await hub.make.actor({ event_id: session.event_id, role: 'attendee' });
    await hub.database.query(`UPDATE session SET version = 90000, deleted_ordinal = 900 WHERE id = $1`, [session.id]);
    await hub.database.query(
      `INSERT INTO question (id, session_id, author_id, text, text_key, anonymous, state, score, approved_at, version, score_version)
       SELECT gen_random_uuid(), $1, $2, 'Question ' || i, 'question ' || i, false, 'approved', $4, now(), 90000, 90000
         FROM generate_series(1, $3::int) i`,
      [session.id, id, count, score],
    );
  }
});

describe('an ordinal', () => {
  it('counts the questions of a session from 1, also those that nobody else sees, and those of one batch (FEED-48)', async () => {
    const author = await crowd.connect();
    const asked = await Promise.all(['Who pays?', 'Who learns?', 'Who decides?'].map((text) => ask(author, text)));
    expect(asked.map(({ n }) => n).sort()).toEqual([1, 2, 3]);
    await author.client.request('question:withdraw', { questionId: asked[0]!.id });
    expect((await ask(author, 'Who acts?')).n).toBe(4);
    const elsewhere = await hub.make.session({ event_id: session.event_id });
    const other = await author.client.request('question:ask', {
      id: newId(),
      sessionId: elsewhere.id,
      text: 'And here?',
    });
    expect(other.n).toBe(1);
  });

  it('is never used again, also after its question was deleted (FEED-48)', async () => {
    const author = await crowd.connect();
    await ask(author, 'Who pays?');
    const last = await ask(author, 'Who learns?');
    await hub.database.query(`DELETE FROM question WHERE id = $1`, [last.id]);
    expect((await ask(author, 'Who decides?')).n).toBe(3);
  });

  it('stays when the question changes (FEED-48)', async () => {
    const author = await crowd.connect();
    const question = await ask(author, 'Who pays?');
    await ask(author, 'Who learns?');
    expect((await author.client.request('question:edit', { questionId: question.id, text: 'Who pays now?' })).n).toBe(
      1,
    );
    await expect(hub.database.query(`UPDATE question SET ordinal = 2 WHERE id = $1`, [question.id])).rejects.toThrow(
      'question_ordinal_taken',
    );
  });
});

describe('the epoch of a feed', () => {
  it('belongs to `since`: with another one the answer is a snapshot (FEED-47)', async () => {
    const author = await crowd.connect();
    await ask(author, 'Who pays?');
    const reader = await connect(2);
    const { version, epoch } = await reader.join();
    expect(await reader.join({ epoch, version })).toMatchObject({ epoch, frames: [{ from: version }] });
    const other = await reader.join({ epoch: 'another', version });
    expect(other).toMatchObject({ epoch, version });
    expect(other.snapshot).toBeDefined();
    expect(other.frames).toBeUndefined();
    expect((await reader.join(version)).frames).toBeDefined(); // protocol 1 names none
  });

  it('is refused where it is malformed (FEED-47)', async () => {
    const reader = await connect(2);
    for (const since of [{ version: 1 }, { epoch: 'x'.repeat(41), version: 1 }, { epoch: 'x', version: -1 }, 'x'])
      expect(await reader.socket.emitWithAck('session:join', { sessionId: session.id, since })).toMatchObject({
        ok: false,
        error: { code: 'request.invalid' },
      });
  });

  it('is the same for every session, and renewed by hand it makes connected clients join anew (FEED-47)', async () => {
    const author = await crowd.join();
    const question = await ask(author, 'Who pays?');
    const [old, reader] = [await connect(), await connect(2)];
    await old.join();
    const { epoch } = await reader.join();
    await hub.database.query(`UPDATE feed_history SET id = $1`, [randomUUID()]);
    await hub.database.query(`UPDATE question SET score = 7 WHERE id = $1`, [question.id]); // without a version
    await until('the end of both connections', () => old.socket.disconnected && reader.socket.disconnected, 15_000);
    expect(reader.closing()).toMatchObject({ reason: 'restart', reconnectAfter: expect.any(Number) as number });
    await until('what is true now', () => author.feed.getSnapshot().questions[0]?.score === 7, 15_000);
    const again = await connect(2);
    expect((await again.join()).epoch).not.toBe(epoch);
  }, 45_000);
});

function asProtocol(socket: object, protocol: number) {
  let given: object = {};
  Object.defineProperty(socket, 'auth', { get: () => ({ ...given, protocol }), set: (auth: object) => (given = auth) });
}
