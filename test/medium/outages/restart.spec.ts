import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { newId } from '#libs/client/new-id';
import { type Answer } from '#libs/contract/socket';
import { type HubProcesses, startHubProcesses } from '../../support/hub-process.js';
import { people } from '../../support/people.js';
import { startProxy } from '../../support/proxy.js';
import { agree } from '../../support/replicas.js';
import { until } from '../../support/until.js';
import { writers } from '../../support/writers.js';

let hub: HubProcesses;
let session: { id: string; event_id?: unknown };
let crowd: ReturnType<typeof people>;

beforeAll(async () => {
  hub = await startHubProcesses({ nodes: 2, env: { LOG_LEVEL: 'error', DEMO: 'off', TICK_MS: '50' } });
}, 60_000);
afterAll(() => hub?.close(), 30_000);
beforeEach(async () => {
  session = await hub.make.session();
  crowd = people(hub, session);
});
afterEach(() => crowd.leave());

const GOODBYE = '"connection:closing",{"reason":"restart"';

it('answers what it was asked before it stops, and its people go on at another node (ERR-10, G1, G5)', async () => {
  const proxies = await Promise.all(Array.from({ length: 6 }, () => startProxy(hub.nodes[0]!.url)));
  const persons = await Promise.all(proxies.map(({ url }) => crowd.join({ url })));
  const neighbour = await crowd.join({ url: hub.nodes[1]!.url });
  const questions = await Promise.all(persons.map(({ feed }) => feed.ask({ id: newId(), text: `Why ${newId()}?` })));
  const load = writers(
    persons,
    questions.map(({ id }) => id),
  );
  await until('a load', () => load.waits.length > 60);
  for (const proxy of proxies) proxy.lead(hub.nodes[1]!.url);
  expect(await hub.nodes[0]!.stop()).toBe(0);
  expect(hub.nodes[0]!.output().trim()).toBe('');
  for (const { heard } of persons) expect(heard.filter((packet) => packet.includes(GOODBYE))).toHaveLength(1);
  const before = load.waits.length;
  await until('writes at the other node', () => load.waits.length > before + 30);
  await load.stop();
  await agree([...persons, neighbour], await crowd.join({ url: hub.nodes[1]!.url }));
  await load.verify(hub.database);
  await Promise.all(proxies.map((proxy) => proxy.close()));
  await hub.restart(0);
}, 60_000);

it('acknowledges every write that it took, also those that it was still writing (ERR-10, G1)', async () => {
  const actor = await hub.make.actor({ event_id: session.event_id });
  const { token } = await hub.sign(actor.id);
  const socket = io(hub.url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
  const ids = Array.from({ length: 100 }, () => newId());
  const answers: Answer<unknown>[] = [];
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  for (const id of ids) {
    const payload = { id, sessionId: session.id, text: `Why ${id}?` };
    socket.emit('question:ask', payload, (answer: Answer<unknown>) => answers.push(answer));
  }
  await until('the first answer', () => answers.length > 0);
  expect(await hub.nodes[0]!.stop()).toBe(0);
  await gone;
  const acknowledged = answers.filter(({ ok }) => ok).length;
  const rows = await hub.database.query('SELECT 1 FROM question WHERE id = ANY ($1)', [ids]);
  expect(answers).toHaveLength(ids.length);
  expect(acknowledged).toBe(rows.length);
}, 60_000);
