import { jest } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { api } from '../../support/clients/api.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';

jest.setTimeout(30_000);

let hub: TestHub;
let webRoot: string;
const INDEX =
  '<!doctype html><html lang="en"><head><title>Plenum</title></head><body><div id="root"></div></body></html>';

beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'plenum-web-'));
  await mkdir(join(webRoot, 'assets'));
  await writeFile(join(webRoot, 'index.html'), INDEX);
  await writeFile(join(webRoot, 'assets/app-1a2b.js'), 'export {};');
  hub = await startHub({ env: { WEB_ROOT: webRoot } });
}, 60_000);
afterAll(async () => {
  await hub.close();
  await rm(webRoot, { recursive: true, force: true });
});

const get = (path: string) => request(hub.url).get(path);

describe('pages', () => {
  it('say what they show, in the language asked for (PROG-15, PROG-11)', async () => {
    const event = await hub.make.event({ title: 'Week & more', translations: { fr: { title: 'Semaine' } } });
    const session = await hub.make.session({ event_id: event.id, title: '<i>Talk</i>', abstract: 'About it.' });
    const page = await get(`/${String(event.slug)}?lang=fr`).set('Accept-Language', 'de');
    expect(page.status).toBe(200);
    expect(page.text).toContain('<html lang="fr">');
    expect(page.text).toContain('<title>Semaine · Plenum</title>');
    expect(page.text).toContain(
      `<a href="/${String(event.slug)}/s/${String(session.slug)}">&lt;i&gt;Talk&lt;/i&gt;</a>`,
    );
    const one = await get(`/${String(event.slug)}/s/${String(session.slug)}`).set('Accept-Language', 'nl-BE');
    expect(one.text).toContain('<title>&lt;i&gt;Talk&lt;/i&gt; · Week &amp; more · Plenum</title>');
    expect(one.text).toContain('<meta name="description" content="About it." />');
    expect(one.headers).toMatchObject({ 'content-language': 'nl', vary: expect.stringContaining('Accept-Language') });
  });

  it('have pictures that can be fetched (PROG-15)', async () => {
    const session = await hub.make.session();
    const png = await get(`/api/sessions/${session.id}/poster.png`);
    expect([png.status, png.headers['content-type'], (png.body as Buffer).subarray(1, 4).toString()]).toEqual([
      200,
      'image/png',
      'PNG',
    ]);
    expect((await get(`/api/sessions/${session.id}/poster.svg`)).headers['content-type']).toContain('image/svg+xml');
  });

  it('answer 404 with the app where there is nothing (PROG-16)', async () => {
    const { slug } = (await hub.make.event()) as unknown as { slug: string };
    for (const path of ['/nothing', `/${slug}/s/nothing`, `/${slug}/else`, '/a/b/c/d', '/%3Cscript%3E']) {
      const page = await get(path);
      expect([path, page.status]).toEqual([path, 404]);
      expect(page.text).toContain('<div id="root"></div>');
      expect(page.text).not.toContain('<script');
    }
    expect((await get('/assets/gone.js')).text).toBe('There is no such file.');
    expect((await get('/api/nothing')).body).toMatchObject({ error: { code: 'not_found' } });
  });

  it('do not tell strangers of a private event, and no search engine (PROG-9)', async () => {
    const event = await hub.make.event({ access: 'private', title: 'Hidden week' });
    const member = await hub.make.actor({ event_id: event.id });
    const stranger = await get(`/${String(event.slug)}`);
    expect([stranger.status, stranger.text.includes('Hidden week')]).toEqual([404, false]);
    const known = await get(`/${String(event.slug)}`).set('Cookie', `plenum=${await api(hub).tokenOf(member.id)}`);
    expect(known.text).toContain('Hidden week');
    expect(known.text).toContain('noindex');
  });

  it('of a desk and of a speaker say which session it is, to those who may know (WEB-196)', async () => {
    const event = await hub.make.event({ access: 'private', title: 'Hidden week' });
    const session = await hub.make.session({ event_id: event.id, title: 'Hidden talk' });
    const member = await hub.make.actor({ event_id: event.id });
    for (const kind of ['moderate', 'speak']) {
      const path = `/${String(event.slug)}/s/${String(session.slug)}/${kind}`;
      const known = await get(path).set('Cookie', `plenum=${await api(hub).tokenOf(member.id)}`);
      expect(known.text).toContain('<h1 dir="auto">Hidden talk</h1>');
      expect(known.text).toContain('noindex');
      const stranger = await get(path);
      expect([stranger.status, stranger.text.includes('Hidden')]).toEqual([200, false]);
    }
  });

  it('are the app alone where it has nothing to say before its script', async () => {
    for (const path of ['/sign-in', '/demo/moderator', '/present/a/b', '/a/s/b/moderate']) {
      const page = await get(path);
      expect([path, page.status]).toEqual([path, 200]);
      expect(page.text).toContain('noindex');
    }
  });

  it('are asked for again, while files whose name changes with their content are kept', async () => {
    expect((await get('/sign-in')).headers['cache-control']).toBe('private, no-cache');
    expect((await get('/assets/app-1a2b.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await request(hub.url).post('/sign-in')).status).toBe(404);
  });
});

describe('the short address of a session', () => {
  const codeOf = ({ join_code }: Record<string, unknown>) => String(join_code);

  it('leads to its page, in either case of letters (PROG-20)', async () => {
    const event = await hub.make.event();
    const session = await hub.make.session({ event_id: event.id });
    expect(codeOf(session)).toMatch(/^[CDFHJKMNPRTVWX34679]{5}$/);
    for (const code of [codeOf(session), codeOf(session).toLowerCase()]) {
      const answer = await get(`/j/${code}`);
      expect([answer.status, answer.headers.location]).toEqual([
        302,
        `/${String(event.slug)}/s/${String(session.slug)}`,
      ]);
    }
  });

  it('differs for sessions that one statement inserts (PROG-20)', async () => {
    const room = await hub.make.room();
    const rows = await hub.database.query<{ join_code: string }>(
      `INSERT INTO session (event_id, room_id, slug, title, kind, state, starts_at, ends_at, premoderated)
       SELECT $1, $2, 'many-' || n, 'Many', 'other', 'cancelled', now(), now() + interval '1 hour', false
         FROM generate_series(1, 3000) AS n RETURNING join_code`,
      [room.event_id, room.id],
    );
    expect(new Set(rows.map(({ join_code }) => join_code)).size).toBe(3000);
  });

  it('leads strangers to nothing in a private event, as a code that nobody has (PROG-21)', async () => {
    const event = await hub.make.event({ access: 'private' });
    const session = await hub.make.session({ event_id: event.id });
    const [hidden, unknown] = [await get(`/j/${codeOf(session)}`), await get('/j/CCCCC')];
    expect([hidden.status, hidden.text]).toEqual([404, unknown.text]);
    const attendee = await hub.make.actor({ event_id: event.id });
    const { token } = await hub.sign(attendee.id);
    expect((await get(`/j/${codeOf(session)}`).set('Authorization', `Bearer ${token}`)).status).toBe(302);
    expect((await get('/j/not-a-code')).status).toBe(404);
  });
});
