import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ActorEvents } from '../../apps/api/src/auth/actor-events.js';
import { OnAirService } from '../../apps/api/src/streams/on-air.service.js';
import { listenToCalls } from '../support/livekit-calls.js';
import { startStreamStand, type StreamStand } from '../support/stream-stand.js';
import { until } from '../support/until.js';

let stand: StreamStand;
let event: { id: string; slug?: unknown };
beforeAll(async () => (stand = await startStreamStand({ nodes: 2 })), 300_000);
afterAll(() => stand?.close(), 30_000);
beforeEach(async () => {
  event = await stand.hub.make.event();
  // No other reason to look at a room, as a webhook or a sweep would be.
  for (const { app } of stand.hub.nodes) jest.spyOn(app.get(OnAirService), 'hint').mockReturnValue();
});
afterEach(() => void jest.restoreAllMocks());

const signedIn = (role: string, kind = role === 'guest' ? 'guest' : 'demo') =>
  stand.signedIn({ event_id: event.id, role, kind, name: 'Ada' });
const makeRoom = async (kind = 'workshop') => (await stand.hub.make.room({ event_id: event.id, kind })).id;
const makeRooms = (count: number) => Promise.all(Array.from({ length: count }, () => makeRoom()));

/** Counts what each node hears of somebody. */
function hearOf(person: { id: string }) {
  const heard = stand.hub.nodes.map(() => 0);
  const stops = stand.hub.nodes.map(({ app }, node) =>
    app.get(ActorEvents).on(({ actorId }) => void (actorId === person.id && heard[node]!++)),
  );
  return { heard, stop: () => stops.forEach((stop) => stop()) };
}

describe('somebody of whom much is heard', () => {
  it('has no stream looked at for a new name, however often they take one (STR-19)', async () => {
    const person = await signedIn('guest');
    const rooms = await makeRooms(3);
    for (const room of rooms) await stand.tokenFor(person.token, room);
    const calls = stand.hub.nodes.map((node) => listenToCalls(node));
    const hearing = hearOf(person);
    for (let n = 0; n < 20; n++) {
      const body = JSON.stringify({ event: event.slug, name: `Ada ${n}` });
      const answer = await stand.call('/auth/guest', person.token, { method: 'POST', body });
      expect(await answer.json()).toMatchObject({ actor: { id: person.id, name: `Ada ${n}` } });
    }
    await until('both nodes to hear of every name', () => hearing.heard.every((count) => count >= 20));
    await stand.call('/auth/sign-out', person.token, { method: 'POST' });
    const looks = () => calls.map(({ asked }) => asked.length);
    await until('a look at each room for the sign-out', () => looks().every((count) => count >= rooms.length));
    expect(looks()).toEqual([rooms.length, rooms.length]);
    hearing.stop();
  }, 30_000);

  it('has each room looked at once at a time, and once more for all that came meanwhile (STR-19)', async () => {
    const { id, token } = await signedIn('guest');
    const [room] = await makeRooms(1);
    await stand.tokenFor(token, room!);
    let answers = false;
    const answer = async () => void (await until('LiveKit to answer', () => answers));
    const calls = stand.hub.nodes.map((node) => listenToCalls(node, answer));
    const looks = () => calls.map(({ asked }) => asked.length);
    const hearing = hearOf({ id });
    const devices = await Promise.all(Array.from({ length: 30 }, () => stand.hub.sign(id)));
    for (const device of devices) await stand.call('/auth/sign-out', device.token, { method: 'POST' });
    await until('both nodes to hear of every sign-out', () => hearing.heard.every((count) => count >= devices.length));
    expect(looks()).toEqual([1, 1]);
    answers = true;
    await until('the look after the last', () => looks().every((count) => count >= 2));
    await stand.call('/auth/sign-out', (await stand.hub.sign(id)).token, { method: 'POST' });
    await until('a look for the next', () => looks().every((count) => count >= 3), 2_000);
    // One more where the place of the last was still being read when LiveKit answered.
    for (const count of looks()) expect(count).toBeLessThanOrEqual(4);
    hearing.stop();
  }, 30_000);
});
