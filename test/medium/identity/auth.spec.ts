import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ActorsService } from '../../../apps/api/src/identity/actors/actors.service.js';
import { loadSigningKeys } from '../../../apps/api/src/identity/tokens/signing-keys.js';
import { TokenService } from '../../../apps/api/src/identity/tokens/token.service.js';
import { browser } from '../../support/clients/cookie-client.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { until } from '../../support/until.js';

const ORGANISER = { login: 'olga', password: 'a long first password' };

let hub: TestHub;
/** As in production: no demo, with limits, behind a proxy. */
let strict: TestHub;
beforeAll(async () => {
  hub = await startHub({
    nodes: 2,
    env: { DEMO: 'on', ORGANISER_LOGIN: ORGANISER.login, ORGANISER_PASSWORD: ORGANISER.password },
  });
  strict = await startHub({ env: { LIMITS: 'on', TRUST_PROXY: '1' } });
}, 60_000);
afterAll(() => Promise.all([hub?.close(), strict?.close()]));

const first = () => browser(hub.nodes[0]!.url);
const second = () => browser(hub.nodes[1]!.url);
const openEvent = async () => String((await hub.make.event()).slug);

describe('guests', () => {
  it('sign in to an open event, with or without a name (AUTH-1)', async () => {
    const event = await openEvent();
    const { status, body } = await first().post('/api/auth/guest', { event, name: ' Ada ' });
    expect(status).toBe(200);
    expect(body.actor).toMatchObject({ name: 'Ada', role: 'guest', sessions: [] });
    expect((await first().post('/api/auth/guest', { event })).body.actor.name).toBeNull();
  });

  it('are refused where accounts take part, and private events do not exist for them (AUTH-1)', async () => {
    const registered = await hub.make.event({ access: 'registered' });
    const hidden = await hub.make.event({ access: 'private' });
    const refused = await first().post('/api/auth/guest', { event: registered.slug });
    expect(refused).toMatchObject({ status: 403, body: { error: { code: 'auth.guests_refused' } } });
    const [there, nowhere] = [
      await first().post('/api/auth/guest', { event: hidden.slug }),
      await first().post('/api/auth/guest', { event: 'no-such-event' }),
    ];
    expect(there.status).toBe(404);
    expect({ ...there.body.error, requestId: '' }).toEqual({ ...nowhere.body.error, requestId: '' });
  });

  it('stay the same actor when they sign in again with another name (AUTH-2)', async () => {
    const [event, page] = [await openEvent(), first()];
    const before = await page.post('/api/auth/guest', { event, name: 'Ada' });
    const nameThere = async () =>
      (await second().get('/api/me', { authorization: `Bearer ${before.body.token}` })).body.actor.name;
    expect(await nameThere()).toBe('Ada');
    const after = await page.post('/api/auth/guest', { event, name: 'Ada L.' });
    expect(after.body.actor).toEqual({ ...before.body.actor, name: 'Ada L.' });
    await until('the other node to forget the old name', async () => (await nameThere()) === 'Ada L.', 2_000);
    const elsewhere = await page.post('/api/auth/guest', { event: await openEvent(), name: 'Ada' });
    expect(elsewhere.body.actor.id).not.toBe(before.body.actor.id);
  });
});

describe('demo sign-in', () => {
  it('gives a role in one event (AUTH-3)', async () => {
    const { body } = await first().post('/api/auth/demo', { event: await openEvent(), role: 'moderator', name: 'Mo' });
    expect(body.actor).toMatchObject({ name: 'Mo', role: 'moderator' });
  });

  it('makes organisers of the whole demo, and nobody else, without an event (START-22)', async () => {
    const { body } = await first().post('/api/auth/demo', { role: 'organiser' });
    expect(body.actor).toMatchObject({ role: 'organiser' });
    const authorization = `Bearer ${body.token}`;
    expect((await second().get('/api/me', { authorization })).body.actor).toMatchObject({ role: 'organiser' });
    for (const role of ['moderator', 'attendee'])
      expect(await first().post('/api/auth/demo', { role })).toMatchObject({
        status: 400,
        body: { error: { code: 'request.invalid', field: 'event' } },
      });
  });

  it('leaves no organiser of everything behind when the hub is a demo no more (START-22)', async () => {
    const { id } = await strict.make.actor({ event_id: null, kind: 'demo', role: 'organiser' });
    const authorization = `Bearer ${(await strict.sign(String(id))).token}`;
    expect(await browser(strict.url).get('/api/me', { authorization })).toMatchObject({
      status: 401,
      body: { error: { code: 'auth.invalid' } },
    });
  });

  it('does not exist outside demo mode, whatever is sent (AUTH-3)', async () => {
    for (const body of [{ event: 'x', role: 'organiser' }, {}])
      expect(await browser(strict.url).post('/api/auth/demo', body)).toMatchObject({
        status: 404,
        body: { error: { code: 'not_found' } },
      });
  });
});

describe('a token', () => {
  it('is the same in the cookie and as Bearer, on every node (AUTH-5)', async () => {
    const page = first();
    const { body, cookie } = await page.post('/api/auth/guest', { event: await openEvent() });
    expect(cookie).toMatch(/^plenum=.*; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
    expect((await page.get('/api/me')).body.actor).toEqual(body.actor);
    expect((await second().get('/api/me', { authorization: `Bearer ${body.token}` })).body.actor).toEqual(body.actor);
    expect((await second().get('/api/me', { cookie: `plenum=${body.token}` })).body.actor).toEqual(body.actor);
  });

  it('is refused as a wrong Bearer even beside a right cookie, and a stale cookie is a stranger (AUTH-5)', async () => {
    const page = first();
    await page.post('/api/auth/guest', { event: await openEvent() });
    expect(await page.get('/api/me', { authorization: 'Bearer wrong' })).toMatchObject({
      status: 401,
      body: { error: { code: 'auth.invalid' } },
    });
    expect((await first().get('/api/me', { cookie: 'plenum=stale' })).body).toEqual({ actor: null });
  });

  it('is renewed in the second half of its life when its browser asks (AUTH-14)', async () => {
    const { id } = await hub.make.actor();
    const tokens = hub.app.get(TokenService);
    const young = await tokens.sign(id, new Date(Date.now() - 11 * 3_600_000));
    const old = await tokens.sign(id, new Date(Date.now() - 13 * 3_600_000));
    expect((await first().get('/api/me', { cookie: `plenum=${young.token}` })).cookie).toBeNull();
    const renewed = await first().get('/api/me', { cookie: `plenum=${old.token}` });
    expect(renewed.body.actor.id).toBe(id);
    expect(renewed.cookie).toMatch(/^plenum=/);
    expect((await first().get('/api/me', { authorization: `Bearer ${old.token}` })).cookie).toBeNull();
  });
});

describe('signing out', () => {
  it('ends that sign-in on every node and no other one (AUTH-7)', async () => {
    const [event, page] = [await openEvent(), first()];
    const { body: one } = await page.post('/api/auth/guest', { event });
    const other = await hub.sign(one.actor.id);
    const ask = (token: string) => second().get('/api/me', { authorization: `Bearer ${token}` });
    expect((await ask(one.token)).status).toBe(200);
    const { status, cookie } = await page.post('/api/auth/sign-out', {}, { authorization: `Bearer ${one.token}` });
    expect([status, cookie]).toEqual([204, expect.stringMatching(/^plenum=; .*1970/)]);
    await until('the other node to refuse the token', async () => (await ask(one.token)).status === 401);
    expect((await ask(other.token)).status).toBe(200);
  });

  it('is open to everybody, so that a dead cookie can be dropped (AUTH-7)', async () => {
    expect((await first().post('/api/auth/sign-out', {}, { cookie: 'plenum=dead' })).status).toBe(204);
  });
});

describe('the organiser of the settings', () => {
  it('changes the password before anything else, which ends older tokens (AUTH-7, AUTH-10)', async () => {
    const [page, next] = [first(), 'another long password'];
    const { body } = await page.post('/api/auth/password', ORGANISER);
    expect(body.actor).toMatchObject({ role: 'organiser', eventId: null, mustChangePassword: true });
    expect((await page.get('/api/me')).status).toBe(200);
    expect(await page.post('/api/events', {})).toMatchObject({
      status: 403,
      body: { error: { code: 'auth.password_change_required' } },
    });
    const wrong = await page.post('/api/auth/password/change', { current: 'wrong', next });
    expect(wrong.body.error.code).toBe('auth.bad_credentials');
    const same = await page.post('/api/auth/password/change', {
      current: ORGANISER.password,
      next: ORGANISER.password,
    });
    expect(same.body.error).toMatchObject({ code: 'request.invalid', field: 'next' });
    const changed = await page.post('/api/auth/password/change', { current: ORGANISER.password, next });
    expect(changed.body.actor.mustChangePassword).toBeUndefined();
    expect((await page.post('/api/events', {})).body.error.code).toBe('request.invalid');
    const old = () => second().get('/api/me', { authorization: `Bearer ${body.token}` });
    await until('the old token to end', async () => (await old()).status === 401);
    await hub.app.get(ActorsService).onApplicationBootstrap();
    expect((await first().post('/api/auth/password', ORGANISER)).status).toBe(401);
    expect((await first().post('/api/auth/password', { ...ORGANISER, password: next })).status).toBe(200);
  }, 20_000);

  it('exists once, on whichever node, and no refusal distinguishes a login from a password (AUTH-10, AUTH-11)', async () => {
    expect(await hub.database.query(`SELECT 1 FROM actor WHERE login = $1`, [ORGANISER.login])).toHaveLength(1);
    const unknown = await first().post('/api/auth/password', { login: 'nobody', password: 'x' });
    const wrong = await first().post('/api/auth/password', { login: ORGANISER.login, password: 'x' });
    expect(unknown.status).toBe(401);
    expect({ ...unknown.body.error, requestId: '' }).toEqual({ ...wrong.body.error, requestId: '' });
  });
});

describe('a role', () => {
  it('that is taken away counts from the next request, on every node (AUTH-12, SEC-20)', async () => {
    const session = await hub.make.session({ state: 'scheduled' });
    const account = await hub.make.actor({ event_id: null, kind: 'account', role: 'guest' });
    const actors = hub.app.get(ActorsService);
    const authorization = `Bearer ${(await hub.app.get(TokenService).sign(account.id)).token}`;
    const pause = (state: string) =>
      second().call('PATCH', `/api/sessions/${session.id}`, { qa: state }, { authorization });
    const grant = { eventId: String(session.event_id), sessionId: session.id };
    expect((await pause('paused')).status).toBe(403);
    await actors.grant(account.id, { ...grant, role: 'moderator' });
    await until('the role to hold', async () => (await pause('paused')).status === 200);
    await actors.ungrant(account.id, grant);
    await until('the role to end', async () => (await pause('open')).status === 403);
  });
});

describe('guessing passwords', () => {
  it('is limited, honestly (AUTH-11, ERR-2)', async () => {
    const guess = () => browser(strict.url).post('/api/auth/password', { login: 'olga', password: 'guess' });
    for (let n = 0; n < 6; n++) expect((await guess()).status).toBe(401);
    const { status, body, headers } = await guess();
    expect([status, body.error.code]).toEqual([429, 'rate.limited']);
    expect(body.error.retryAfter).toBeGreaterThan(0);
    expect(Number(headers.get('retry-after'))).toBe(Math.ceil(body.error.retryAfter));
  }, 20_000);

  it('all at once keeps four of an address under way, and others get their turn (AUTH-26)', async () => {
    const guess = (login: string, address: string) =>
      browser(strict.url).post('/api/auth/password', { login, password: 'guess' }, { 'x-forwarded-for': address });
    const flood = Array.from({ length: 60 }, (_, n) => guess(`login-${n}`, '192.0.2.1'));
    const elsewhere = guess('olga', '192.0.2.2');
    const answers = await Promise.all(flood);
    expect((await elsewhere).status).toBe(401);
    const busy = answers.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(20);
    expect(busy[0]).toMatchObject({ body: { error: { code: 'busy', retryAfter: 1 } } });
    expect(busy[0]!.headers.get('retry-after')).toBe('1');
  }, 20_000);
});

describe('signing keys', () => {
  it('are made once by two nodes that start at once, for their owner only (AUTH-15)', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plenum-keys-'));
    try {
      const load = () => loadSigningKeys({ PLENUM_DATA: join(folder, 'data') });
      const [one, ...others] = await Promise.all(Array.from({ length: 8 }, load));
      for (const other of others) expect(other).toEqual(one);
      await writeFile(join(folder, 'data', 'signing-keys.json'), '{"keys":');
      await expect(load()).rejects.toThrow(/^PLENUM_DATA: .*signing-keys.json does not contain signing keys/);
      expect((await stat(join(folder, 'data', 'signing-keys.json'))).mode & 0o777).toBe(0o600);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
