import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '#libs/client/new-id';
import { type HubProcesses, startHubProcesses } from '../../support/hub/hub-process.js';
import { startLiveKit, type TestLiveKit } from '../../support/servers/livekit.js';
import { testClients } from '../../support/clients/test-clients.js';
import { until } from '../../support/until.js';
import { writers } from '../../support/load/writers.js';

let livekit: TestLiveKit;
let hub: HubProcesses;

beforeAll(async () => {
  livekit = await startLiveKit();
  hub = await startHubProcesses({ env: { ...livekit.env, LOG_LEVEL: 'error', DEMO: 'off', TICK_MS: '50' } });
}, 300_000);
afterAll(async () => {
  await hub?.close();
  await livekit?.stop();
}, 30_000);

it('goes on with questions, votes and polls while LiveKit is gone, says so, and streams again when it is back (ERR-9, STR-15)', async () => {
  const { id, event_id, room_id } = await hub.make.session();
  const crowd = testClients(hub, { id, event_id });
  const persons = [await crowd.join(), await crowd.join()];
  const moderator = await crowd.join({ role: 'moderator' });
  const streams = async () => ((await (await fetch(`${hub.url}/api/hub`)).json()) as { streams: string }).streams;
  const tokenCall = () =>
    fetch(`${hub.url}/api/rooms/${String(room_id)}/token`, {
      method: 'POST',
      headers: { authorization: `Bearer ${persons[0]!.token}` },
    });
  expect((await tokenCall()).status).toBe(200);

  const question = await persons[0]!.feed.ask({ id: newId(), text: 'Who speaks?' });
  const load = writers(persons, [question.id]);
  await livekit.end();
  await until('streams told as unavailable', async () => (await streams()) === 'unavailable');
  const refused = await tokenCall();
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({ error: { code: 'stream.unavailable' } });
  expect((await fetch(`${hub.url}/api/health/ready`)).status).toBe(200);

  const { poll } = await moderator.client.request('poll:create', {
    id: newId(),
    sessionId: id,
    question: 'Can you hear us?',
    type: 'single',
    options: ['Yes', 'No'],
    results: 'live',
    changeable: true,
  });
  await moderator.client.request('poll:open', { pollId: poll.id });
  for (const { feed } of persons) await feed.answer(poll.id, { choices: [poll.options[1]!.id] });
  const before = load.waits.length;
  await until('more writes', () => load.waits.length > before + 50);
  await load.stop();
  await load.verify(hub.database);

  await livekit.restart();
  await until('a token', async () => (await tokenCall()).ok);
  expect(await streams()).toBe('ready');
  expect(hub.nodes[0]!.output().trim()).toBe('');
  crowd.leave();
}, 60_000);
