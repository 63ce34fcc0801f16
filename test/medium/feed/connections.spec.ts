import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { io } from 'socket.io-client';
import { newId } from '#libs/client/new-id';
import { type FeedServer } from '../../../apps/api/src/feed/feed-socket.js';
import { FrameBroadcaster } from '../../../apps/api/src/feed/broadcast/frame-broadcaster.js';
import { Authenticator } from '../../../apps/api/src/identity/tokens/authenticator.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { type Line, lines } from '../../support/clients/raw-connection.js';
import { testClients } from '../../support/clients/test-clients.js';
import { until } from '../../support/until.js';
import { upgrade } from '../../support/clients/upgrade.js';

let hub: TestHub;
let session: { id: string; event_id?: unknown };
const open = lines();
beforeAll(async () => {
  hub = await startHub({ env: { LIMITS: 'on', LIMIT_FACTOR: '1' } });
  session = await hub.make.session();
}, 60_000);
afterEach(() => open.close());
afterAll(() => hub?.close(), 30_000);

const tokenOfSomebody = async (of = hub) => {
  const { id } = await of.make.actor({ event_id: session.event_id, role: 'attendee' });
  return (await of.sign(id)).token;
};
const hubSockets = () => [
  ...hub.app.get<unknown, { server: FeedServer }>(FrameBroadcaster).server.sockets.sockets.values(),
];
/** A connection that has signed in. */
async function signIn(): Promise<Line> {
  const line = await open.line(hub.url);
  line.write(`40${JSON.stringify({ token: await tokenOfSomebody() })}`);
  await line.until(/^40\{"sid"/);
  return line;
}
const ask = (line: Line, id: number, message: string, payload: object) =>
  line.write(`42${id}${JSON.stringify([message, payload])}`);

describe('a connection', () => {
  it('is closed when it says nothing for five seconds (FEED-15, SEC-8)', async () => {
    const began = Date.now();
    await (
      await open.line(hub.url)
    ).closed;
    expect(Date.now() - began).toBeGreaterThan(4_000);
    expect(Date.now() - began).toBeLessThan(15_000);
  }, 20_000);

  it('asks to be let in once: a second time, also to another channel, ends it (FEED-15)', async () => {
    const tried = jest.spyOn(hub.app.get(Authenticator), 'authenticate');
    const token = await tokenOfSomebody();
    const [twice, again, other] = await Promise.all([open.line(hub.url), signIn(), open.line(hub.url)]);
    tried.mockClear();
    for (let n = 0; n < 50; n++) twice.write(`40${JSON.stringify({ token })}`);
    again.write('40/admin,{}');
    other.write('40/admin,{}');
    expect(await other.until(/^44/)).toContain('Invalid namespace');
    other.write(`40${JSON.stringify({ token })}`);
    await Promise.all([twice.closed, again.closed, other.closed]);
    expect(tried).toHaveBeenCalledTimes(1);
    tried.mockRestore();
  });

  it('is over when its client leaves its only channel (FEED-15)', async () => {
    const line = await signIn();
    line.write('41');
    await line.closed;
  });

  it.each([
    ['binary data', Buffer.from('40')],
    ['a binary event', '451-["x",{"_placeholder":true,"num":0}]'],
    ['an answer to nothing', '430[]'],
    ['an unknown packet', '9'],
    ['a ping, which is the hub’s to send', '2'],
    ['broken JSON', '42["session:join",{'],
    ['an event of another channel', '42/admin,["session:leave",{}]'],
    ['nothing', ''],
    ['an event without a name', '42'],
    ['an event without a name that wants an answer', '427'],
    ['more than 32 KB', `420["session:join",{"x":"${'x'.repeat(33_000)}"}]`],
    ['an event before it said who it is', '420["session:join",{}]', false],
  ])('is ended by %s, and its neighbour is not (FEED-15)', async (_, packet, isSignedIn = true) => {
    const [line, neighbour] = await Promise.all([isSignedIn ? signIn() : open.line(hub.url), signIn()]);
    line.write(packet);
    await line.closed;
    ask(neighbour, 0, 'session:join', { sessionId: session.id });
    expect(await neighbour.until(/^430/)).toContain('"ok":true');
  });

  it('is not taken over polling, another protocol or another path (FEED-15, SEC-7)', async () => {
    const socket = io(hub.url, { transports: ['polling'], reconnection: false, forceNew: true });
    const [error] = (await once(socket as never, 'connect_error')) as [Error];
    expect(error.message).toBe('xhr poll error');
    socket.disconnect();
    for (const [path, status] of [
      ['/socket.io/?EIO=4&transport=polling', 400],
      ['/socket.io/?EIO=3&transport=websocket', 400],
      ['/socket.io/?EIO=4&transport=websocket&sid=1', 400],
      ['/socket.io/?EIO=4&transport=websocket&sid=__proto__', 400],
      ['/socket.io/?EIO=4&transport=__proto__', 400],
      ['/socket.io/?EIO=__proto__&transport=websocket', 400],
      ['/socket.io/?__proto__=4&constructor=websocket', 400],
      ['/elsewhere/?EIO=4&transport=websocket', 404],
    ] as const)
      expect([path, (await upgrade(hub.url, path)).statusCode]).toEqual([path, status]);
  });

  it('serves the client of Socket.IO, which learns that the hub ended it (FEED-15, FEED-7)', async () => {
    const socket = io(hub.url, { auth: { token: await tokenOfSomebody() }, transports: ['websocket'], forceNew: true });
    await once(socket as never, 'connect');
    const joined = (await socket.timeout(5_000).emitWithAck('session:join', { sessionId: session.id })) as {
      ok: boolean;
    };
    expect(joined.ok).toBe(true);
    expect(await socket.timeout(5_000).emitWithAck('no:such', {})).toMatchObject({
      error: { code: 'request.invalid' },
    });
    const gone = once(socket as never, 'disconnect');
    for (const one of hubSockets()) one.disconnect(true);
    expect((await gone)[0]).toBe('io server disconnect');
    socket.disconnect();
  });
});

describe('a client that asks too much', () => {
  it('gets busy for the 65th pending request, and acks for the others (FEED-14)', async () => {
    const line = await signIn();
    const question = await hub.make.question({ session_id: session.id });
    const lock = new pg.Client(hub.database.url);
    await lock.connect();
    await lock.query('BEGIN; LOCK TABLE question IN ACCESS EXCLUSIVE MODE');
    try {
      for (let id = 0; id < 70; id++) ask(line, id, 'question:vote', { questionId: question.id, value: true });
      await until('refusals', () => line.heard.filter((packet) => packet.includes('"busy"')).length === 6);
      expect(line.heard.filter((packet) => packet.includes('"ok":true'))).toHaveLength(0);
    } finally {
      await lock.end();
    }
    await until('answers', () => line.heard.filter((packet) => packet.includes('"ok":true')).length === 64);
  });

  it('is sent away for a while when it goes on after 200 refusals (FEED-14, SEC-51)', async () => {
    const line = await signIn();
    for (let id = 0; id < 1_000; id++) ask(line, id, 'session:leave', { sessionId: session.id });
    await line.closed;
    const last = line.heard.filter((packet) => packet.startsWith('42') || packet.startsWith('41'));
    expect(last).toEqual(['42["connection:closing",{"reason":"flooding","reconnectAfter":30000}]', '41']);
    const refused = line.heard.filter((packet) => /"busy"|rate\.limited/.test(packet)).length;
    expect(refused).toBeGreaterThanOrEqual(200);
    expect(refused).toBeLessThan(1_000);
  });
});

describe('a wave of connections', () => {
  it('is turned away with 503 and Retry-After before anybody is looked up, and gets in little by little (FEED-12)', async () => {
    const small = await startHub({ env: { CONNECT_RATE: '6' } });
    const seminar = await small.make.session();
    const crowd = testClients(small, seminar);
    try {
      const looked = jest.spyOn(small.app.get(Authenticator), 'authenticate');
      const tries = await Promise.all(Array.from({ length: 12 }, () => upgrade(small.url)));
      const refused = tries.filter(({ statusCode }) => statusCode === 503);
      expect(refused.length).toBeGreaterThanOrEqual(5);
      expect(refused.every(({ headers }) => Number(headers['retry-after']) >= 1)).toBe(true);
      expect(looked).not.toHaveBeenCalled();
      const persons = await Promise.all(Array.from({ length: 12 }, () => crowd.join()));
      expect(persons.every(({ feed }) => feed.getSnapshot().status === 'live')).toBe(true);
    } finally {
      crowd.leave();
      await small.close();
    }
  }, 60_000);

  it('that one machine makes, by foreign pages, other protocols or many at once, shuts nobody else out (FEED-12, FEED-19, SEC-11)', async () => {
    const small = await startHub({ env: { CONNECT_RATE: '30', LIMITS: 'on', TRUST_PROXY: '1' } });
    const from = (address: string, path?: string, headers?: Record<string, string>) =>
      upgrade(small.url, path, { 'x-forwarded-for': address, ...headers });
    const statuses = async (tries: ReturnType<typeof upgrade>[]) =>
      (await Promise.all(tries)).map(({ statusCode }) => statusCode);
    const many = (count: number, make: (n: number) => ReturnType<typeof upgrade>) =>
      statuses(Array.from({ length: count }, (_, n) => make(n)));
    const evil = { origin: 'https://evil.example' };
    try {
      const foreign = many(100, () => from('192.0.2.1', undefined, evil));
      const polling = many(100, () => from('192.0.2.1', '/socket.io/?EIO=4&transport=polling'));
      expect(new Set([...(await foreign), ...(await polling)])).toEqual(new Set([403, 400]));
      const flood = many(100, () => from('192.0.2.1'));
      const people = many(8, (n) => from(`198.51.100.${n}`));
      expect(await people).toEqual(Array(8).fill(101));
      expect(await flood).toContain(503);
    } finally {
      await small.close();
    }
  }, 60_000);

  it('is told to come back at different moments when the node stops, after everything is answered (ERR-10, FEED-11)', async () => {
    const leaving = await startHub();
    const talk = await leaving.make.session();
    const tokens = await Promise.all(
      Array.from(
        { length: 40 },
        async () => (await leaving.sign((await leaving.make.actor({ event_id: talk.event_id })).id)).token,
      ),
    );
    const all = await Promise.all(tokens.map(() => open.line(leaving.url)));
    all.forEach((line, n) => line.write(`40${JSON.stringify({ token: tokens[n] })}`));
    await Promise.all(all.map((line) => line.until(/^40\{"sid"/)));
    for (const line of all) ask(line, 7, 'question:ask', { id: newId(), sessionId: talk.id, text: `Why ${newId()}?` });
    await until('requests under way', async () =>
      all.some(({ heard }) => heard.some((packet) => packet.startsWith('437'))),
    );
    await leaving.close();

    await Promise.all(all.map((line) => line.closed));
    const waits = all.map(({ heard }) => {
      expect(heard.filter((packet) => packet.startsWith('437'))).toHaveLength(1);
      const goodbyes = heard.filter((packet) => packet.includes('"reason":"restart"'));
      expect(goodbyes).toHaveLength(1);
      return Number(/"reconnectAfter":(\d+)/.exec(goodbyes[0]!)?.[1]);
    });
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...waits)).toBeLessThanOrEqual(3_020);
    expect(new Set(waits).size).toBeGreaterThan(20);
  }, 60_000);
});
