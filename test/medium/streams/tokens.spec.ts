import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { decodeJwt } from 'jose';
import { WebSocket } from 'ws';
import { RoomAdmin } from '#libs/livekit/room-admin';
import { ActorsService } from '../../../apps/api/src/identity/actors/actors.service.js';
import { OnAirService } from '../../../apps/api/src/streams/on-air.service.js';
import { listenToCalls } from '../../support/hub/livekit-calls.js';
import { testClients } from '../../support/clients/test-clients.js';
import { type StreamPage } from '../../support/streams/stream-page.js';
import { startStreamFixture, type StreamFixture } from '../../support/streams/stream-fixture.js';
import { until } from '../../support/until.js';

/** LiveKit's reason for the end of a connection: removed by the hub. */
const REMOVED = 4;
const NEVER = {
  canPublishData: false,
  canUpdateOwnMetadata: false,
  roomAdmin: false,
  roomCreate: false,
  roomList: false,
  roomRecord: false,
  ingressAdmin: false,
  recorder: false,
};
const WATCHES = { canPublish: false, hidden: true };
const PUBLISHES = {
  canPublish: true,
  hidden: false,
  canPublishSources: ['camera', 'microphone', 'screen_share', 'screen_share_audio'],
};

let fixture: StreamFixture;
let session: { id: string; event_id?: unknown; room_id?: unknown };
let room: string;
beforeAll(async () => (fixture = await startStreamFixture({ nodes: 2 })), 300_000);
afterAll(() => fixture?.close(), 30_000);
beforeEach(async () => void (await use({})));
afterEach(() => void jest.restoreAllMocks());

async function use(overrides: Record<string, unknown>) {
  session = await fixture.hub.make.session(overrides);
  room = String(session.room_id);
}
const signedIn = (role: string, more: Record<string, unknown> = {}) =>
  fixture.signedIn({ event_id: session.event_id, role, name: 'Ada', ...more });
const tokenFor = (token: string, body?: object) => fixture.tokenFor(token, room, body);
const inRoom = async (actorId: string) =>
  (await new RoomAdmin(fixture.livekit).participants(room)).filter(
    ({ identity }) => fixture.identities.holderOf(identity)?.actorId === actorId,
  );
const generationOf = async (actorId: string) =>
  (
    await fixture.hub.database.query<{ stream_generation: number; stream_floor: number }>(
      'SELECT stream_generation, stream_floor FROM actor WHERE id = $1',
      [actorId],
    )
  )[0];

/** Goes on air, and waits until the hub got their join: LiveKit reports it with a delay. */
async function publish(page: StreamPage) {
  expect(await page.publish()).toBeNull();
  const isOnAir = async () =>
    (await fixture.hub.database.query<{ on_air: boolean }>('SELECT on_air FROM room WHERE id = $1', [room]))[0]?.on_air;
  await until('the room on air', isOnAir);
}

/** A person with an unused token, and with a page in the stream. */
async function present(role: string) {
  const person = await signedIn(role);
  const [page, unused] = [await fixture.pages.join(await tokenFor(person.token)), await tokenFor(person.token)];
  if (role === 'speaker') await publish(page);
  return { ...person, page, unused };
}

/** Tries to come in: LiveKit itself lets an old token pass, so they are thrown out again, perhaps before they are quite there. */
async function comeBack(person: { id: string; unused: { url: string; token: string } }) {
  const page: StreamPage | null = await fixture.pages.join(person.unused, 3_000).catch(() => null);
  if (page) expect(await until('the end of the connection that came back', () => page.ended(), 5_000)).toBe(REMOVED);
  await page?.leave();
}

async function restrict(actorId: string, restriction: 'ban' | 'mute') {
  const crowd = testClients(fixture.hub, session);
  const moderator = await crowd.connect({ role: 'moderator' });
  await moderator.client.request('actor:restrict', { sessionId: session.id, actorId, restriction });
  crowd.leave();
}

describe('the claims of a stream token', () => {
  const claimsOf = async (token: string, body?: object) => decodeJwt((await tokenFor(token, body)).token);
  /** Everything that stands in it: what is not listed here is not there. */
  const claims = (mayPublish: boolean) => ({
    iss: fixture.livekit.apiKey,
    nbf: expect.any(Number),
    exp: expect.any(Number),
    sub: expect.stringMatching(/^[\w-]{16}\.[\w-]{48}\.[0-9a-f]{8}$/),
    ...(mayPublish && { name: 'Ada' }),
    video: { room, roomJoin: true, canSubscribe: true, ...NEVER, ...(mayPublish ? PUBLISHES : WATCHES) },
  });

  it.each([
    ['plenary', 'guest', false],
    ['plenary', 'attendee', false],
    ['plenary', 'interpreter', false],
    ['plenary', 'speaker', true],
    ['plenary', 'moderator', true],
    ['plenary', 'organiser', true],
    ['workshop', 'guest', true],
    ['hub', 'attendee', false],
    ['hub', 'speaker', true],
  ])(
    'in a %s of a %s are exactly those, and tell only the hub who it is (STR-3, STR-4, STR-21, STR-22, SEC-62, SEC-63)',
    async (kind, role, mayPublish) => {
      const made = await fixture.hub.make.room({ kind });
      await use({ event_id: made.event_id, room_id: made.id });
      const { id, token } = await signedIn(role);
      const given = await claimsOf(token);
      expect(given).toEqual(claims(mayPublish));
      expect(fixture.identities.holderOf(String(given.sub))).toEqual({ actorId: id, generation: 0 });
      expect(Number(given.exp) - Number(given.nbf)).toBe(600);
      expect(await claimsOf(token, { publish: false })).toEqual(claims(false));
    },
  );

  it('of a muted person are those of the audience, regardless of their role (STR-2, SEC-62)', async () => {
    const { id, token } = await signedIn('speaker');
    await restrict(id, 'mute');
    await until('the mute', async () => (await tokenFor(token)).grants.canPublish === false);
    const given = await claimsOf(token);
    expect(given).toEqual(claims(false));
    expect(fixture.identities.holderOf(String(given.sub))).toEqual({ actorId: id, generation: 1 });
  });
});

describe('a token of one purpose', () => {
  const atLiveKit = async (token: string, path = '/rtc/validate') => {
    const http = fixture.livekit.url.replace('ws', 'http');
    return (await fetch(`${http}${path}`, { headers: { authorization: `Bearer ${token}` } })).status;
  };

  it('opens nothing of the other: neither the hub with LiveKit’s, nor LiveKit with the hub’s (SEC-16)', async () => {
    const { token } = await signedIn('organiser');
    const given = await tokenFor(token);
    expect(await atLiveKit(given.token)).toBe(200);
    expect(await atLiveKit(token)).toBe(401);
    for (const method of ['POST', 'GET'])
      expect(
        (await fixture.call(`/rooms/${room}/${method === 'GET' ? 'publishers' : 'token'}`, given.token, { method }))
          .status,
      ).toBe(401);
  });

  it('does not become another: one of another room, with another right or with another’s name is refused (SEC-64)', async () => {
    const { token } = await signedIn('attendee');
    const given = await tokenFor(token);
    const [header, payload, signature] = given.token.split('.');
    const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as { video: object };
    const changed = (more: object) =>
      `${header}.${Buffer.from(JSON.stringify({ ...claims, ...more })).toString('base64url')}.${signature}`;
    expect(await atLiveKit(changed({}))).toBe(200);
    for (const more of [
      { video: { ...claims.video, room: 'another' } },
      { video: { ...claims.video, canPublish: true } },
      { video: { ...claims.video, roomAdmin: true } },
      { sub: 'somebody-else' },
      { exp: 9_999_999_999 },
    ])
      expect([more, await atLiveKit(changed(more))]).toEqual([more, 401]);
    const elsewhere = await fixture.hub.make.session();
    expect((await fixture.ask(token, String(elsewhere.room_id))).status).toBe(403);
  });

  it('of a viewer or a speaker does nothing to rooms through LiveKit’s API (SEC-62, SEC-64)', async () => {
    const http = fixture.livekit.url.replace('ws', 'http');
    for (const role of ['attendee', 'speaker']) {
      const { token } = await tokenFor((await signedIn(role)).token);
      for (const [act, body] of [
        ['ListRooms', {}],
        ['ListParticipants', { room }],
        ['DeleteRoom', { room }],
        ['RemoveParticipant', { room, identity: 'x' }],
      ] as const) {
        const answer = await fetch(`${http}/twirp/livekit.RoomService/${act}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        expect([role, act, answer.status]).toEqual([role, act, 401]);
      }
    }
  });

  it('does not sign a webhook (STR-8, SEC-66)', async () => {
    const { token } = await tokenFor((await signedIn('speaker')).token);
    const webhook = await fixture.signedWebhook({ id: 'from-a-speaker', event: 'room_started', room: { name: room } });
    for (const authorization of [token, `Bearer ${token}`])
      expect((await webhook.send(webhook.body, { authorization })).status).toBe(401);
  });
});

describe('an old token', () => {
  it('of a person who signed out cannot rejoin, and their connections end at once (STR-17, SEC-65)', async () => {
    const [viewer, speaker] = [await present('attendee'), await present('speaker')];
    for (const { token } of [viewer, speaker])
      await fixture.call('/auth/sign-out', token, { method: 'POST' }, fixture.hub.nodes[1]!.url);
    for (const { page } of [viewer, speaker])
      expect(await until('the end of the connection', () => page.ended(), 2_000)).toBe(REMOVED);
    for (const person of [viewer, speaker]) {
      await comeBack(person);
      await until('nobody of theirs in the room', async () => (await inRoom(person.id)).length === 0);
    }
    const again = (await fixture.hub.sign(viewer.id)).token;
    const page = await fixture.pages.join(await tokenFor(again));
    await fixture.hub.app.get(OnAirService).sweep();
    await until('the fresh one is there', async () => (await inRoom(viewer.id)).length === 1);
    expect(await page.ended()).toBeNull();
    await Promise.all([viewer, speaker, { page }].map((one) => one.page.leave()));
  }, 60_000);

  it('of a person who lost their role cannot rejoin; they stop publishing and keep watching (STR-11, STR-17, SEC-65)', async () => {
    const actors = fixture.hub.nodes[1]!.app.get(ActorsService);
    const person = await signedIn('attendee');
    const place = { eventId: String(session.event_id), sessionId: session.id };
    await actors.grant(person.id, { ...place, role: 'speaker' });
    const granted = async () => (await tokenFor(person.token)).grants.canPublish;
    await until('the role', granted);
    const [page, unused] = [await fixture.pages.join(await tokenFor(person.token)), await tokenFor(person.token)];
    await publish(page);
    await actors.ungrant(person.id, place);
    await until('nothing is sent any more', async () => (await page.sends()) === 0, 2_000);
    await fixture.hub.app.get(OnAirService).sweep();
    expect(await page.ended()).toBeNull();
    await comeBack({ ...person, unused });
    await page.leave();
  }, 60_000);

  it('of a muted person cannot rejoin, and their connection keeps watching (STR-11, STR-17)', async () => {
    const speaker = await present('speaker');
    await restrict(speaker.id, 'mute');
    await until('nothing is sent any more', async () => (await speaker.page.sends()) === 0, 2_000);
    expect(await speaker.page.ended()).toBeNull();
    await comeBack(speaker);
    await speaker.page.leave();
  }, 60_000);

  it('of a guest who publishes in a workshop publishes no more once its guests only watch (AUTH-25, STR-11)', async () => {
    const { id, event_id } = await fixture.hub.make.room({ kind: 'workshop' });
    await use({ event_id, room_id: id });
    // No other reason to look at the room, as a webhook or a sweep would be.
    for (const { app } of fixture.hub.nodes) jest.spyOn(app.get(OnAirService), 'hint').mockReturnValue();
    const people = await Promise.all(
      ['guest', 'attendee'].map(async (role) => {
        const page = await fixture.pages.join(await tokenFor((await signedIn(role)).token));
        expect(await page.publish()).toBeNull();
        await until('a picture', async () => (await page.sends()) > 0);
        return page;
      }),
    );
    // As an organiser does; each node reads it within a second.
    await fixture.hub.database.query(`UPDATE event SET guests = 'watch_only' WHERE id = $1`, [event_id]);
    await until('the guest sends nothing any more', async () => (await people[0]!.sends()) === 0, 2_000);
    expect(await people[1]!.sends()).toBeGreaterThan(0);
    expect(await people[0]!.ended()).toBeNull();
    await Promise.all(people.map((page) => page.leave()));
  }, 60_000);

  it('whose joining nobody told of is found by the sweep, a viewer’s too (STR-17)', async () => {
    const viewer = await present('attendee');
    // As after a sign-out that no node could act on: nobody hears of it.
    await fixture.hub.database.query('UPDATE actor SET stream_generation = 1, stream_floor = 1 WHERE id = $1', [
      viewer.id,
    ]);
    await fixture.hub.app.get(OnAirService).sweep();
    expect(await until('the end', () => viewer.page.ended(), 5_000)).toBe(REMOVED);
    await viewer.page.leave();
  }, 60_000);

  it('ends with all that takes a right away, also by hand in the database, and with nothing else (STR-17)', async () => {
    const { id } = await signedIn('attendee');
    const { query } = fixture.hub.database;
    const steps = [
      [`INSERT INTO role_grant (actor_id, event_id, role) VALUES ($1, $2, 'moderator')`, [0, 0]],
      [`UPDATE role_grant SET role = 'moderator' WHERE actor_id = $1 AND event_id = $2`, [0, 0]],
      [`UPDATE role_grant SET role = 'speaker' WHERE actor_id = $1 AND event_id = $2`, [1, 0]],
      [`DELETE FROM role_grant WHERE actor_id = $1 AND event_id = $2`, [2, 0]],
      [`INSERT INTO restriction (actor_id, event_id, kind) VALUES ($1, $2, 'mute')`, [3, 0]],
      [`INSERT INTO restriction (actor_id, event_id, kind) VALUES ($1, $2, 'ban')`, [4, 0]],
      [`DELETE FROM restriction WHERE actor_id = $1 AND event_id = $2`, [4, 0]],
      [`UPDATE actor SET name = 'Eve', changed_at = now() WHERE id = $1 AND event_id = $2`, [4, 0]],
      [`UPDATE actor SET tokens_valid_from = now() WHERE id = $1 AND event_id = $2`, [5, 5]],
      [`UPDATE actor SET role = 'guest' WHERE id = $1 AND event_id = $2`, [6, 5]],
    ] as const;
    for (const [sql, [stream_generation, stream_floor]] of steps) {
      await query(sql, [id, session.event_id]);
      expect([sql, await generationOf(id)]).toEqual([sql, { stream_generation, stream_floor }]);
    }
    await query(`INSERT INTO revoked_token (jti, actor_id, expires_at) VALUES (gen_random_uuid(), $1, now())`, [id]);
    expect(await generationOf(id)).toEqual({ stream_generation: 7, stream_floor: 7 });
  });
});

describe('a webhook', () => {
  it('that is repeated has one effect: the participant is checked once (STR-8, SEC-67)', async () => {
    const stranger = await signedIn('attendee');
    await restrict(stranger.id, 'ban');
    const asked = listen(0);
    const webhook = await fixture.signedWebhook({
      id: `joined-${stranger.id}`,
      event: 'participant_joined',
      room: { name: room },
      participant: { identity: fixture.identities.issue({ actorId: stranger.id, generation: 0 }) },
    });
    const answers = await Promise.all([webhook.send(), webhook.send(), webhook.send()]);
    expect([...answers, await webhook.send()].map(({ status }) => status)).toEqual([204, 204, 204, 204]);
    expect(asked.filter((call) => call.startsWith('remove'))).toEqual([`remove ${room}`]);
  });
});

describe('the candidates that LiveKit offers to a participant', () => {
  it('names no relay (SEC-69)', async () => {
    const { url, token } = await tokenFor((await signedIn('attendee')).token);
    const socket = new WebSocket(`${url}/rtc?access_token=${token}&protocol=15&auto_subscribe=1`);
    const [welcome] = (await once(socket, 'message')) as [Buffer];
    socket.close();
    expect(welcome.toString('latin1')).toContain(room);
    expect(welcome.toString('latin1')).not.toMatch(/turns?:/);
  });
});

describe('what LiveKit is asked', () => {
  it('checks the streams that a person had a token for, and none for a person without (STR-18)', async () => {
    const [watched, stranger, elsewhere] = [
      await present('attendee'),
      await signedIn('guest'),
      await signedIn('guest'),
    ];
    // A room that LiveKit does not have: no sweep and no webhook leads there, only that a person had a token for it.
    const { id: empty } = await fixture.hub.make.room({ event_id: session.event_id });
    await fixture.tokenFor(elsewhere.token, empty);
    const heard = [listen(0), listen(1)];
    const askedFor = (name: string) => heard.filter((asked) => asked.includes(`participants ${name}`)).length;
    await restrict(stranger.id, 'ban');
    await restrict(watched.id, 'ban');
    await until('the end of the connection', () => watched.page.ended(), 2_000);
    await until('both nodes', () => askedFor(room) === 2);
    expect(askedFor(empty)).toBe(0);
    await restrict(elsewhere.id, 'ban');
    await until('both nodes to look where they may be', () => askedFor(empty) === 2);
    await watched.page.leave();
  }, 30_000);

  it('about all streams comes from one node for all, and from another when that has gone (STR-18)', async () => {
    const heard = [listen(0), listen(1)];
    const sweeps = () => Promise.all(fixture.hub.nodes.map(({ app }) => app.get(OnAirService).sweepInTurn()));
    const count = () => heard.flat().filter((call) => call === 'rooms').length;
    const pass = () => fixture.hub.database.query(`UPDATE stream_sweep SET at = at - interval '26 seconds'`);
    await sweeps();
    const before = count();
    await pass();
    await sweeps();
    await sweeps();
    expect(count()).toBe(before + 1);
    await pass();
    await fixture.hub.nodes[1]!.app.get(OnAirService).sweepInTurn();
    expect(count()).toBe(before + 2);
  });
});

const listen = (node: 0 | 1) => listenToCalls(fixture.hub.nodes[node]!).asked;
