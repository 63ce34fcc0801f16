import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { browser } from '../../support/clients/cookie-client.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
}, 60_000);
afterAll(() => hub?.close());

const eventWithDevices = () => hub.make.event({ guest_devices: true });
const guestsOf = async (eventId: unknown) =>
  (await hub.database.query(`SELECT id FROM actor WHERE event_id = $1`, [eventId])).length;
type Page = ReturnType<typeof browser>;

async function signIn(page: Page, event: unknown, name?: string) {
  const { status, body, headers } = await page.post('/api/auth/guest', { event, name });
  return { status, actor: body.actor, error: body.error?.code, cookies: headers.getSetCookie() };
}

describe('a device in an event that keeps devices', () => {
  it('stays one guest without the session cookie and after signing out (AUTH-22)', async () => {
    const { slug, id } = await eventWithDevices();
    const page = browser(hub.url);
    const first = await signIn(page, slug, 'Ada');
    page.forget('plenum');
    expect((await signIn(page, slug)).actor).toEqual(first.actor);
    await page.post('/api/auth/sign-out', {});
    expect((await signIn(page, slug, 'Ada L.')).actor).toEqual({ ...first.actor, name: 'Ada L.' });
    expect(await guestsOf(id)).toBe(1);
  });

  it('gets a cookie of its own that scripts cannot read, of which a hash is kept (AUTH-22)', async () => {
    const [one, other] = [await eventWithDevices(), await eventWithDevices()];
    const page = browser(hub.url);
    const [, value] = /^plenum-device=([\w-]{22});/.exec((await signIn(page, one.slug)).cookies[0]!)!;
    const { cookies } = await signIn(page, other.slug);
    expect(cookies[0]).toMatch(
      new RegExp(`^plenum-device=${value}; Max-Age=15552000; Path=/; Expires=.*; HttpOnly; SameSite=Lax$`),
    );
    const rows = await hub.database.query<{ device: Buffer }>(
      `SELECT device FROM guest_device WHERE event_id IN ($1, $2)`,
      [one.id, other.id],
    );
    expect(new Set(rows.map(({ device }) => device.toString('hex'))).size).toBe(2);
    expect(JSON.stringify(rows.map(({ device }) => device.toString('latin1')))).not.toContain(value);
  });

  it('is one guest for many tabs that sign in at once (AUTH-22)', async () => {
    const { slug, id } = await eventWithDevices();
    const cookie = `plenum-device=${'d'.repeat(22)}`;
    const tabs = Array.from({ length: 20 }, () =>
      browser(hub.url).post('/api/auth/guest', { event: slug }, { cookie }),
    );
    const answers = await Promise.all(tabs);
    expect(new Set(answers.map(({ body }) => body.actor.id)).size).toBe(1);
    expect(await guestsOf(id)).toBe(1);
  });

  it('stays refused when its guest is banned, also without the session cookie (AUTH-22, AUTH-8)', async () => {
    const { slug, id } = await eventWithDevices();
    const page = browser(hub.url);
    const { actor } = await signIn(page, slug);
    const moderator = await hub.make.actor({ event_id: id, role: 'moderator' });
    await hub.database.query(
      `INSERT INTO restriction (actor_id, event_id, kind, by_actor_id) VALUES ($1, $2, 'ban', $3)`,
      [actor.id, id, moderator.id],
    );
    page.forget('plenum');
    expect(await signIn(page, slug)).toMatchObject({ status: 403, error: 'actor.banned', cookies: [] });
  });

  it('is the guest who was there before devices were kept (AUTH-22, AUTH-2)', async () => {
    const { slug, id } = await hub.make.event();
    const page = browser(hub.url);
    const before = await signIn(page, slug);
    expect(before.cookies).toHaveLength(1);
    await hub.database.query(`UPDATE event SET guest_devices = true WHERE id = $1`, [id]);
    await signIn(page, slug);
    page.forget('plenum');
    expect((await signIn(page, slug)).actor).toEqual(before.actor);
  });

  it('is another one when its cookie is another, or is not one of ours (AUTH-22)', async () => {
    const { slug, id } = await eventWithDevices();
    for (const cookie of ['', 'plenum-device=x', `plenum-device=${'x'.repeat(5_000)}`])
      expect((await browser(hub.url).post('/api/auth/guest', { event: slug }, { cookie })).status).toBe(200);
    expect(await guestsOf(id)).toBe(3);
  });
});

describe('the settings of an event against fabricated guests', () => {
  it('are off unless an organiser sets them, and told to organisers only (AUTH-22, PROG-4)', async () => {
    const { slug, id } = await hub.make.event();
    const organiser = await hub.make.actor({ event_id: id, role: 'organiser' });
    const headers = { authorization: `Bearer ${(await hub.sign(organiser.id)).token}` };
    const page = browser(hub.url);
    const read = async (as?: typeof headers) => (await page.get(`/api/events/${String(slug)}`, as)).body;
    expect(await read(headers)).toMatchObject({ guestDevices: false, guestProof: false });
    const { body } = await page.call('PATCH', `/api/events/${String(slug)}`, { guestDevices: true }, headers);
    expect(body).toMatchObject({ guestDevices: true, guestProof: false });
    const { body: later } = await page.call('PATCH', `/api/events/${String(slug)}`, { title: 'Another' }, headers);
    expect(later).toMatchObject({ guestDevices: true, guestProof: false });
    expect(Object.keys(await read())).not.toContain('guestDevices');
  });
});
