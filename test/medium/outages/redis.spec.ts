import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { newId } from '#libs/client/new-id';
import { type HubProcesses, startHubProcesses } from '../../support/hub-process.js';
import { people, type Person } from '../../support/people.js';
import { agree } from '../../support/replicas.js';
import { until } from '../../support/until.js';
import { writers } from '../../support/writers.js';

let hub: HubProcesses;
let session: { id: string; event_id?: unknown };
let crowd: ReturnType<typeof people>;

beforeAll(async () => {
  const env = { LOG_LEVEL: 'error', DEMO: 'off', TICK_MS: '50', LIMITS: 'on', LIMIT_FACTOR: '1000' };
  hub = await startHubProcesses({ nodes: 2, env });
}, 60_000);
afterAll(() => hub?.close(), 30_000);
beforeEach(async () => {
  session = await hub.make.session();
  crowd = people(hub, session);
});
afterEach(() => {
  crowd.leave();
  for (const { output } of hub.nodes) expect(output().trim()).toBe('');
});

const [here, there] = [() => hub.nodes[0]!.url, () => hub.nodes[1]!.url];
const ask = async (person: Person) => (await person.feed.ask({ id: newId(), text: `Why ${newId()}?` })).id;
const sees = (person: Person, id: string, deadline: number) =>
  until('the question', () => person.feed.getSnapshot().questions.some((question) => question.id === id), deadline);

it('serves both nodes while Redis is gone, and hears each node once when it is back, empty (ERR-8, G1, G5)', async () => {
  const [writer, neighbour, distant] = [await crowd.join(), await crowd.join(), await crowd.join({ url: there() })];
  await hub.redis!.kill();
  for (const [from, beside, beyond] of [
    [writer, neighbour, distant],
    [distant, distant, writer],
  ] as const) {
    const id = await ask(from);
    await sees(beside, id, 500);
    await sees(beyond, id, 3_000);
  }
  // A session that nobody looked at before: its subscription is made while there is no Redis.
  const opened = await hub.make.session({ event_id: session.event_id });
  const guests = people(hub, opened);
  const [first, second] = [await guests.join(), await guests.join({ url: there() })];

  await hub.redis!.restart();
  const redis = new Redis(hub.redis!.url);
  try {
    for (const { id } of [session, opened])
      await until('one subscription of each node', async () => {
        const [, listeners] = await redis.pubsub('NUMSUB', `plenum:session:${id}`);
        return listeners === 2;
      });
  } finally {
    redis.disconnect();
  }
  await sees(second, await ask(first), 3_000);
  await sees(writer, await ask(distant), 3_000);
  await agree([writer, neighbour, distant], await crowd.join());
  guests.leave();
}, 60_000);

it('waits for a Redis that hangs in no write and no frame (ERR-3, ERR-8, G5)', async () => {
  const persons = await Promise.all([here(), here(), there(), there()].map((url) => crowd.join({ url })));
  const questions = await Promise.all(persons.map(ask));
  hub.redis!.pause();
  try {
    const load = writers(persons, questions);
    const id = await ask(persons[0]!);
    await sees(persons[1]!, id, 500);
    await sees(persons[2]!, id, 3_000);
    await until('a few hundred writes', () => load.waits.length > 300, 20_000);
    await load.stop();
    const slowest = load.waits.sort((a, b) => a - b)[Math.floor(load.waits.length * 0.99)];
    expect(slowest).toBeLessThan(500);
    await load.verify(hub.database);
  } finally {
    hub.redis!.resume();
  }
  await agree(persons, await crowd.join());
}, 60_000);
