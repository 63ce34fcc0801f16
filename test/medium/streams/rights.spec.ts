import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { WebSocket } from 'ws';
import { type StreamToken } from '#libs/contract/stream';
import { RoomAdmin } from '#libs/livekit/room-admin';
import { ActorEvents } from '../../../apps/api/src/identity/actors/actor-events.js';
import { OnAirService } from '../../../apps/api/src/streams/on-air.service.js';
import { listenToCalls } from '../../support/hub/livekit-calls.js';
import { startStreamFixture, type StreamFixture } from '../../support/streams/stream-fixture.js';
import { until } from '../../support/until.js';

let fixture: StreamFixture;
const sockets: WebSocket[] = [];
let event: { id: string; slug?: unknown };
beforeAll(async () => (fixture = await startStreamFixture({ nodes: 2 })), 300_000);
afterAll(() => fixture?.close(), 30_000);
beforeEach(async () => {
  event = await fixture.hub.make.event();
  // No other reason to look at a room, as a webhook or a sweep would be.
  for (const { app } of fixture.hub.nodes) jest.spyOn(app.get(OnAirService), 'hint').mockReturnValue();
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const socket of sockets.splice(0)) socket.close();
});

const signedIn = (role: string, kind = role === 'guest' ? 'guest' : 'demo') =>
  fixture.signedIn({ event_id: event.id, role, kind, name: 'Ada' });
const makeRoom = async (kind = 'workshop') => (await fixture.hub.make.room({ event_id: event.id, kind })).id;
const makeRooms = (count: number) => Promise.all(Array.from({ length: count }, () => makeRoom()));

/** A participant connected to a room's stream, who may publish or watch and does neither. */
async function present(room: string, role: string) {
  const { token } = await signedIn(role);
  const given = await fixture.tokenFor(token, room);
  await signal(given);
  return given.identity;
}

/** Connects as a browser does, and sends no media. */
async function signal(given: StreamToken) {
  const socket = new WebSocket(`${given.url}/rtc?access_token=${given.token}&protocol=15&auto_subscribe=1`);
  sockets.push(socket);
  await once(socket, 'message');
}

/** The identities in a room of those who may publish, and of all others. */
async function inRoom(room: string) {
  const all = await new RoomAdmin(fixture.livekit).participants(room);
  const identities = (mayPublish: boolean) =>
    all.filter(({ canPublish }) => canPublish === mayPublish).map(({ identity }) => identity);
  return { publishers: identities(true).sort(), viewers: identities(false).sort() };
}

/** Counts the events that each node gets of an actor. */
function hearOf(person: { id: string }) {
  const heard = fixture.hub.nodes.map(() => 0);
  const stops = fixture.hub.nodes.map(({ app }, node) =>
    app.get(ActorEvents).on(({ actorId }) => void (actorId === person.id && heard[node]!++)),
  );
  return { heard, stop: () => stops.forEach((stop) => stop()) };
}

describe('an actor with many events', () => {
  it('has no stream looked at for a new name, however often they take one (STR-19)', async () => {
    const person = await signedIn('guest');
    const rooms = await makeRooms(3);
    for (const room of rooms) await fixture.tokenFor(person.token, room);
    const calls = fixture.hub.nodes.map((node) => listenToCalls(node));
    const hearing = hearOf(person);
    let names = 0;
    // One event may be lost on its way to the other node, so names are taken until both have heard of 20.
    await until('both nodes to hear of 20 names', async () => {
      const name = `Ada ${++names}`;
      const body = JSON.stringify({ event: event.slug, name });
      const answer = await fixture.call('/auth/guest', person.token, { method: 'POST', body });
      expect(await answer.json()).toMatchObject({ actor: { id: person.id, name } });
      return hearing.heard.every((count) => count >= 20);
    });
    await fixture.call('/auth/sign-out', person.token, { method: 'POST' });
    const looks = () => calls.map(({ asked }) => asked.length);
    await until('a look at each room for the sign-out', () => looks().every((count) => count >= rooms.length));
    expect(looks()).toEqual([rooms.length, rooms.length]);
    hearing.stop();
  }, 30_000);

  it('has each room looked at once at a time, and once more for all that came meanwhile (STR-19)', async () => {
    const { id, token } = await signedIn('guest');
    const [room] = await makeRooms(1);
    await fixture.tokenFor(token, room!);
    let answers = false;
    const answer = async () => void (await until('LiveKit to answer', () => answers));
    const calls = fixture.hub.nodes.map((node) => listenToCalls(node, answer));
    const looks = () => calls.map(({ asked }) => asked.length);
    const hearing = hearOf({ id });
    const devices = await Promise.all(Array.from({ length: 30 }, () => fixture.hub.sign(id)));
    for (const device of devices) await fixture.call('/auth/sign-out', device.token, { method: 'POST' });
    await until('both nodes to hear of every sign-out', () => hearing.heard.every((count) => count >= devices.length));
    expect(looks()).toEqual([1, 1]);
    answers = true;
    await until('the look after the last', () => looks().every((count) => count >= 2));
    await fixture.call('/auth/sign-out', (await fixture.hub.sign(id)).token, { method: 'POST' });
    await until('a look for the next', () => looks().every((count) => count >= 3), 2_000);
    // One more where the place of the last was still being read when LiveKit answered.
    for (const count of looks()) expect(count).toBeLessThanOrEqual(4);
    hearing.stop();
  }, 30_000);
});

describe('an event that closes its doors', () => {
  it.each(['registered', 'private'])(
    'puts its guests out of all streams within two seconds when it is %s, and nobody else (STR-11)',
    async (access) => {
      const [room] = await makeRooms(1);
      const stage = await makeRoom('plenary');
      const [publisher, viewer, attendee] = [
        await present(room!, 'guest'),
        await present(stage, 'guest'),
        await present(room!, 'attendee'),
      ];
      expect([await inRoom(room!), await inRoom(stage)]).toEqual([
        { publishers: [publisher, attendee].sort(), viewers: [] },
        { publishers: [], viewers: [viewer] },
      ]);
      await fixture.hub.database.query('UPDATE event SET access = $2 WHERE id = $1', [event.id, access]);
      await until('no guest', async () => (await inRoom(room!)).publishers.length === 1, 2_000);
      await until('no viewer', async () => (await inRoom(stage)).viewers.length === 0, 2_000);
      expect(await inRoom(room!)).toEqual({ publishers: [attendee], viewers: [] });
    },
    30_000,
  );

  it('puts a guest who also has a role in another event out of that one’s streams within two seconds (STR-11)', async () => {
    const elsewhere = await fixture.hub.make.session();
    const [room, other] = [String(elsewhere.room_id), await signedIn('guest')];
    const join = async (person: { id: string; token: string }) => {
      const { query } = fixture.hub.database;
      await query(`INSERT INTO role_grant (actor_id, event_id, role) VALUES ($1, $2, 'speaker')`, [person.id, elsewhere.event_id]); // prettier-ignore
      const token = (await fixture.hub.sign(person.id)).token;
      const given = await fixture.tokenFor(token, room);
      await signal(given);
      return given.identity;
    };
    const guest = await join(other);
    const attendee = await join(await signedIn('attendee'));
    expect((await inRoom(room)).publishers).toEqual([guest, attendee].sort());
    await fixture.hub.database.query(`UPDATE event SET access = 'registered' WHERE id = $1`, [event.id]);
    await until('the attendee alone', async () => (await inRoom(room)).publishers.length === 1, 2_000);
    expect((await inRoom(room)).publishers).toEqual([attendee]);
  }, 30_000);

  it('gives its guests no token from then on, on every node that has just served them (STR-28)', async () => {
    const [room] = await makeRooms(1);
    const [guest, attendee] = [await signedIn('guest'), await signedIn('attendee')];
    const ask = ({ token }: { token: string }, node: number) =>
      fixture.call(`/rooms/${room!}/token`, token, { method: 'POST' }, fixture.hub.nodes[node]!.url);
    for (const node of [0, 1]) expect((await ask(guest, node)).status).toBe(200);
    await fixture.hub.database.query(`UPDATE event SET access = 'registered' WHERE id = $1`, [event.id]);
    for (const node of [0, 1]) {
      const refused = await ask(guest, node);
      expect([refused.status, await refused.json()]).toMatchObject([403, { error: { code: 'auth.guests_refused' } }]);
      expect((await ask(attendee, node)).status).toBe(200);
    }
  });
});

describe('many who lose a right at once', () => {
  it('are silenced together, even where LiveKit does not answer for one of them (STR-11, STR-20)', async () => {
    const [room, other, broken] = await makeRooms(3);
    const guests = await Promise.all(Array.from({ length: 12 }, () => present(room!, 'guest')));
    const elsewhere = await present(other!, 'guest');
    await present(broken!, 'guest');
    const unlucky = new Set<string>();
    const calls = fixture.hub.nodes.map((node) =>
      listenToCalls(node, (call, identity) => {
        if (call === `setPublishing ${room}` && unlucky.size < 3) unlucky.add(identity!);
        if (call === `participants ${broken}` || unlucky.has(identity!)) throw new Error('no answer');
      }),
    );
    await fixture.hub.database.query(`UPDATE event SET guests = 'watch_only' WHERE id = $1`, [event.id]);
    const viewers = async () => [...(await inRoom(room!)).viewers, ...(await inRoom(other!)).viewers];
    await until('all but three', async () => (await viewers()).length === guests.length - 3 + 1, 2_000);
    expect((await viewers()).sort()).toEqual([...guests, elsewhere].filter((one) => !unlucky.has(one)).sort());
    expect(Math.max(...calls.map(({ mostAtOnce }) => mostAtOnce))).toBeGreaterThan(3); // as many as there are rooms
  }, 30_000);
});
