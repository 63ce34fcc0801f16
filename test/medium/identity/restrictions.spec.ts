import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { TokenService } from '../../../apps/api/src/identity/tokens/token.service.js';
import { browser } from '../../support/clients/cookie-client.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { until } from '../../support/until.js';

let hub: TestHub;
const sockets: Socket[] = [];
beforeAll(async () => {
  hub = await startHub({ nodes: 2 });
}, 60_000);
afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));
afterAll(() => hub?.close());

interface Row {
  readonly id: string;
  readonly event_id?: unknown;
}

const tokenOf = async ({ id }: Row) => (await hub.app.get(TokenService).sign(id)).token;
const member = (session: Row, role: string) => hub.make.actor({ event_id: session.event_id, role });

/** A connection that records why it was closed; resolves connected or with the refusal's code. */
async function connect(actor: Row, node: 0 | 1) {
  const socket = io(hub.nodes[node]!.url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { token: await tokenOf(actor) },
  });
  sockets.push(socket);
  const closings: { reason: string }[] = [];
  socket.on('connection:closing', (closing: { reason: string }) => closings.push(closing));
  const refusal = await new Promise<string | null>((resolve) => {
    socket.once('connect', () => resolve(null));
    socket.once('connect_error', (error) =>
      resolve((error as { data?: { code: string } }).data?.code ?? error.message),
    );
  });
  return { socket, closings, refusal };
}

type Connection = Awaited<ReturnType<typeof connect>>;
const request = ({ socket }: Connection, name: string, payload: object) =>
  socket.timeout(5_000).emitWithAck(name, payload) as Promise<{ ok: boolean; error?: { code: string } }>;

/** A session with a moderator on the first node who restricts others. */
async function moderated() {
  const session = await hub.make.session();
  const moderator = await connect(await member(session, 'moderator'), 0);
  const restrict = (restriction: string, { id: actorId }: Row, by = moderator, reason = 'shouting') =>
    request(by, 'actor:restrict', { sessionId: session.id, actorId, restriction, reason });
  return { session, moderator, restrict };
}

describe('a ban', () => {
  it('ends every connection of the actor on every node within two seconds, and the next ones (AUTH-8, SEC-18)', async () => {
    const { session, restrict } = await moderated();
    const troll = await member(session, 'attendee');
    const pages = [await connect(troll, 0), await connect(troll, 1)];
    const neighbour = await connect(await member(session, 'attendee'), 1);
    expect(await restrict('ban', troll)).toEqual({ ok: true, data: {} });
    for (const { socket, closings } of pages) {
      await until('the connection to end', () => socket.disconnected, 2_000);
      expect(closings).toMatchObject([{ reason: 'banned' }]);
    }
    expect((await connect(troll, 1)).refusal).toBe('actor.banned');
    expect(neighbour.socket.connected).toBe(true);
  });

  it('keeps a guest’s browser from becoming another guest, and can be lifted (AUTH-8, SEC-19)', async () => {
    const { session, restrict } = await moderated();
    const event = await hub.database.query<{ slug: string }>('SELECT slug FROM event WHERE id = $1', [
      session.event_id,
    ]);
    const page = browser(hub.nodes[1]!.url);
    const signIn = () => page.post('/api/auth/guest', { event: event[0]?.slug });
    const { actor } = (await signIn()).body;
    await restrict('ban', actor);
    await until('the ban to hold', async () => (await signIn()).body.error?.code === 'actor.banned', 2_000);
    expect((await page.get('/api/me')).body).toEqual({ actor: null });
    await restrict('unban', actor);
    await until('the ban to end', async () => (await signIn()).body.actor?.id === actor.id, 2_000);
  });

  it('reaches the other node also while Redis is unavailable (AUTH-7, AUTH-8, SEC-18)', async () => {
    const { session, restrict } = await moderated();
    const [troll, leaver] = [await member(session, 'attendee'), await member(session, 'attendee')];
    const [page, other] = [await connect(troll, 1), await connect(leaver, 1)];
    hub.redis?.pause();
    try {
      await restrict('ban', troll);
      await until('the connection to end', () => page.socket.disconnected, 2_500);
      expect(page.closings).toMatchObject([{ reason: 'banned' }]);
      const { token } = (other.socket.auth ?? {}) as { token: string };
      await browser(hub.url).post('/api/auth/sign-out', {}, { authorization: `Bearer ${token}` });
      await until('the other connection to end', () => other.socket.disconnected, 2_500);
      expect(other.closings).toMatchObject([{ reason: 'signed_out' }]);
    } finally {
      hub.redis?.resume();
    }
  });
});

describe('a mute', () => {
  it('refuses what the actor writes on every node, until it is lifted (AUTH-8)', async () => {
    const { session, restrict } = await moderated();
    const loud = await member(session, 'attendee');
    const page = await connect(loud, 1);
    const ask = async () => {
      const question = { id: randomUUID(), sessionId: session.id, text: `Why ${randomUUID()}?`, anonymous: false };
      return (await request(page, 'question:ask', question)).error?.code ?? 'asked';
    };
    await request(page, 'session:join', { sessionId: session.id });
    expect(await ask()).toBe('asked');
    await restrict('mute', loud);
    await until('the mute to hold', async () => (await ask()) === 'actor.muted', 2_000);
    expect(page.socket.connected).toBe(true);
    await restrict('unmute', loud);
    await until('the mute to end', async () => (await ask()) === 'asked', 2_000);
  });
});

describe('the restricting moderator', () => {
  it('is a moderator of the event, and the other stands below (AUTH-9)', async () => {
    const { session, restrict } = await moderated();
    const elsewhere = await hub.make.session();
    const target = await member(session, 'attendee');
    const attendee = await connect(await member(session, 'attendee'), 1);
    const stranger = await connect(await member(elsewhere, 'moderator'), 1);
    const refused = async (answer: Promise<{ error?: { code: string } }>) => (await answer).error?.code;
    expect(await refused(restrict('ban', target, attendee))).toBe('forbidden');
    expect(await refused(restrict('ban', target, stranger))).toBe('not_found');
    expect(await refused(restrict('ban', await member(session, 'moderator')))).toBe('forbidden');
    expect(await refused(restrict('ban', await member(session, 'organiser')))).toBe('forbidden');
    expect(await refused(restrict('ban', await member(elsewhere, 'attendee')))).toBe('not_found');
    expect(await refused(restrict('ban', { id: randomUUID() }))).toBe('not_found');
    expect(await hub.database.query('SELECT 1 FROM restriction WHERE actor_id = $1', [target.id])).toEqual([]);
  });

  it('is written down once for each change (AUTH-9)', async () => {
    const { session, restrict } = await moderated();
    const target = await member(session, 'attendee');
    for (const measure of ['mute', 'mute', 'unmute', 'unmute', 'unban']) await restrict(measure, target);
    const entries = await hub.database.query(
      'SELECT action, reason, target_actor_id AS target FROM moderation WHERE session_id = $1 ORDER BY id',
      [session.id],
    );
    expect(entries).toEqual([
      { action: 'mute', reason: 'shouting', target: target.id },
      { action: 'unmute', reason: 'shouting', target: target.id },
    ]);
  });

  it('may give another reason for what holds already (AUTH-9)', async () => {
    const { session, moderator, restrict } = await moderated();
    const target = await member(session, 'attendee');
    await restrict('mute', target);
    await restrict('mute', target, moderator, 'insults');
    await restrict('mute', target, moderator, 'insults');
    const reasons = (table: string, column: string) =>
      hub.database.query(`SELECT reason FROM ${table} WHERE ${column} = $1 ORDER BY reason`, [target.id]);
    expect(await reasons('restriction', 'actor_id')).toEqual([{ reason: 'insults' }]);
    expect(await reasons('moderation', 'target_actor_id')).toEqual([{ reason: 'insults' }, { reason: 'shouting' }]);
  });
});
