import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { connectionOf } from '#libs/socket-server/socket-connection';
import { type Socket } from 'socket.io';
import { type FeedServer } from '../../../apps/api/src/feed/feed-socket.js';
import { FrameBroadcaster } from '../../../apps/api/src/feed/broadcast/frame-broadcaster.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { type Line, lines } from '../../support/clients/raw-connection.js';
import { testClients } from '../../support/clients/test-clients.js';
import { until } from '../../support/until.js';

jest.setTimeout(60_000);
const READERS = 1_000;
/** Two bounds of the hub for one connection: unsent data when it sends another request, and one ack beyond it. */
const MOST_WAITING = 1024 * 1024 + 128 * 1024;
const LONG_TEXT = 480;

let hub: TestHub;
const open = lines();
beforeAll(async () => {
  hub = await startHub();
}, 60_000);
afterAll(async () => {
  open.close();
  await hub?.close();
}, 30_000);

const hubSockets = () => {
  const { server } = hub.app.get<unknown, { server: FeedServer }>(FrameBroadcaster);
  return [...server.sockets.sockets.values()] as unknown as Socket[];
};
const waiting = () => hubSockets().map((socket) => connectionOf(socket).waiting);
const sum = (bytes: readonly number[]) => bytes.reduce((total, each) => total + each, 0);

/** A client that authenticates and then stops reading. */
async function deafLine(event_id: unknown): Promise<Line> {
  const { id } = await hub.make.actor({ event_id });
  const line = await open.line(hub.url, { answersPings: false });
  line.write(`40${JSON.stringify({ token: (await hub.sign(id)).token })}`);
  await line.until(/^40/);
  line.socket.pause();
  return line;
}

it('keeps little for a thousand who ask on and never read, ends them, and serves the others meanwhile (SEC-58, FEED-31)', async () => {
  const session = await hub.make.session({ version: 100 });
  const question = { session_id: session.id, state: 'approved' };
  for (let n = 0; n < 80; n++)
    await hub.make.question({ ...question, version: n + 1, text: `${n} `.padEnd(LONG_TEXT, '…') });
  const crowd = testClients(hub, session);
  const other = await crowd.join();
  const asked = other.feed.getSnapshot().questions[0]!;
  const deaf: Line[] = [];
  while (deaf.length < READERS)
    deaf.push(...(await Promise.all(Array.from({ length: 50 }, () => deafLine(session.event_id)))));
  expect(hubSockets()).toHaveLength(READERS + 1);

  let [most, mostOfOne, id] = [0, 0, 0];
  await until(
    'the end of all who do not read',
    async () => {
      id++;
      for (const { socket } of deaf) socket.send(`42${id}["session:join",{"sessionId":"${session.id}"}]`);
      await other.client.vote(asked.id, id % 2 === 0);
      const bytes = waiting();
      [most, mostOfOne] = [Math.max(most, sum(bytes)), Math.max(mostOfOne, ...bytes)];
      return hubSockets().length === 1;
    },
    50_000,
  );
  expect(mostOfOne).toBeGreaterThan(64 * 1024);
  expect(mostOfOne).toBeLessThan(MOST_WAITING);
  expect(most).toBeLessThan(READERS * MOST_WAITING);
  expect(sum(waiting())).toBeLessThan(64 * 1024);
  expect(other.client.connection.getSnapshot().status).toBe('connected');
  crowd.leave();
});
