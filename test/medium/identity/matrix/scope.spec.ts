import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { startHub, type TestHub } from '../../../support/hub/hub.js';
import { HTTP_CALLS } from './http-calls.js';
import { SOCKET_CALLS } from './socket-calls.js';
import { type Call, makeStage, type Scene, type Stage } from './stage.js';
import { sceneFor, trying } from './try.js';
import { type Seat } from './who.js';

const CALLS = { ...HTTP_CALLS, ...SOCKET_CALLS };
/** Actors who have nothing to do with the private event that every call is made on here. */
const OUTSIDERS: readonly Seat[] = ['banned account', 'stranger', 'organiser away'];
/**
 * Votes and ballots of many people are judged in one batch on what the node remembers of a question or a poll, and that once for all of
 * them: the event is compared there, and again by `cast_votes` and `cast_ballots`. Nothing of it leaves the node.
 */
const JUDGED_IN_BATCHES = /^(question:vote|poll:answer) /;
const onObjects = Object.keys(CALLS).filter(
  (key) => /:(id|slug|event)|^\w+:\w+ /.test(key) && !/ of others$/.test(key),
);

let hub: TestHub;
let stage: Stage;
let tries: ReturnType<typeof trying>;
let isListening = false;
const read: string[] = [];
beforeAll(async () => {
  hub = await startHub();
  stage = await makeStage(hub);
  tries = trying(hub.url);
  // everything that PostgreSQL returns to the hub, except for the batches of votes, which bypass TypeORM
  const listener = { afterQuery: ({ rawResults }: { rawResults?: unknown }) => void (isListening && note(rawResults)) };
  hub.app.get(DataSource).subscribers.push(listener);
}, 60_000);
afterEach(() => {
  isListening = false;
});
afterAll(async () => {
  await tries?.close();
  await hub?.close();
}, 30_000);

function note(rows: unknown) {
  read.push(JSON.stringify(rows ?? []));
}

/** The ids of all objects of a scene, and of all that it creates. */
function watched(scene: Scene) {
  const { event, here, there } = scene.place;
  const ids = [String(event.slug), ...[here, there].flatMap(({ id, room_id }) => [id, String(room_id)])];
  const make = Object.fromEntries(
    Object.entries(scene.make).map(([name, create]) => [
      name,
      async (overrides: Record<string, unknown>) => {
        const row = await create(overrides);
        if (name !== 'actor' && name !== 'grant') ids.push(row.id);
        return row;
      },
    ]),
  ) as unknown as Scene['make'];
  return { ids, scene: { ...scene, make } };
}

/** The result of a call of an outsider: the response, and whether PostgreSQL returned any row of the private event to the hub for it. */
async function attempt(key: string, seat: Seat) {
  const row = CALLS[key]!;
  const call: Call = { ...row, event: 'hidden' };
  const { ids, scene } = watched(sceneFor(stage, call, stage.hidden.seats[seat], false));
  const run = await tries.prepare(key.split(' | ')[0]!, call, scene);
  read.length = 0;
  isListening = true;
  const answer = await run();
  isListening = false;
  return { seat, answer, found: ids.filter((id) => read.some((rows) => rows.includes(id))) };
}

describe('a person of another event', () => {
  it.each(onObjects.filter((key) => !JUDGED_IN_BATCHES.test(key)))(
    '%s: finds nothing of a private event, for the query itself finds nothing (SEC-32, AUTH-21, PROG-9)',
    async (key) => {
      for (const seat of OUTSIDERS) expect(await attempt(key, seat)).toMatchObject({ seat, found: [] });
    },
  );

  it.each(onObjects.filter((key) => JUDGED_IN_BATCHES.test(key)))(
    '%s: finds nothing of a private event, whatever the node remembers (SEC-25, SEC-32, AUTH-21)',
    async (key) => {
      for (const seat of OUTSIDERS) expect(await attempt(key, seat)).toMatchObject({ seat, answer: 'not_found' });
    },
  );
});
