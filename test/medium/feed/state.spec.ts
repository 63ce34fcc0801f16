import { request as httpRequest } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { AudienceStateService } from '../../../apps/api/src/feed/join/audience-state.service.js';
import { ServerReplicas } from '../../../apps/api/src/feed/replica/server-replicas.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';

interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: Buffer;
}

let hub: TestHub;
beforeAll(async () => (hub = await startHub()), 60_000);
afterAll(() => hub?.close(), 30_000);

/** One request exactly as written, without what `fetch` adds and unpacks. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = httpRequest(`${hub.url}${path}`, { method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    asking.on('error', reject);
    asking.end();
  });
}

/** The same request to the fast path, and to the ordinary controller, which responds while the node has nothing loaded. */
async function askBoth(path: string, headers: Record<string, string> = {}) {
  const fast = await ask(path, headers);
  const closed = jest.spyOn(hub.app.get(AudienceStateService), 'peekPublic').mockReturnValue(null);
  const ordinary = await ask(path, headers);
  expect(closed).toHaveBeenCalled();
  closed.mockRestore();
  return { fast, ordinary };
}

/** Headers that may differ: the moment, the request's id, and how the connection goes on. */
function comparable({
  date: _,
  'x-request-id': __,
  connection: ___,
  'keep-alive': ____,
  'x-server-time': _____,
  ...headers
}: Answer['headers']) {
  return headers;
}

describe('GET /api/sessions/:id/state', () => {
  let session: { id: string; event_id?: unknown };
  let path: string;
  beforeEach(async () => {
    session = await hub.make.session({ version: 1 });
    await hub.make.question({
      session_id: session.id,
      state: 'approved',
      version: 1,
      text: 'Why is this so? '.repeat(20).trim(),
    });
    await hub.app.get(ServerReplicas).open(session.id);
    path = `/api/sessions/${session.id}/state`;
  });

  it('answers from memory what the controller answers, header by header (FEED-9)', async () => {
    for (const headers of [{}, { cookie: 'plenum=x' }, { origin: 'https://elsewhere.example' }]) {
      const { fast, ordinary } = await askBoth(path, headers as Record<string, string>);
      expect(fast.status).toBe(ordinary.status);
      expect(fast.body.toString()).toBe(ordinary.body.toString());
      expect(comparable(fast.headers)).toEqual(comparable(ordinary.headers));
    }
  });

  it('says the server’s time in a header of every answer, also of those without a body (FEED-35)', async () => {
    const known = String((await ask(path)).headers.etag);
    const before = Date.now();
    const { fast, ordinary } = await askBoth(path, { 'if-none-match': known });
    for (const { status, headers } of [fast, ordinary]) {
      expect(status).toBe(304);
      expect(Number(headers['x-server-time'])).toBeGreaterThanOrEqual(before);
      expect(Number(headers['x-server-time'])).toBeLessThanOrEqual(Date.now());
    }
  });

  it('says the same to who has it already (FEED-9)', async () => {
    const { etag } = (await ask(path)).headers;
    for (const known of [String(etag), `W/${String(etag)}`, `"other", ${String(etag)}`]) {
      const { fast, ordinary } = await askBoth(path, { 'if-none-match': known });
      expect([known, fast.status, fast.body.length]).toEqual([known, 304, 0]);
      expect(ordinary.status).toBe(304);
      expect(comparable(fast.headers)).toEqual(comparable(ordinary.headers));
    }
    expect((await ask(path, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('packs it for who takes gzip, and for nobody else (FEED-9)', async () => {
    const plain = await ask(path);
    expect(plain.body.toString()).toContain('Why is this so?');
    for (const accept of ['gzip', 'br, gzip;q=0.5', 'deflate, gzip, br']) {
      const packed = await ask(path, { 'accept-encoding': accept });
      expect(packed.headers['content-encoding']).toBe('gzip');
      expect(packed.headers['content-length']).toBe(String(packed.body.length));
      expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
      expect(packed.headers.vary).toBe(plain.headers.vary);
      expect(packed.headers.etag).toBe(`W/${String(plain.headers.etag)}`); // other bytes: a strong tag may not name both
    }
    for (const accept of ['br', 'gzip;q=0', 'identity', 'notgzip'])
      expect([accept, (await ask(path, { 'accept-encoding': accept })).headers['content-encoding']]).toEqual([
        accept,
        undefined,
      ]);
  });

  it('names the request as every answer does (FEED-9)', async () => {
    for (const id of ['a-request-of-mine', 'nonsense with <spaces>']) {
      const { fast, ordinary } = await askBoth(path, { 'x-request-id': id });
      const [named, expected] = [fast, ordinary].map(({ headers }) => String(headers['x-request-id']));
      expect(named === id).toBe(expected === id);
      expect(named).toMatch(/^\S{8,}$/);
    }
  });

  it('answers HEAD as GET, without the body (FEED-9)', async () => {
    const [head, get] = [await ask(path, {}, 'HEAD'), await ask(path)];
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(comparable(head.headers)).toEqual(comparable(get.headers));
  });

  it('shows what changed, and only that changes the tag (FEED-9)', async () => {
    const before = await ask(path);
    expect((await ask(path)).headers.etag).toBe(before.headers.etag);
    await hub.make.question({ session_id: session.id, state: 'approved', version: 2, text: 'And what about this?' });
    await hub.database.query('UPDATE session SET version = version + 1 WHERE id = $1', [session.id]);
    await hub.app.get(ServerReplicas).catchUp(session.id, 1_000);
    const after = await ask(path);
    expect(after.body.toString()).toContain('And what about this?');
    expect(after.headers.etag).not.toBe(before.headers.etag);
  });

  it('hides private sessions, strangers’ and unknown ones, and believes no wrong token (FEED-10, AUTH-4)', async () => {
    const event = await hub.make.event({ access: 'private' });
    const hidden = await hub.make.session({ event_id: event.id });
    await hub.app.get(ServerReplicas).open(hidden.id);
    const { fast, ordinary } = await askBoth(`/api/sessions/${hidden.id}/state`);
    expect([fast.status, ordinary.status]).toEqual([404, 404]);
    const member = await hub.make.actor({ event_id: event.id });
    const bearer = { authorization: `Bearer ${(await hub.sign(member.id)).token}` };
    const shown = await ask(`/api/sessions/${hidden.id}/state`, bearer);
    expect([shown.status, shown.headers['cache-control']]).toEqual([200, 'private, no-store']);
    expect((await ask(path, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await ask(`/api/sessions/00000000-0000-4000-8000-000000000000/state`)).status).toBe(404);
    expect((await ask(`/api/sessions/x/state`)).status).toBe(400);
  });

  it('hides it at once when its event becomes private (FEED-10)', async () => {
    expect((await ask(path)).status).toBe(200);
    await hub.database.query(`UPDATE event SET access = 'private' WHERE id = $1`, [session.event_id]);
    const deadline = Date.now() + 5_000;
    let status = 200;
    while (status === 200 && Date.now() < deadline) status = (await ask(path)).status;
    expect(status).toBe(404);
  });

  it('does the same work for a private session that is watched, one that is not, and one that is none (FEED-41)', async () => {
    const event = await hub.make.event({ access: 'private' });
    const [watched, idle] = [
      await hub.make.session({ event_id: event.id }),
      await hub.make.session({ event_id: event.id }),
    ];
    await hub.app.get(ServerReplicas).open(watched.id);
    const stranger = await hub.make.actor();
    const bearer = { authorization: `Bearer ${(await hub.sign(stranger.id)).token}` };
    await ask('/api/me', bearer); // from here on the node knows the token
    const statements = jest.spyOn(hub.app.get(DataSource), 'query');
    for (const headers of [{}, bearer] as Record<string, string>[]) {
      const done: string[][] = [];
      for (const id of [watched.id, idle.id, '00000000-0000-4000-8000-000000000000']) {
        statements.mockClear();
        expect((await ask(`/api/sessions/${id}/state`, headers)).status).toBe(404);
        const asked = statements.mock.calls.filter(([, values]) => JSON.stringify(values ?? []).includes(id));
        done.push(asked.map(([sql]) => sql));
      }
      expect(done[0]).toHaveLength(1);
      expect(done[1]).toEqual(done[0]);
      expect(done[2]).toEqual(done[0]);
    }
    statements.mockRestore();
  });
});
