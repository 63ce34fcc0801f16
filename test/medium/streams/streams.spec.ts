import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { type Publishers, type StreamToken } from '#libs/contract/stream';
import { RoomAdmin } from '#libs/livekit/room-admin';
import { TokenService } from '../../../apps/api/src/identity/tokens/token.service.js';
import { OnAirService } from '../../../apps/api/src/streams/on-air.service.js';
import { freePort } from '../../support/servers/free-port.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { type TestLiveKit } from '../../support/servers/livekit.js';
import { testClients } from '../../support/clients/test-clients.js';
import { type StreamPage } from '../../support/streams/stream-page.js';
import { startStreamFixture, type StreamFixture } from '../../support/streams/stream-fixture.js';
import { until } from '../../support/until.js';

let fixture: StreamFixture;
let livekit: TestLiveKit;
let hub: TestHub;
let pages: StreamFixture['pages'];
let session: { id: string; event_id?: unknown; room_id?: unknown };

beforeAll(async () => {
  fixture = await startStreamFixture();
  ({ livekit, hub, pages } = fixture);
}, 300_000);
afterAll(() => fixture?.close(), 30_000);
beforeEach(async () => {
  session = await hub.make.session();
});

const roomId = () => String(session.room_id);
const signedIn = (role: string, overrides: Record<string, unknown> = {}) =>
  fixture.signedIn({ event_id: session.event_id, role, ...overrides });
const call: StreamFixture['call'] = (...args) => fixture.call(...args);
const ask = (token: string | null, room = roomId(), body?: object) => fixture.ask(token, room, body);
const tokenFor = (token: string, body?: object) => fixture.tokenFor(token, roomId(), body);
const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;
const isOnAir = async () =>
  (await hub.database.query<{ on_air: boolean }>('SELECT on_air FROM room WHERE id = $1', [roomId()]))[0]!.on_air;
const onAir = async (role = 'speaker') => {
  const person = await signedIn(role);
  const given = await tokenFor(person.token);
  const page = await pages.join(given);
  expect(await page.publish()).toBeNull();
  return { ...person, identity: given.identity, page };
};

describe('a token for a stream', () => {
  it('lets a speaker publish under another identity each time, visible and with their name (STR-1, STR-4, STR-21, STR-22)', async () => {
    const speaker = await signedIn('speaker', { name: 'Ada' });
    const given = await tokenFor(speaker.token);
    expect(given).toMatchObject({ roomName: roomId(), url: livekit.url });
    expect(given.grants).toMatchObject({ canPublish: true, canPublishData: false, hidden: false, room: roomId() });
    expect((await tokenFor(speaker.token)).identity).not.toBe(given.identity);
    expect(fixture.identities.holderOf(given.identity)).toEqual({ actorId: speaker.id, generation: 0 });
    const claims = decodeJwt(given.token);
    expect(claims).toMatchObject({ sub: given.identity, name: 'Ada', exp: Date.parse(given.expiresAt) / 1000 });
    expect(claims).not.toHaveProperty('metadata');
  });

  it('lets the audience watch unseen under a new identity each time, without their name (STR-3, STR-4, STR-5, STR-21)', async () => {
    const attendee = await signedIn('attendee', { name: 'Ben' });
    const [first, second] = [await tokenFor(attendee.token), await tokenFor(attendee.token)];
    expect(first.grants).toEqual({
      room: roomId(),
      roomJoin: true,
      canSubscribe: true,
      canPublish: false,
      canPublishData: false,
      hidden: true,
    });
    expect(first.identity).not.toBe(second.identity);
    for (const { identity } of [first, second])
      expect(fixture.identities.holderOf(identity)).toEqual({ actorId: attendee.id, generation: 0 });
    expect(decodeJwt(first.token)).not.toHaveProperty('name');
  });

  it('gives a speaker who only wants to watch no more than that (STR-5, STR-24)', async () => {
    const speaker = await signedIn('speaker');
    const { grants } = await tokenFor(speaker.token, { publish: false });
    expect(grants).toMatchObject({ canPublish: false, hidden: true });
  });

  it('lets everybody publish in a workshop, but for those who were muted (STR-2)', async () => {
    const room = await hub.make.room({ event_id: session.event_id, kind: 'workshop' });
    session = await hub.make.session({ event_id: session.event_id, room_id: room.id });
    const guest = await signedIn('guest');
    expect((await tokenFor(guest.token)).grants.canPublish).toBe(true);
    const muted = await signedIn('guest');
    await hub.database.query(`INSERT INTO restriction (actor_id, event_id, kind) VALUES ($1, $2, 'mute')`, [
      muted.id,
      session.event_id,
    ]);
    expect((await tokenFor(muted.token)).grants.canPublish).toBe(false);
  });

  it('is refused to strangers, people of other events, and for what is no room (STR-16)', async () => {
    const attendee = await signedIn('attendee');
    const elsewhere = await hub.make.session();
    expect(await codeOf(await ask(null))).toBe('auth.required');
    expect(await codeOf(await ask(attendee.token, String(elsewhere.room_id)))).toBe('forbidden');
    expect(await codeOf(await ask(attendee.token, randomUUID()))).toBe('not_found');
    expect(await codeOf(await ask(attendee.token, 'x'))).toBe('request.invalid');
    expect(await codeOf(await ask(attendee.token, roomId(), { publish: 'yes' }))).toBe('request.invalid');
    expect((await ask((await tokenFor(attendee.token)).token)).status).toBe(401);
  });
});

describe('a room on air', () => {
  it('is what LiveKit lists, told by webhooks, and the feed hears of it (STR-9, STR-10)', async () => {
    const crowd = testClients(hub, session);
    const attendee = await crowd.join();
    expect(await isOnAir()).toBe(false);
    const speaker = await onAir();
    await until('on air in the feed', () => attendee.feed.getSnapshot().session?.onAir === true);
    expect(await isOnAir()).toBe(true);
    await speaker.page.leave();
    await until('off air in the feed', () => attendee.feed.getSnapshot().session?.onAir === false, 20_000);
    crowd.leave();
  }, 60_000);

  it('ends in the same state when webhooks were lost or say what is long past (STR-9)', async () => {
    await hub.database.query('UPDATE room SET on_air = true WHERE id = $1', [roomId()]);
    await hub.app.get(OnAirService).sweep();
    await until('the sweep sees that nobody publishes', async () => !(await isOnAir()));
    const late = await signedWebhook({ id: randomUUID(), event: 'track_published', room: { name: roomId() } });
    expect((await late.send()).status).toBe(204);
    await hub.app.get(OnAirService).sweep();
    const speaker = await onAir();
    await until('on air', isOnAir);
    const old = await signedWebhook({ id: randomUUID(), event: 'room_finished', room: { name: roomId() } });
    await old.send();
    await hub.app.get(OnAirService).sweep();
    expect(await isOnAir()).toBe(true);
    await speaker.page.leave();
  }, 60_000);

  it('shows moderators, and nobody else, who may publish, and never who watches (STR-7)', async () => {
    const [speaker, moderator, attendee] = [await onAir(), await signedIn('moderator'), await signedIn('attendee')];
    const viewer = await pages.join(await tokenFor(attendee.token));
    const list = async () =>
      ((await (await call(`/rooms/${roomId()}/publishers`, moderator.token)).json()) as Publishers).publishers;
    await until('both tracks', async () => (await list())[0]?.sources.length === 2);
    expect(await list()).toEqual([
      expect.objectContaining({ actorId: speaker.id, identity: speaker.identity, name: expect.any(String) }),
    ]);
    expect(await codeOf(await call(`/rooms/${roomId()}/publishers`, attendee.token))).toBe('forbidden');
    await Promise.all([speaker.page.leave(), viewer.leave()]);
  }, 60_000);
});

const signedWebhook: StreamFixture['signedWebhook'] = (...args) => fixture.signedWebhook(...args);

describe('webhooks', () => {
  const heard = async (id: string) =>
    (await hub.database.query('SELECT FROM livekit_webhook WHERE id = $1', [id])).length;

  it('are refused unsigned, signed by another, expired, changed or parsed on the way (STR-8, SEC-66)', async () => {
    const event = { id: randomUUID(), event: 'room_started', room: { name: roomId() } };
    const webhook = await signedWebhook(event);
    const refused = [
      await webhook.send(webhook.body, {}),
      await webhook.send(`${webhook.body} `),
      await webhook.send(JSON.stringify(JSON.parse(webhook.body), null, 1)),
      await (await signedWebhook(event, { secret: 'x'.repeat(40) })).send(),
      await (await signedWebhook(event, { age: 3600 })).send(),
      await webhook.send(webhook.body, { 'content-type': 'application/json' }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401]);
    expect(await heard(event.id)).toBe(0);
  });

  it('are refused where LiveKit never sends such a thing, and change nothing (STR-26)', async () => {
    const room = { name: roomId() };
    const participant = { identity: 'somebody' };
    for (const event of [
      { id: 'NO_\0', event: 'room_started', room },
      { id: '', event: 'room_started', room },
      { event: 'room_started', room },
      { id: 'x'.repeat(3_000), event: 'room_started', room },
      { id: 'NO_\u{1f600}', event: 'room_started', room },
      { id: 'NO_room', event: 'room_started', room: { name: `${roomId()}\0` } },
      { id: 'NO_person', event: 'participant_joined', room, participant: { identity: 'some\0body' } },
    ]) {
      const answer = await (await signedWebhook(event)).send();
      expect([event, answer.status, await codeOf(answer)]).toEqual([event, 400, 'request.invalid']);
    }
    // What is no message of LiveKit at all counts as unsigned: nothing can be read in it.
    for (const event of [
      [],
      'text',
      { id: 7, event: 'room_started' },
      { id: 'NO_x', room: 'text' },
      { id: 'NO_x', room: { name: '\ud800' } },
    ])
      expect((await (await signedWebhook(event as object)).send()).status).toBe(401);
    for (const name of ['x'.repeat(100_000), `${roomId()} `, "'; DROP TABLE room"])
      expect(
        (await (await signedWebhook({ id: randomUUID(), event: 'room_started', room: { name } })).send()).status,
      ).toBe(204);
    expect((await (await signedWebhook({ id: randomUUID(), event: 'x\0', room, participant })).send()).status).toBe(
      204,
    );
    expect((await hub.database.query(`SELECT FROM livekit_webhook WHERE id LIKE 'NO\\_%'`)).length).toBe(0);
  });

  it('have one effect however often they come, and none for rooms that are not ours (STR-8, SEC-67)', async () => {
    const event = { id: randomUUID(), event: 'room_started', room: { name: 'somebody-elses' } };
    const webhook = await signedWebhook(event);
    const answers = await Promise.all([webhook.send(), webhook.send(), webhook.send()]);
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(await heard(event.id)).toBe(1);
  });
});

describe('rights that end', () => {
  it('remove a banned person within two seconds, and again when they come back with an old token (STR-11, SEC-65)', async () => {
    const crowd = testClients(hub, session);
    const moderator = await crowd.join({ role: 'moderator' });
    const speaker = await onAir();
    const old = await tokenFor(speaker.token);
    await moderator.client.request('actor:restrict', {
      sessionId: session.id,
      actorId: speaker.id,
      restriction: 'ban',
    });
    expect(await until('the end of the connection', () => speaker.page.ended(), 2_000)).toBe(4);
    expect((await ask(speaker.token)).status).toBe(403);
    // LiveKit lets an old token in; they are thrown out again, perhaps before they are quite connected.
    const again: StreamPage | null = await pages.join(old).catch(() => null);
    if (again) expect(await until('the end of the second one', () => again.ended(), 5_000)).toBe(4);
    const admin = new RoomAdmin(livekit);
    await until('nobody of theirs in the room', async () =>
      (await admin.participants(String(session.room_id))).every(
        ({ identity }) => fixture.identities.holderOf(identity)?.actorId !== speaker.id,
      ),
    );
    await Promise.all([again?.leave(), speaker.page.leave()]);
    crowd.leave();
  }, 60_000);

  it('silence a muted person at once, who goes on watching (STR-11)', async () => {
    const crowd = testClients(hub, session);
    const moderator = await crowd.join({ role: 'moderator' });
    const speaker = await onAir();
    // The webhook of their joining has come: after the mute it would be that of an old token.
    await until('the room on air', isOnAir);
    await moderator.client.request('actor:restrict', {
      sessionId: session.id,
      actorId: speaker.id,
      restriction: 'mute',
    });
    await until('nothing is sent any more', async () => (await speaker.page.sends()) === 0);
    expect(await speaker.page.ended()).toBeNull();
    await speaker.page.leave();
    crowd.leave();
  }, 60_000);
});

describe('without LiveKit', () => {
  it('says so, and everything else goes on (STR-15)', async () => {
    const away = await startHub({
      env: { ...livekit.env, LIVEKIT_URL: `ws://127.0.0.1:${await freePort()}` },
    });
    try {
      const { id, event_id, room_id } = await away.make.session();
      const actor = await away.make.actor({ event_id, role: 'attendee' });
      const { token } = await away.app.get(TokenService).sign(actor.id);
      const response = await fetch(`${away.url}/api/rooms/${String(room_id)}/token`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      });
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await codeOf(response)).toBe('stream.unavailable');
      expect(await (await fetch(`${away.url}/api/hub`)).json()).toMatchObject({ streams: 'unavailable' });
      const crowd = testClients(away, { id, event_id });
      expect((await crowd.join()).feed.getSnapshot().status).toBe('live');
      crowd.leave();
    } finally {
      await away.close();
    }
  }, 60_000);

  it('comes back by itself after LiveKit was restarted, and the room is on air again (STR-9, STR-15)', async () => {
    const speaker = await onAir();
    await until('on air', isOnAir);
    await livekit.restart();
    await hub.app.get(OnAirService).sweep();
    await until('nobody is on air', async () => !(await isOnAir()), 15_000);
    const again = await until('a token', async () => {
      const response = await ask(speaker.token);
      return response.ok && ((await response.json()) as StreamToken);
    });
    // One person is in a stream once: the old page, which tries to come back by itself, would throw the new one out.
    await speaker.page.leave();
    const page = await pages.join(again);
    expect(await page.publish()).toBeNull();
    await until('on air again', isOnAir, 15_000);
    await page.leave();
  }, 90_000);
});
