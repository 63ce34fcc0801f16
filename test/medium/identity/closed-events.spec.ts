import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { newId } from '#libs/client/new-id';
import { ServerReplicas } from '../../../apps/api/src/feed/replica/server-replicas.js';
import { api } from '../../support/clients/api.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients, type TestClient } from '../../support/clients/test-clients.js';
import { openPoll } from '../../support/clients/polls.js';
import { until } from '../../support/until.js';

/** How long a change may take to count on any node. */
const SOON = 2_000;

let hub: TestHub;
let session: { id: string; event_id?: unknown; room_id?: unknown };
let crowd: ReturnType<typeof testClients>;
let path: string;
beforeAll(async () => {
  hub = await startHub({ nodes: 2, env: { LIVEKIT_URL: '' } });
}, 60_000);
afterAll(() => hub?.close(), 30_000);
beforeEach(async () => {
  session = await hub.make.session();
  crowd = testClients(hub, session);
  const [event] = await hub.database.query<{ slug: string }>('SELECT slug FROM event WHERE id = $1', [
    session.event_id,
  ]);
  path = `/api/events/${event!.slug}`;
});
afterEach(() => crowd.leave());

/** An organiser sets at the first node who may read the event. */
async function setAccess(access: string) {
  const organiser = await hub.make.actor({ event_id: session.event_id, role: 'organiser' });
  const { status, body } = await api(hub).call('PATCH', path, organiser.id, { access });
  expect({ status, access: body.access }).toEqual({ status: 200, access });
}

const guest = async (url?: string) => {
  const { id } = await hub.make.actor({ event_id: session.event_id, role: 'guest', kind: 'guest' });
  return crowd.join({ actorId: id, url });
};
const read = async (url: string, { token }: Pick<TestClient, 'token'>, rest: string) => {
  const method = rest.endsWith('/token') ? 'POST' : 'GET';
  const answer = await fetch(url + rest, { method, headers: { authorization: `Bearer ${token}` } });
  return ((await answer.json()) as { error?: { code: string } }).error?.code ?? 'read';
};

/** A new connection: the code with which it is refused, or 'in'. */
function connect(url: string, { token }: Pick<TestClient, 'token'>): Promise<string> {
  const socket = io(url, { transports: ['websocket'], auth: { token }, forceNew: true, reconnection: false });
  return new Promise<string>((resolve) => {
    socket.once('connect', () => resolve('in'));
    socket.once('connect_error', (error) => resolve((error as { data?: { code?: string } }).data?.code ?? 'failed'));
  }).finally(() => socket.disconnect());
}

/** Every entry point, on every node, for a guest whose sign-in each node caches because they use it all the time. */
async function waysIn(someone: Pick<TestClient, 'token'>): Promise<string[]> {
  const ways = hub.nodes.flatMap(({ url }) => [
    connect(url, someone),
    read(url, someone, '/api/me'),
    read(url, someone, `/api/sessions/${session.id}/state`),
    read(url, someone, `/api/rooms/${String(session.room_id)}/token`),
  ]);
  return Promise.all(ways);
}
const REFUSED = Array.from({ length: 8 }, () => 'auth.guests_refused');

describe('guests of an event that closes', () => {
  it.each(['with the bus', 'without it'])(
    'are let in nowhere again within two seconds, however often they try, %s (AUTH-28, AUTH-1)',
    async (bus) => {
      const someone = await guest(hub.nodes[1]!.url);
      expect(await waysIn(someone)).toEqual(expect.arrayContaining(['in', 'read']));
      if (bus === 'without it') await hub.redis!.kill();
      await setAccess('private');
      await until('every way in to be closed', async () => (await waysIn(someone)).join() === REFUSED.join(), SOON);
      expect(await waysIn(someone)).toEqual(REFUSED);
      if (bus === 'without it') await hub.redis!.restart();
    },
    30_000,
  );

  it('write nothing more through connections that are still open (AUTH-28)', async () => {
    const moderator = await crowd.join({ role: 'moderator' });
    const [{ id: questionId }, poll] = [
      await moderator.client.request('question:ask', { id: newId(), sessionId: session.id, text: 'Who is in?' }),
      await openPoll(moderator, session.id),
    ];
    const guests = await Promise.all(hub.nodes.map(({ url }) => guest(url)));
    for (const { client } of guests) await client.request('question:vote', { questionId, value: true });
    await setAccess('registered');
    await until(
      'both to be out',
      () => guests.every(({ client }) => client.connection.getSnapshot().status !== 'connected'),
      SOON,
    );
    for (const { client } of guests) {
      const choices = [poll.options[0]!.id];
      await expect(client.request('poll:answer', { pollId: poll.id, choices }, { within: 300 })).rejects.toThrow();
    }
    const [stored] = await hub.database.query('SELECT count(*)::int AS ballots FROM poll_ballot WHERE poll_id = $1', [
      poll.id,
    ]);
    expect(stored).toEqual({ ballots: 0 });
  }, 30_000);

  it('come back when it opens again (AUTH-28)', async () => {
    const someone = await guest();
    await setAccess('registered');
    await until('to be refused', async () => (await waysIn(someone)).join() === REFUSED.join(), SOON);
    await setAccess('open');
    await until('to be let in', async () => (await waysIn(someone)).filter((way) => way === 'in').length === 2, SOON);
  }, 30_000);
});

describe('a session of an event that becomes private', () => {
  it.each(['with the bus', 'without it'])(
    'is not found by strangers on any node within two seconds, although it is watched, %s (AUTH-28, PROG-9)',
    async (bus) => {
      const url = `/api/sessions/${session.id}/state`;
      for (const { app } of hub.nodes) await app.get(ServerReplicas).open(session.id);
      const states = () => Promise.all(hub.nodes.map(async (node) => (await fetch(node.url + url)).status));
      expect(await states()).toEqual([200, 200]);
      if (bus === 'without it') await hub.redis!.kill();
      await setAccess('registered');
      await setAccess('private');
      await until('both nodes to know', async () => (await states()).join() === '404,404', SOON);
      if (bus === 'without it') await hub.redis!.restart();
    },
    30_000,
  );
});
