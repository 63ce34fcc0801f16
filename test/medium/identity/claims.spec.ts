import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { ActorsService } from '../../../apps/api/src/identity/actors/actors.service.js';
import { api } from '../../support/clients/api.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';

type Row = { id: string } & Record<string, unknown>;
type Reply = { ok: boolean; data?: Record<string, unknown>; error?: { code: string } };

/** A random UUID, as crypto.randomUUID and gen_random_uuid make it. */
const RANDOM = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let hub: TestHub;
let session: Row;
let slug: string;
const sockets: Socket[] = [];
beforeAll(async () => (hub = await startHub()), 60_000);
afterAll(() => hub?.close(), 30_000);
beforeEach(async () => {
  const event = await hub.make.event();
  session = await hub.make.session({ event_id: event.id });
  slug = String(event.slug);
});
afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));

const member = (role: string) => hub.make.actor({ event_id: session.event_id, role });

/** Sends messages unchanged, with any other fields in them. */
async function line({ id }: { id: string }) {
  const { token } = await hub.sign(id);
  const socket = io(hub.url, { auth: { token }, transports: ['websocket'], forceNew: true, reconnection: false });
  sockets.push(socket);
  return (message: string, payload: object): Promise<Reply> =>
    socket.timeout(5_000).emitWithAck(message, payload) as Promise<Reply>;
}

describe('what a client says of itself beside its wish', () => {
  const claims = () => ({ actorId: randomUUID(), role: 'organiser', eventId: randomUUID(), view: 'moderator' });

  it('is ignored in a question and a vote (SEC-29)', async () => {
    const [author, victim] = [await member('attendee'), await member('attendee')];
    const send = await line(author);
    const wish = { id: randomUUID(), sessionId: session.id, text: 'What is mine?', anonymous: false };
    const made = { state: 'live', score: 999, pinned: true, authorId: victim.id, version: 1e6, approvedAt: 'now' };
    expect(await send('question:ask', { ...wish, ...made, ...claims() })).toMatchObject({
      data: { id: wish.id, state: 'approved', score: 1, pinned: false },
    });
    const other = await hub.make.question({ session_id: session.id });
    const vote = { questionId: other.id, value: true, actorId: victim.id, score: 999, sessionId: randomUUID() };
    expect(await send('question:vote', vote)).toMatchObject({ data: { score: 1, duplicate: false } });
    const votes = await hub.database.query('SELECT actor_id FROM question_vote WHERE question_id = ANY ($1)', [
      [wish.id, other.id],
    ]);
    expect(votes).toEqual([{ actor_id: author.id }, { actor_id: author.id }]);
  });

  it('is ignored in a poll and in joining, which opens no other eyes and no other channel (SEC-29, SEC-30)', async () => {
    const moderator = await line(await member('moderator'));
    const draft = { id: randomUUID(), sessionId: session.id, question: 'Which?', type: 'single', options: ['A', 'B'] };
    const made = { state: 'open', round: 7, published: true, tally: { ballots: 9, counts: [] }, ...claims() };
    const created = await moderator('poll:create', { ...draft, results: 'live', changeable: true, ...made });
    expect(created.data?.poll).toMatchObject({ state: 'draft', round: 1, published: false, tally: { ballots: 0 } });
    const attendee = await line(await member('attendee'));
    const joined = await attendee('session:join', {
      sessionId: session.id,
      ...claims(),
      channel: 'moderator',
      room: '*',
    });
    expect(joined.data).toMatchObject({ view: 'audience', snapshot: { polls: [] } });
    for (const message of ['join', 'subscribe', 'session:subscribe', 'room:join'])
      expect((await attendee(message, { sessionId: session.id })).error?.code).toBe('request.invalid');
  });

  it('is ignored over HTTP (SEC-29)', async () => {
    const { call } = api(hub);
    const guest = await call('POST', '/api/auth/guest', null, { event: slug, ...claims(), kind: 'account' });
    expect(guest.body.actor).toMatchObject({ role: 'guest', eventId: session.event_id, sessions: [] });
    const organiser = await member('organiser');
    const [away, mine] = [await hub.make.event(), randomUUID()];
    const room = { slug: 'a-room', name: 'A room', kind: 'plenary', id: mine, eventId: away.id, onAir: true };
    const { status, body } = await call('POST', `/api/events/${slug}/rooms`, organiser.id, room);
    expect([status, body.onAir, body.id === mine]).toEqual([201, false, false]);
    await call('PATCH', `/api/rooms/${body.id}`, organiser.id, { name: 'Moved', eventId: away.id, onAir: true });
    expect(await hub.database.query('SELECT event_id, name, on_air FROM room WHERE id = $1', [body.id])).toEqual([
      { event_id: session.event_id, name: 'Moved', on_air: false },
    ]);
  });
});

describe('an id', () => {
  it('is random wherever the hub makes it (SEC-31)', async () => {
    const { call } = api(hub);
    const organiser = await member('organiser');
    const post = async (what: string, body: object): Promise<{ id: string }> =>
      (await call('POST', `/api/events/${slug}/${what}`, organiser.id, body)).body;
    const room = await post('rooms', { slug: 'a-room', name: 'A room', kind: 'plenary' });
    const speaker = await post('speakers', { name: 'Ada' });
    const [start, end] = [1, 2].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString());
    const talk = { slug: 'a-talk', title: 'A talk', kind: 'keynote', start, end, roomId: room.id };
    const made = await post('sessions', talk);
    const guests = [0, 1].map(() => call('POST', '/api/auth/guest', null, { event: slug }));
    const actors = (await Promise.all(guests)).map(({ body }) => body.actor as { id: string });
    for (const { id } of [room, speaker, made, ...actors]) expect(id).toMatch(RANDOM);
    const defaults = await hub.database.query<{ how: string }>(
      `SELECT DISTINCT column_default AS how FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'id' AND data_type = 'uuid' AND column_default IS NOT NULL`,
    );
    expect(defaults).toEqual([{ how: 'gen_random_uuid()' }]);
  });

  it('that is guessed, or one digit beside a real one, finds nothing, for any role (SEC-31)', async () => {
    const question = await hub.make.question({ session_id: session.id, state: 'pending' });
    const poll = await hub.make.poll({ session_id: session.id, opened_at: new Date() });
    const beside = ({ id }: { id: string }) => id.slice(0, -1) + (id.endsWith('0') ? '1' : '0');
    for (const role of ['attendee', 'moderator', 'organiser']) {
      const actor = await member(role);
      const send = await line(actor);
      for (const questionId of [beside(question), randomUUID()])
        for (const [message, more] of [
          ['question:vote', { value: true }],
          ['question:edit', { text: 'Mine?' }],
          ['question:withdraw', {}],
          ['question:moderate', { action: 'approve' }],
          ['question:review', { revision: randomUUID(), decision: 'approve' }],
          ['question:reply', { text: 'Yes.' }],
          ['question:history', {}],
        ] as const)
          expect([message, (await send(message, { questionId, ...more })).error?.code]).toEqual([message, 'not_found']);
      for (const pollId of [beside(poll), randomUUID()])
        for (const message of ['poll:answer', 'poll:close'])
          expect((await send(message, { pollId, choices: [poll.optionIds[0]] })).error?.code).toBe('not_found');
      for (const id of [beside(session), randomUUID()]) {
        expect((await send('session:join', { sessionId: id })).error?.code).toBe('not_found');
        for (const path of ['state', 'schedule.ics', 'poster.svg'])
          expect((await api(hub).call('GET', `/api/sessions/${id}/${path}`, actor.id)).body.error.code).toBe(
            'not_found',
          );
      }
      expect((await api(hub).call('GET', `/api/events/${slug}-1/schedule.json`, actor.id)).status).toBe(404);
    }
  });
});

describe('a role that is taken away', () => {
  it('counts from the next request, over HTTP and over an open connection (SEC-20, AUTH-12)', async () => {
    const actors = hub.app.get(ActorsService);
    const { id } = await member('attendee');
    const place = { eventId: String(session.event_id), sessionId: null };
    await actors.grant(id, { ...place, role: 'organiser' });
    const send = await line({ id });
    const { call } = api(hub);
    const rename = async (title: string) => (await call('PATCH', `/api/events/${slug}`, id, { title })).status;
    const hide = async () => {
      const { id: questionId } = await hub.make.question({ session_id: session.id });
      const { ok, error } = await send('question:moderate', { questionId, action: 'hide' });
      return ok ? 'ok' : error?.code;
    };
    expect([await rename('As organiser'), await hide()]).toEqual([200, 'ok']);
    await actors.ungrant(id, place);
    expect(await rename('As nobody')).toBe(403);
    expect(await hide()).toBe('forbidden');
  });
});
