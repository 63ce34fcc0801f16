import { type PlenumSocket } from '#libs/client/connection';
import { newId } from '#libs/client/new-id';
import { type Frame } from '#libs/contract/feed';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients, type TestClient } from '../../support/clients/test-clients.js';
import { until } from '../../support/until.js';

let hub: TestHub;
let session: { id: string; event_id?: unknown };
let crowd: ReturnType<typeof testClients>;
beforeAll(async () => (hub = await startHub({ env: { LIMITS: 'on' } })), 60_000);
afterAll(() => hub?.close(), 30_000);
beforeEach(async () => {
  session = await hub.make.session();
  crowd = testClients(hub, session);
});
afterEach(() => crowd.leave());

const framesOf = ({ heard }: TestClient) =>
  heard
    .filter((packet) => packet.startsWith('2["session:frame"'))
    .map((packet) => (JSON.parse(packet.slice(1)) as [string, Frame])[1]);
const scoreOf = ({ feed }: TestClient) => feed.getSnapshot().questions[0]?.score;
const isQuiet = async ({ client }: TestClient) => client.request('connection:pace', { pace: 'slow' });

describe('a page that nobody sees', () => {
  it('gets fewer frames than one that is seen, and everything at once when it is back (FEED-50)', async () => {
    const [seen, hidden, voter] = [await crowd.join(), await crowd.join(), await crowd.join()];
    const { id } = await voter.client.request('question:ask', {
      id: newId(),
      sessionId: session.id,
      text: 'Who pays?',
    });
    await until('the question', () => [seen, hidden].every(({ feed }) => feed.getSnapshot().questions.length === 1));
    hidden.client.setPace('slow');
    await isQuiet(hidden); // the first request is done before the second one is answered
    const before = [seen, hidden].map((person) => framesOf(person).length) as [number, number];
    const other = await crowd.connect();
    const from = performance.now();
    for (let turn = 1; turn <= 12; turn++) {
      await other.client.vote(id, turn % 2 === 1);
      await until('the vote', () => scoreOf(seen) === 1 + (turn % 2));
    }
    const after = [seen, hidden].map((person) => framesOf(person).length) as [number, number];
    expect(after[0] - before[0]).toBeGreaterThanOrEqual(12);
    expect(after[1] - before[1]).toBeLessThanOrEqual(2 + (performance.now() - from) / 2_000);
    await other.client.vote(id, true);
    await until('the last vote', () => scoreOf(seen) === 2);
    hidden.client.setPace('usual');
    await until('the newest state', () => scoreOf(hidden) === 2);
    expect(hidden.feed.getSnapshot().version).toBe(seen.feed.getSnapshot().version);
  }, 45_000);

  it('is slow on its next connection too (FEED-50)', async () => {
    const sent: unknown[] = [];
    let line: PlenumSocket | undefined;
    const person = await crowd.join({
      onSocket: (socket) => (line = socket).onAnyOutgoing((...message: unknown[]) => sent.push(message)),
    });
    person.client.setPace('slow');
    await until('the request', () => paces(sent).length === 1);
    sent.length = 0;
    line!.io.engine.close();
    await until('the same for the new connection', () => paces(sent).length > 0, 15_000);
    expect(paces(sent)).toContainEqual({ pace: 'slow' });
  }, 30_000);

  it('may not ask for another pace, and not too often (FEED-50)', async () => {
    const person = await crowd.join();
    const ask = (payload: object) =>
      person.client.request('connection:pace', payload as { pace: 'slow' }, { within: 500 });
    for (const payload of [{}, { pace: 'fast' }, { pace: 1 }])
      await expect(ask(payload)).rejects.toMatchObject({ code: 'request.invalid' });
    const asked = Array.from({ length: 40 }, (_, turn) =>
      ask({ pace: turn % 2 ? 'slow' : 'usual' }).catch((error: unknown) => error),
    );
    expect(await Promise.all(asked)).toContainEqual(expect.objectContaining({ code: 'rate.limited' }));
  });
});

const paces = (sent: readonly unknown[]) =>
  (sent as [string, object][]).flatMap(([name, payload]) => (name === 'connection:pace' ? [payload] : []));
