import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { getDataSourceToken } from '@nestjs/typeorm';
import { type DataSource } from 'typeorm';
import pg from 'pg';
import { newId } from '#libs/client/new-id';
import { RateLimiter } from '../../../apps/api/src/platform/rate-limit/rate-limiter.js';
import { log } from '../../../apps/api/src/platform/logging/log.js';
import { RejectionMetrics } from '../../../apps/api/src/platform/metrics/rejection-metrics.js';
import { Snapshots } from '../../../apps/api/src/feed/join/snapshots.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { type Line, lines } from '../../support/clients/raw-connection.js';
import { until } from '../../support/until.js';
import { upgrade } from '../../support/clients/upgrade.js';

jest.setTimeout(30_000);
let hub: TestHub;
const open = lines();
afterEach(() => {
  open.close();
  jest.restoreAllMocks();
});

/** A person of the event, with a token. */
async function somebody(event_id: unknown) {
  const { id } = await hub.make.actor({ event_id });
  return { id, token: (await hub.sign(id)).token };
}
/** A connection that authenticates; returns the connection and the hub's response. */
async function enter(token: string, url = hub.url): Promise<[Line, string]> {
  const line = await open.line(url);
  line.write(`40${JSON.stringify({ token })}`);
  return [line, await line.until(/^4[04]/)];
}
const ask = (line: Line, id: number, message: string, payload: object) =>
  line.write(`42${id}${JSON.stringify([message, payload])}`);
const signInAs = (event: unknown, headers: Record<string, string> = {}) =>
  fetch(`${hub.url}/api/auth/guest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ event }),
  });
const acks = (line: Line) => line.heard.filter((packet) => packet.startsWith('43'));

/** The sums of the log's lines about refused requests: the node also writes one each minute. */
function reportedIn(calls: readonly (readonly unknown[])[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [fields, message] of calls) {
    expect(message).toBe('requests were refused');
    for (const [code, count] of Object.entries((fields as { refused: Record<string, number> }).refused))
      sums[code] = (sums[code] ?? 0) + count;
  }
  return sums;
}

describe('a flood over two nodes', () => {
  beforeAll(async () => {
    hub = await startHub({ nodes: 2, env: { LIMITS: 'on', LIMIT_FACTOR: '2' } });
  }, 60_000);
  afterAll(() => hub.close());

  it('answers a flood of joins and resyncs from what is kept, and limits it (SEC-60, FEED-16)', async () => {
    const session = await hub.make.session({ version: 3 });
    await hub.make.question({ session_id: session.id, state: 'approved', version: 2 });
    const flooders = await Promise.all(Array.from({ length: 20 }, () => somebody(session.event_id)));
    const sockets = await Promise.all(flooders.map(async ({ token }) => (await enter(token))[0]));
    const queries = jest.spyOn(hub.app.get<DataSource>(getDataSourceToken()), 'query');
    const { rendered } = hub.app.get(Snapshots).counters;
    const payloads = [{}, { since: 1 }, { since: 999_999 }];
    for (let id = 0; id < 200; id++) {
      sockets.forEach((line) => ask(line, id, 'session:join', { sessionId: session.id, ...payloads[id % 3] }));
      if (id % 20 === 0) await until('answers', () => sockets.every((line) => acks(line).length > id / 2));
    }
    await until('an answer to each', () => sockets.every((line) => acks(line).length === 200));
    const answers = sockets.flatMap(acks);
    expect(answers.filter((ack) => ack.includes('"ok":true')).length).toBeLessThanOrEqual(20 * 60);
    expect(answers.filter((ack) => /rate.limited|busy/.test(ack)).length).toBeGreaterThanOrEqual(20 * 120);
    expect(hub.app.get(Snapshots).counters.rendered - rendered).toBeLessThan(100);
    expect(queries.mock.calls.length).toBeLessThan(400); // of 4,000 requests
  });

  it('reports in one line and in metrics what was refused, without tokens, people or their texts (SEC-74, ERR-12)', async () => {
    const session = await hub.make.session();
    const flooder = await somebody(session.event_id);
    const [line] = await enter(flooder.token);
    const text = `A marker that can be found ${newId()}`;
    hub.app.get(RejectionMetrics).tell(); // what was refused before
    const warn = jest.spyOn(log, 'warn');
    for (let id = 0; id < 40; id++)
      ask(line, id, 'question:ask', { id: newId(), sessionId: session.id, text: `${text} ${id}`, anonymous: false });
    await until('refusals', () => acks(line).length === 40);
    hub.app.get(RejectionMetrics).tell();
    expect(reportedIn(warn.mock.calls)).toEqual({ 'ask:actor': 20 });
    const metrics = await (await fetch(`${hub.url}/metrics`)).text();
    expect(metrics).toContain('plenum_limited_total{limit="ask",by="actor"} 20');
    for (const secret of [flooder.token, flooder.id, text])
      expect(metrics + JSON.stringify(warn.mock.calls)).not.toContain(secret);
  });

  it('reports in the same line and metrics refused sign-ins by their codes, without logins, tokens and addresses (SEC-74, ERR-12)', async () => {
    const [login, password, token] = [newId(), newId(), newId()];
    const post = (path: string, body: object, headers: Record<string, string> = {}) =>
      fetch(`${hub.url}/api/auth/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    const count = async (code: string) => {
      const metrics = await (await fetch(`${hub.url}/metrics`)).text();
      return Number(new RegExp(`plenum_limited_total\\{limit="${code}",by=""\\} (\\d+)`).exec(metrics)?.[1] ?? 0);
    };
    hub.app.get(RejectionMetrics).tell(); // what was refused before
    const [before, warn] = [await count('auth.bad_credentials'), jest.spyOn(log, 'warn')];
    for (let n = 0; n < 3; n++) expect((await post('password', { login, password })).status).toBe(401);
    expect((await post('guest', { event: 'x' }, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await upgrade(hub.url, undefined, { origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await enter(token))[1]).toContain('auth.invalid');
    expect((await fetch(`${hub.url}/api/me`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    expect((await post('sign-out', {})).status).toBe(204);
    expect((await enter(''))[1]).toContain('auth.invalid');
    hub.app.get(RejectionMetrics).tell();
    const refused = { 'auth.bad_credentials': 3, 'auth.origin_refused': 2, 'auth.invalid': 3 };
    expect(reportedIn(warn.mock.calls)).toEqual(refused);
    expect((await count('auth.bad_credentials')) - before).toBe(3);
    for (const secret of [login, password, token, '127.0.0.1', 'evil'])
      expect(JSON.stringify(warn.mock.calls)).not.toContain(secret);
  });

  it('keeps twenty connections of a person on a node, twice as many here, and says when to come back (SEC-11, FEED-18)', async () => {
    const { event_id } = await hub.make.session();
    const [greedy, other] = [await somebody(event_id), await somebody(event_id)];
    const mine: Line[] = [];
    for (let n = 0; n < 40; n++) mine.push((await enter(greedy.token))[0]);
    expect((await enter(greedy.token))[1]).toMatch(/"code":"rate.limited".*"retryAfter":30/);
    expect((await enter(other.token))[1]).toContain('40{"sid"');
    mine[0]!.socket.terminate();
    await until('a free place', async () => (await enter(greedy.token))[1].startsWith('40'));
  });

  it('takes no lock of a session for a forbidden action, so that votes need not wait for it (QUE-29)', async () => {
    const session = await hub.make.session();
    const question = await hub.make.question({ session_id: session.id, state: 'approved' });
    const [line] = await enter((await somebody(session.event_id)).token);
    const lock = new pg.Client(hub.database.url);
    await lock.connect();
    await lock.query('BEGIN');
    await lock.query('SELECT FROM session WHERE id = $1 FOR UPDATE', [session.id]);
    try {
      ask(line, 1, 'question:moderate', { questionId: question.id, action: 'hide' });
      ask(line, 2, 'question:reply', { questionId: question.id, text: 'No.' });
      ask(line, 3, 'question:history', { questionId: question.id });
      for (const id of [1, 2, 3]) expect(await line.until(new RegExp(`^43${id}`))).toContain('"forbidden"');
    } finally {
      await lock.end();
    }
  });

  it('counts fifty sockets of one person over two nodes as one, while a neighbour goes on (SEC-52, ERR-3)', async () => {
    const session = await hub.make.session();
    const question = await hub.make.question({ session_id: session.id, state: 'approved' });
    const [flooder, neighbour] = [await somebody(session.event_id), await somebody(session.event_id)];
    const sockets: Line[] = [];
    for (let n = 0; n < 50; n++) sockets.push((await enter(flooder.token, hub.nodes[n % 2]!.url))[0]);
    let id = 0;
    const sendRound = () =>
      sockets.forEach((line) => ask(line, ++id, 'question:vote', { questionId: question.id, value: id % 2 === 0 }));
    await until('refusals on all of them', () => {
      sendRound();
      return sockets.every((line) => acks(line).some((ack) => ack.includes('rate.limited')));
    });
    await until('all answers', () => sockets.flatMap(acks).length === id);
    const accepted = sockets.flatMap(acks).filter((ack) => ack.includes('"ok":true')).length;
    expect(accepted).toBeGreaterThanOrEqual(200);
    expect(accepted).toBeLessThan(330); // the first moment until the nodes have heard of each other, not twice as many
    const [other] = await enter(neighbour.token, hub.nodes[1]!.url);
    ask(other, 1, 'question:vote', { questionId: question.id, value: true });
    expect(await other.until(/^431/)).toContain('"ok":true');
  });

  it('refuses an actor that was closed for flooding, on every node, with the time (FEED-17, SEC-51)', async () => {
    const session = await hub.make.session();
    const [flooder, neighbour] = [await somebody(session.event_id), await somebody(session.event_id)];
    const [line] = await enter(flooder.token);
    for (let id = 0; id < 2_000; id++) ask(line, id, 'session:leave', { sessionId: session.id });
    await line.closed;
    expect(line.heard.at(-2)).toBe('42["connection:closing",{"reason":"flooding","reconnectAfter":30000}]');
    for (const { url } of hub.nodes)
      await until('a refusal on each node', async () => {
        const [, answer] = await enter(flooder.token, url);
        const wait = Number(/"code":"rate.limited".*"retryAfter":([\d.]+)/.exec(answer)?.[1]);
        return wait > 20 && wait <= 30;
      });
    expect((await enter(neighbour.token, hub.nodes[1]!.url))[1]).toContain('40{"sid"');
  });
});

describe('a node with narrow limits', () => {
  beforeAll(async () => {
    hub = await startHub({ nodes: 1, env: { LIMITS: 'on', LIMIT_FACTOR: '0.1', ADDRESS_LIMIT_FACTOR: '0.1' } });
  }, 60_000);
  afterAll(() => hub.close());

  it('reads less of a connection that goes on while it is refused, so that its requests wait with their sender (FEED-14)', async () => {
    const session = await hub.make.session();
    const [line] = await enter((await somebody(session.event_id)).token);
    let id = 0;
    const sendOne = () => ask(line, ++id, 'session:leave', { sessionId: session.id });
    for (let n = 0; n < 100; n++) sendOne();
    await until('answers to all', () => acks(line).length === id);
    const before = id;
    const began = performance.now();
    for (let n = 0; n < 10; n++) {
      sendOne();
      await until('its answer', () => acks(line).length === id);
    }
    expect(id - before).toBe(10);
    expect(performance.now() - began).toBeGreaterThan(800);
    expect(line.socket.readyState).toBe(line.socket.OPEN);
  });

  it('takes a limited number of new guests of one event, from any addresses (ERR-11)', async () => {
    const { slug, id } = await hub.make.event();
    for (let n = 0; n < 3_000; n++) hub.app.get(RateLimiter).take('guest', { event: id });
    const answer = await signInAs(slug);
    expect([answer.status, Number(answer.headers.get('retry-after')) > 50]).toEqual([429, true]);
    expect((await signInAs((await hub.make.event()).slug)).status).toBe(200);
  });

  it('ignores an address that a client writes into a header itself (SEC-10, ERR-4)', async () => {
    const { slug } = await hub.make.event();
    const answers = [];
    for (let n = 0; n < 14; n++) answers.push((await signInAs(slug, { 'x-forwarded-for': `192.0.2.${n}` })).status);
    expect([answers[0], ...answers.slice(12)]).toEqual([200, 429, 429]);
  });
});
