import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ActorsService } from '../../../apps/api/src/identity/actors/actors.service.js';
import { hashPassword } from '../../../apps/api/src/identity/passwords/passwords.js';
import { browser } from '../../support/clients/cookie-client.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { type Line, lines } from '../../support/clients/raw-connection.js';
import { until } from '../../support/until.js';

const DAY = 24 * 3_600_000;

let hub: TestHub;
let session: { id: string; event_id?: unknown };
const open = lines();
beforeAll(async () => (hub = await startHub({ nodes: 2 })), 60_000);
afterEach(() => open.close());
afterAll(() => hub?.close(), 30_000);
beforeEach(async () => {
  session = await hub.make.session();
});

const member = async (role = 'attendee') => (await hub.make.actor({ event_id: session.event_id, role })).id;
/** A connection with this token, whose packets the test writes itself: it ignores `connection:closing`. */
async function signIn(token: string, node: 0 | 1 = 0, more: object = {}): Promise<Line> {
  const line = await open.line(hub.nodes[node]!.url);
  line.write(`40${JSON.stringify({ token, ...more })}`);
  await line.until(/^4[04]/);
  return line;
}
const tokenOf = async (actorId: string, at?: Date) => (await hub.sign(actorId, at)).token;
const isOpen = (line: Line) => line.socket.readyState === line.socket.OPEN;
/** Pages of one person on both nodes. */
const everywhere = async (token: string) => [await signIn(token, 0), await signIn(token, 1)];
const end = (line: Line, reason: string) =>
  until('the end of a connection', () => !isOpen(line) && line.heard.some((one) => one.includes(reason)), 2_000);

let asked = 0;
async function ask(line: Line, message: string, payload: object): Promise<string> {
  const id = (asked += 1);
  line.write(`42${id}${JSON.stringify([message, payload])}`);
  return line.until(new RegExp(`^43${id}\\[`));
}

describe('a token that ends during a connection', () => {
  it('ends it, and no vote counts that was sent after its end (AUTH-19, FEED-11, SEC-17)', async () => {
    const question = await hub.make.question({ session_id: session.id });
    const { token, claims } = await hub.sign(await member(), new Date(Date.now() - DAY + 1_500));
    const line = await signIn(token);
    await ask(line, 'session:join', { sessionId: session.id });
    const votes: { sentAt: number; answer: string }[] = [];
    for (let n = 0; isOpen(line); n++) {
      const sentAt = Date.now();
      const vote = { questionId: question.id, value: n % 2 === 0 };
      const answer = await Promise.race([ask(line, 'question:vote', vote), line.closed.then(() => 'closed')]);
      votes.push({ sentAt, answer });
    }
    const after = votes.filter(({ sentAt }) => sentAt >= claims.expiresAt.getTime());
    expect(votes.length - after.length).toBeGreaterThan(5);
    expect(after.filter(({ answer }) => answer.includes('"ok":true'))).toEqual([]);
    expect(Date.now() - claims.expiresAt.getTime()).toBeLessThan(2_000);
    expect(line.heard.join('\n')).toContain('"reason":"expired"');
    expect((await signIn(token)).heard.join()).toContain('auth.expired');
  }, 20_000);
});

describe('what ends sign-ins', () => {
  it('reaches the open connections on all nodes within two seconds: a sign-out those of its token (SEC-18, FEED-11)', async () => {
    const id = await member();
    const [token, other] = [await tokenOf(id), await tokenOf(id)];
    const [pages, others] = [await everywhere(token), await everywhere(other)];
    const { status } = await browser(hub.url).post('/api/auth/sign-out', {}, { authorization: `Bearer ${token}` });
    expect(status).toBe(204);
    for (const page of pages) await end(page, 'signed_out');
    expect(others.every(isOpen)).toBe(true);
    for (const node of [0, 1] as const) expect((await signIn(token, node)).heard.join()).toContain('auth.invalid');
  });

  it('reaches those of every token that the sign-in was renewed by, whichever of them signs out (SEC-18, AUTH-7, AUTH-14)', async () => {
    const halfGone = new Date(Date.now() - DAY * 0.6);
    for (const leaving of ['old', 'renewed'] as const) {
      const id = await member();
      const [old, page] = [await tokenOf(id, halfGone), browser(hub.url)];
      const pages = await everywhere(old);
      const { cookie } = await page.get('/api/me', { cookie: `plenum=${old}` });
      const renewed = /plenum=([^;]+)/.exec(cookie ?? '')?.[1] ?? '';
      pages.push(...(await everywhere(renewed)));
      expect(pages.map(isOpen)).toEqual([true, true, true, true]);
      await page.post('/api/auth/sign-out', {}, leaving === 'old' ? { cookie: `plenum=${old}` } : {});
      for (const line of pages) await end(line, 'signed_out');
      for (const token of [old, renewed])
        for (const node of [0, 1] as const) expect((await signIn(token, node)).heard.join()).toContain('auth.invalid');
      expect((await page.get('/api/me', { cookie: `plenum=${old}` })).cookie).toBeNull();
      const kept = await hub.database.query('SELECT 1 FROM revoked_token WHERE actor_id = $1 AND expires_at > $2', [
        id,
        new Date(Date.now() + DAY - 60_000), // as long as the renewed one could have lived
      ]);
      expect(kept).toHaveLength(1);
    }
  });

  it('reaches those of a browser that signed in again as what it was (SEC-18, AUTH-7, AUTH-2)', async () => {
    const password = 'a long first password';
    const login = randomUUID();
    await hub.make.actor({ event_id: null, kind: 'account', login, password_hash: await hashPassword(password) });
    const { slug: event } = await hub.make.event();
    const ways: [path: string, body: object][] = [
      ['/api/auth/guest', { event }],
      ['/api/auth/password', { login, password }],
    ];
    for (const [path, body] of ways) {
      const page = browser(hub.url);
      const first = await everywhere((await page.post(path, body)).body.token);
      const elsewhere = await everywhere((await browser(hub.url).post(path, body)).body.token);
      await page.post(path, body);
      expect(first.every(isOpen)).toBe(true);
      await page.post('/api/auth/sign-out', {});
      for (const line of first) await end(line, 'signed_out');
      expect(elsewhere.every(isOpen)).toBe(true);
    }
  });

  it('reaches them on all nodes within two seconds: a changed password all older ones (SEC-18, AUTH-7)', async () => {
    const password = 'a long first password';
    const account = await hub.make.actor({
      event_id: null,
      kind: 'account',
      login: randomUUID(),
      password_hash: await hashPassword(password),
    });
    const [pages, page] = [await everywhere(await tokenOf(account.id)), browser(hub.url)];
    const authorization = `Bearer ${await tokenOf(account.id)}`;
    const next = { current: password, next: 'another long password' };
    const { status, body } = await page.post('/api/auth/password/change', next, { authorization });
    expect(status).toBe(200);
    for (const line of pages) await end(line, 'signed_out');
    expect((await signIn(body.token, 1)).heard.join('\n')).toMatch(/^40\{"sid"/m);
  });

  it('keeps out who was banned while away, whatever they bring along (SEC-19, AUTH-8)', async () => {
    const [id, moderator] = [await member(), await signIn(await tokenOf(await member('moderator')))];
    const token = await tokenOf(id);
    const before = await signIn(token, 1);
    await ask(before, 'session:join', { sessionId: session.id });
    before.socket.close();
    await before.closed;
    await ask(moderator, 'actor:restrict', { sessionId: session.id, actorId: id, restriction: 'ban' });
    for (const node of [0, 1] as const)
      for (const recovery of [{}, { pid: 'before', offset: '1' }]) {
        const line = await signIn(token, node, recovery);
        expect(line.heard.join()).toContain('actor.banned');
        line.write(`42${JSON.stringify(['session:join', { sessionId: session.id, since: 0 }])}`);
        await line.closed;
        expect(line.heard.join()).not.toContain('snapshot');
      }
  }, 30_000);
});

describe('a role that is taken away', () => {
  it('counts from the next request on open connections of every node (SEC-20, SEC-18, AUTH-12)', async () => {
    const actors = hub.nodes[0]!.app.get(ActorsService);
    const [id, place] = [await member(), { eventId: String(session.event_id), sessionId: session.id }];
    const pages = await everywhere(await tokenOf(id));
    const question = await hub.make.question({ session_id: session.id, state: 'approved' });
    const pin = (line: Line) => ask(line, 'question:moderate', { questionId: question.id, action: 'pin' });
    for (const line of pages) await ask(line, 'session:join', { sessionId: session.id });
    await actors.grant(id, { ...place, role: 'moderator' });
    for (const line of pages)
      await until('the role to hold', async () => (await pin(line)).includes('"ok":true'), 2_000);
    await actors.ungrant(id, place);
    for (const line of pages)
      await until('the role to end', async () => (await pin(line)).includes('forbidden'), 2_000);
    expect(pages.every(isOpen)).toBe(true);
  });
});

describe('a connection of another actor', () => {
  it('is resumed by nobody: not by its id, nor by what Socket.IO would recover it with (SEC-21, SEC-7)', async () => {
    const victim = await signIn(await tokenOf(await member('moderator')));
    const sid = (packet?: string) => (JSON.parse(packet!.replace(/^\d+/, '')) as { sid: string }).sid;
    const engine = sid(victim.heard.find((packet) => packet.startsWith('0')));
    const socket = sid(victim.heard.find((packet) => packet.startsWith('40')));
    for (const transport of ['websocket', 'polling']) {
      const answer = await fetch(`${hub.url}/socket.io/?EIO=4&transport=${transport}&sid=${engine}`);
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
    const thief = await signIn(await tokenOf(await member()), 0, { pid: socket, sid: socket, offset: socket });
    const welcome = thief.heard.find((packet) => packet.startsWith('40'));
    expect(sid(welcome)).not.toBe(socket);
    expect(welcome).not.toContain('pid');
    expect(await ask(thief, 'session:join', { sessionId: session.id })).toContain('"view":"audience"');
    expect(isOpen(victim)).toBe(true);
  });
});
