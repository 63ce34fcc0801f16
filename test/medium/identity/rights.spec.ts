import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { newId } from '#libs/client/new-id';
import { ActorsService } from '../../../apps/api/src/identity/actors/actors.service.js';
import { api } from '../../support/clients/api.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients } from '../../support/clients/test-clients.js';
import { until } from '../../support/until.js';

let hub: TestHub;
let session: { id: string; event_id?: unknown };
let crowd: ReturnType<typeof testClients>;
const sockets: Socket[] = [];
beforeAll(async () => (hub = await startHub()), 60_000);
afterAll(() => hub?.close(), 30_000);
beforeEach(async () => {
  session = await hub.make.session({ premoderated: true });
  crowd = testClients(hub, session);
});
afterEach(() => {
  crowd.leave();
  sockets.splice(0).forEach((socket) => socket.disconnect());
});

/** A person whose page ignores notices: it never joins again. */
async function stubborn(actorId: string) {
  const token = await api(hub).tokenOf(actorId);
  const socket = io(hub.url, { auth: { token }, transports: ['websocket'], forceNew: true, reconnection: false });
  sockets.push(socket);
  const heard: string[] = [];
  socket.onAny((name: string, payload: unknown) => heard.push(`${name} ${JSON.stringify(payload)}`));
  const join = (sessionId = session.id): Promise<{ ok: boolean; error?: { code: string }; data?: { view: string } }> =>
    socket.timeout(3_000).emitWithAck('session:join', { sessionId });
  return { socket, heard, join };
}

const ask = (text: string) =>
  crowd
    .join()
    .then(({ client }) =>
      client.request('question:ask', { id: newId(), sessionId: session.id, text, anonymous: false }),
    );

describe('a role that is taken away', () => {
  it('takes its eyes with it at once, also from a page that goes on listening (AUTH-12, G7)', async () => {
    const actors = hub.app.get(ActorsService);
    const { id } = await hub.make.actor({ event_id: session.event_id });
    const eventId = String(session.event_id);
    const former = await stubborn(id);
    const news = (times: number) => () => former.heard.filter((line) => line.includes('"role"')).length === times;
    expect(await former.join()).toMatchObject({ ok: true, data: { view: 'audience' } });
    await actors.grant(id, { eventId, sessionId: session.id, role: 'moderator' });
    await until('the news of the role', news(1));
    expect(await former.join()).toMatchObject({ ok: true, data: { view: 'moderator' } });
    await ask('What do moderators see?');
    await until('the question', () => former.heard.some((line) => line.includes('What do moderators see?')));

    await actors.ungrant(id, { eventId, sessionId: session.id });
    await until('the news that it is gone', news(2));
    const moderator = await crowd.join({ role: 'moderator' });
    await ask('What does nobody else see?');
    await until('the moderator', () => moderator.heard.some((line) => line.includes('What does nobody else see?')));
    expect(await former.join()).toMatchObject({ data: { view: 'audience' } });
    expect(former.heard.join('\n')).not.toContain('What does nobody else see?');
  });
});

describe('an event that takes no guests any more', () => {
  const access = async (mode: string) => {
    const organiser = await hub.make.actor({ event_id: session.event_id, role: 'organiser' });
    const [event] = await hub.database.query<{ slug: string }>('SELECT slug FROM event WHERE id = $1', [
      session.event_id,
    ]);
    expect((await api(hub).call('PATCH', `/api/events/${event!.slug}`, organiser.id, { access: mode })).status).toBe(
      200,
    );
  };

  it('ends their connections within two seconds and lets them in nowhere (AUTH-1)', async () => {
    const guest = await hub.make.actor({ event_id: session.event_id, kind: 'guest', role: 'guest' });
    const { socket, join } = await stubborn(guest.id);
    expect(await join()).toMatchObject({ ok: true });
    const attendee = await crowd.join();
    await access('registered');
    await until('the end of the connection', () => !socket.connected, 3_000);
    expect(attendee.client.connection.getSnapshot().status).toBe('connected');
    const again = await stubborn(guest.id);
    const code = await new Promise((resolve) =>
      again.socket.once('connect_error', (error) => resolve((error as { data?: { code: string } }).data?.code)),
    );
    expect(code).toBe('auth.guests_refused');
  });

  it('hides the state of its sessions from strangers, also where it was just being read (PROG-9)', async () => {
    const read = async () => (await fetch(`${hub.url}/api/sessions/${session.id}/state`)).status;
    expect(await read()).toBe(200);
    await access('private');
    await until('the state to be hidden', async () => (await read()) === 404);
  });
});

describe('a connection', () => {
  it('follows at most eight sessions, also when it joins them all at once', async () => {
    const { id } = await hub.make.actor({ event_id: session.event_id });
    const sessions = await Promise.all(
      Array.from({ length: 12 }, () => hub.make.session({ event_id: session.event_id })),
    );
    const { join } = await stubborn(id);
    const answers = await Promise.all(sessions.map((other) => join(other.id)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(8);
    expect(answers.find(({ ok }) => !ok)?.error?.code).toBe('conflict');
  });
});
