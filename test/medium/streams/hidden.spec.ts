import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { WebSocket } from 'ws';
import { isOwnIdentity } from '#libs/client/own-identity';
import { type StreamToken } from '#libs/contract/stream';
import { RoomAdmin } from '#libs/livekit/room-admin';
import { grantsFor } from '#libs/livekit/grants';
import { signToken } from '#libs/livekit/token';
import { parseSigningKeys } from '../../../apps/api/src/identity/tokens/signing-keys.js';
import { OnAirService } from '../../../apps/api/src/streams/on-air.service.js';
import { StreamIdentities } from '../../../apps/api/src/streams/stream-identity.js';
import { type StreamPage } from '../../support/streams/stream-page.js';
import { startStreamFixture, type StreamFixture } from '../../support/streams/stream-fixture.js';
import { until } from '../../support/until.js';

/** LiveKit's reason for the end of a connection: removed by the hub. */
const REMOVED = 4;

let fixture: StreamFixture;
let event: { id: string };
let room: string;
const open: { close(): void | Promise<void> }[] = [];
beforeAll(async () => (fixture = await startStreamFixture()), 300_000);
afterAll(() => fixture?.close(), 30_000);
beforeEach(async () => {
  event = await fixture.hub.make.event();
  room = (await fixture.hub.make.room({ event_id: event.id, kind: 'workshop' })).id;
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const one of open.splice(0)) await one.close();
});

const signedIn = (name: string, role = 'attendee') => fixture.signedIn({ event_id: event.id, role, name });
const tokenFor = (person: { token: string }, publish: boolean) => fixture.tokenFor(person.token, room, { publish });

async function join(given: { url: string; token: string }): Promise<StreamPage> {
  const page = await fixture.pages.join(given);
  open.push({ close: () => page.leave() });
  return page;
}
async function goOnAir(given: StreamToken): Promise<StreamPage> {
  const page = await join(given);
  expect(await page.publish()).toBeNull();
  return page;
}

/** What LiveKit has told a page of the others: who they are, and how many tracks they send. */
const seen = async ({ page }: StreamPage) =>
  page.evaluate<[string, number][]>(
    '[...room.remoteParticipants.values()].map((p) => [p.identity, p.trackPublications.size])',
  );
const inRoom = async () =>
  (await new RoomAdmin(fixture.livekit).participants(room)).map(({ identity }) => identity).sort();

/** Everything that LiveKit says to a connection that only signals. */
async function listenTo(given: StreamToken) {
  const said: string[] = [];
  const socket = new WebSocket(`${given.url}/rtc?access_token=${given.token}&protocol=15&auto_subscribe=1`);
  socket.on('message', (message: Buffer) => said.push(message.toString('latin1')));
  open.push({ close: () => socket.close() });
  await once(socket, 'message');
  return { said, socket };
}

describe('people who watch', () => {
  it('stand in nothing that LiveKit says to others, in a workshop too, while they come and go (STR-7, STR-21)', async () => {
    const people = await Promise.all(['Ada', 'Ben', 'Cem', 'Dag'].map((name) => signedIn(name)));
    const [first, second, third] = await Promise.all(people.slice(0, 3).map((one) => tokenFor(one, false)));
    const early = await listenTo(first!);
    const passing = await listenTo(second!);
    const late = await listenTo(third!);
    expect(await inRoom()).toEqual([first, second, third].map((one) => one!.identity).sort());
    passing.socket.close();
    await until('LiveKit to see them go', async () => (await inRoom()).length === 2);
    // A participant that has received the publisher has received all earlier changes.
    const publisher = await tokenFor(people[3]!, true);
    await listenTo(publisher);
    for (const { said } of [early, late])
      await until('news of the publisher', () => said.some((message) => message.includes(publisher.identity)));
    expect(early.said.join()).toContain('Dag');
    for (const [one, own] of [
      [early, first],
      [late, third],
    ] as const) {
      const others = [first!, second!, third!].filter((other) => other !== own);
      for (const word of [
        ...others.map(({ identity }) => identity),
        ...people.map(({ id }) => id),
        'Ada',
        'Ben',
        'Cem',
      ])
        expect([word, one.said.join().includes(word)]).toEqual([word, false]);
    }
  }, 60_000);

  it('become visible with the token to go on air, and are gone for the others when they only watch again (STR-24)', async () => {
    const [speaker, viewer] = [await signedIn('Ada'), await signedIn('Ben')];
    const other = await join(await tokenFor(viewer, false));
    const watching = await join(await tokenFor(speaker, false));
    const given = await tokenFor(speaker, true);
    const onAir = await goOnAir(given);
    await until('both tracks at the viewer', async () => (await seen(other))[0]?.[1] === 2);
    expect(await seen(other)).toEqual([[given.identity, 2]]);
    await onAir.leave();
    await until('nobody on air', async () => (await seen(other)).length === 0, 20_000);
    expect([await watching.ended(), (await inRoom()).length]).toEqual([null, 2]);
    const again = await tokenFor(speaker, true);
    expect(again.identity).not.toBe(given.identity);
    await goOnAir(again);
    await until('them on air again', async () => (await seen(other))[0]?.[0] === again.identity);
  }, 60_000);
});

describe('going on air in a second window', () => {
  it('ends the first, which is told so, and leaves those that watch alone (STR-5)', async () => {
    const person = await signedIn('Ada');
    const watching = await join(await tokenFor(person, false));
    const first = await goOnAir(await tokenFor(person, true));
    const given = await tokenFor(person, true);
    const second = await goOnAir(given);
    expect(await until('the end of the first', () => first.ended(), 2_000)).toBe(REMOVED);
    expect(await first.page.evaluate('room.localParticipant.attributes')).toEqual({ 'plenum.ended': 'elsewhere' });
    await until('the second alone on air', async () => {
      const all = await seen(watching);
      return all.length === 1 && all[0]![0] === given.identity;
    });
    expect([await second.ended(), await watching.ended()]).toEqual([null, null]);
  }, 60_000);

  it('is found by a sweep where no webhook came, and the newest stays (STR-5, STR-9)', async () => {
    const person = await signedIn('Ada');
    const [first, second] = [await tokenFor(person, true), await tokenFor(person, true)];
    const hint = jest.spyOn(fixture.hub.app.get(OnAirService), 'hint').mockReturnValue();
    await listenTo(first);
    await until('the first there', async () => (await inRoom()).length === 1);
    await listenTo(second);
    await until('both there', async () => (await inRoom()).length === 2);
    hint.mockRestore();
    await fixture.hub.app.get(OnAirService).sweep();
    await until('one alone', async () => (await inRoom()).length === 1);
    expect(await inRoom()).toEqual([second.identity]);
  }, 30_000);
});

describe('an identity in LiveKit', () => {
  it('is another for each token, room and day, and only the hub and its own pages know whose (STR-22, STR-23)', async () => {
    const [person, other] = [await signedIn('Ada', 'speaker'), await signedIn('Ben')];
    const elsewhere = (await fixture.hub.make.room({ event_id: event.id })).id;
    const given = [
      await tokenFor(person, true),
      await tokenFor(person, true),
      await tokenFor(person, false),
      await fixture.tokenFor(person.token, elsewhere, { publish: true }),
    ];
    expect(new Set(given.flatMap(({ identity }) => identity.split('.'))).size).toBe(given.length * 3);
    const strangers = await tokenFor(other, false);
    for (const { identity, resolvingKey } of given) {
      expect(fixture.identities.holderOf(identity)?.actorId).toBe(person.id);
      expect([isOwnIdentity(identity, resolvingKey), isOwnIdentity(identity, strangers.resolvingKey)]).toEqual([
        true,
        false,
      ]);
    }
    expect(new Set(given.map(({ resolvingKey }) => resolvingKey)).size).toBe(1);
  });

  it('of a key that was taken out is removed by the sweep; those of no hub stay (STR-25)', async () => {
    const lost = new StreamIdentities(parseSigningKeys(`gone:${'g'.repeat(32)}`));
    const person = await signedIn('Ada');
    const identity = lost.issue({ actorId: person.id, generation: 0 });
    const signed = (who: string) =>
      signToken(fixture.livekit, { identity: who, grants: grantsFor(room, { publish: false }) });
    const url = fixture.livekit.url;
    const page = await join({ url, token: (await signed(identity)).token });
    await join({ url, token: (await signed('EG_recorder')).token });
    await fixture.hub.app.get(OnAirService).sweep();
    expect(await until('the end', () => page.ended(), 5_000)).toBe(REMOVED);
    await until('the recorder alone', async () => (await inRoom()).length === 1);
    expect(await inRoom()).toEqual(['EG_recorder']);
  }, 60_000);
});

it('sweeps also where another application has a LiveKit room of any name (STR-26)', async () => {
  const person = await signedIn('Ada');
  const token = await tokenFor(person, true);
  const name = `other\0${room}`;
  const url = fixture.livekit.url;
  const other = await signToken(fixture.livekit, { identity: 'x', grants: grantsFor(name, { publish: false }) });
  await listenTo({ ...token, url, token: other.token });
  expect(await new RoomAdmin(fixture.livekit).rooms()).toContain(name);
  await goOnAir(token);
  await fixture.hub.database.query('UPDATE room SET on_air = false WHERE id = $1', [room]);
  await fixture.hub.app.get(OnAirService).sweep();
  const isOnAir = async () =>
    (await fixture.hub.database.query<{ on_air: boolean }>('SELECT on_air FROM room WHERE id = $1', [room]))[0]?.on_air;
  await until('the room on air', isOnAir);
}, 60_000);
