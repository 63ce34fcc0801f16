import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/client/new-id';
import { type GuestsMode } from '#libs/domain/event-modes';
import { api } from '../../support/clients/api.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients, type TestClient } from '../../support/clients/test-clients.js';
import { openPoll } from '../../support/clients/polls.js';
import { wrongTotals } from '../../support/load/invariants.js';
import { until } from '../../support/until.js';

/** How long a change may take to count on another node. */
const SOON = 2_000;

let hub: TestHub;
let session: { id: string; event_id?: unknown };
let crowd: ReturnType<typeof testClients>;
let moderator: TestClient;
beforeAll(async () => (hub = await startHub({ nodes: 2 })), 60_000);
afterAll(() => hub?.close(), 30_000);
beforeEach(async () => {
  session = await hub.make.session();
  crowd = testClients(hub, session);
  moderator = await crowd.join({ role: 'moderator' });
});
afterEach(async () => {
  crowd.leave();
  expect(await wrongTotals(hub.database)).toEqual([]);
});

/** An organiser sets at the first node what the event's guests may do. */
async function hold(guests: GuestsMode) {
  const organiser = await hub.make.actor({ event_id: session.event_id, role: 'organiser' });
  const [event] = await hub.database.query<{ slug: string }>('SELECT slug FROM event WHERE id = $1', [
    session.event_id,
  ]);
  const { status, body } = await api(hub).call('PATCH', `/api/events/${event!.slug}`, organiser.id, { guests });
  expect({ status, guests: body.guests }).toEqual({ status: 200, guests });
}

/** A guest at each node, and an attendee at the second. */
async function audience() {
  const [here, there] = hub.nodes.map(({ url }) => url);
  return {
    guests: [await crowd.join({ role: 'guest', url: here }), await crowd.join({ role: 'guest', url: there })],
    attendee: await crowd.join({ url: there }),
  };
}

let counter = 0;
const ask = ({ client }: TestClient) =>
  client.request('question:ask', { id: newId(), sessionId: session.id, text: `What about number ${++counter}?` });
const vote = ({ client }: TestClient, questionId: string, value = true) =>
  client.request('question:vote', { questionId, value });
const edit = ({ client }: TestClient, questionId: string) =>
  client.request('question:edit', { questionId, text: `Or rather number ${++counter}?` });
const answer = ({ client }: TestClient, { id, options }: { id: string; options: { id: string }[] }) =>
  client.request('poll:answer', { pollId: id, choices: [options[0]!.id] });
const refusal = (request: Promise<unknown>) =>
  request.then(
    () => null,
    ({ code }: { code: string }) => code,
  );

describe('guests who only watch', () => {
  it('write nothing, on whichever node, while the others go on; and take part again when that ends (AUTH-25)', async () => {
    const { guests, attendee } = await audience();
    const [{ id: asked }, poll] = [await ask(attendee), await openPoll(moderator, session.id)];
    const own = await Promise.all(guests.map((guest) => ask(guest)));
    for (const guest of guests) await vote(guest, asked);
    await hold('watch_only');
    for (const [node, guest] of guests.entries()) {
      const isRefused = async () => (await refusal(vote(guest, asked, false))) === 'guests.watch_only';
      if (node === 0) expect(await isRefused()).toBe(true);
      else await until('the other node to know', isRefused, SOON);
      for (const act of [() => ask(guest), () => edit(guest, own[node]!.id), () => answer(guest, poll)])
        expect(await refusal(act())).toBe('guests.watch_only');
    }
    expect(await refusal(answer(attendee, poll))).toBeNull();
    expect(await refusal(vote(attendee, own[0]!.id))).toBeNull();
    await until('what guests go on seeing', () =>
      guests.every(({ feed }) => feed.getSnapshot().polls.find(({ id }) => id === poll.id)?.tally?.ballots === 1),
    );
    expect(await refusal(guests[1]!.client.request('question:withdraw', { questionId: own[1]!.id }))).toBeNull();

    await hold('open');
    for (const guest of guests) {
      await until('to take part', async () => (await refusal(answer(guest, poll))) === null, SOON);
      expect(await refusal(ask(guest))).toBeNull();
    }
  });

  it('leave nothing behind when they are refused (AUTH-25, G2)', async () => {
    const { guests, attendee } = await audience();
    const [{ id: asked }, poll] = [await ask(attendee), await openPoll(moderator, session.id)];
    await hold('watch_only');
    await until('both nodes to know', async () => {
      const refused = await Promise.all(guests.map((guest) => refusal(vote(guest, asked, false))));
      return refused.every((code) => code === 'guests.watch_only');
    });
    for (const guest of guests)
      for (const act of [() => ask(guest), () => vote(guest, asked), () => answer(guest, poll)])
        expect(await refusal(act())).toBe('guests.watch_only');
    const [stored] = await hub.database.query<object>(
      `SELECT (SELECT count(*)::int FROM question WHERE author_id = ANY($1)) AS questions,
              (SELECT count(*)::int FROM question_vote WHERE actor_id = ANY($1)) AS votes,
              (SELECT count(*)::int FROM poll_ballot WHERE actor_id = ANY($1)) AS ballots`,
      [guests.map(({ id }) => id)],
    );
    expect(stored).toEqual({ questions: 0, votes: 0, ballots: 0 });
  });
});

describe('moderated guests', () => {
  it('wait for a moderator where nobody else does, at once on every node, and again after an edit (QUE-30)', async () => {
    const { guests, attendee } = await audience();
    await hold('moderated');
    for (const guest of guests) {
      const question = await ask(guest);
      expect(question.state).toBe('pending');
      await moderator.client.request('question:moderate', { questionId: question.id, action: 'approve' });
      expect(await edit(guest, question.id)).toMatchObject({ state: 'approved', revision: { state: 'pending' } });
    }
    const question = await ask(attendee);
    expect(question.state).toBe('approved');
    const edited = await edit(attendee, question.id);
    expect([edited.state, edited.revision]).toEqual(['approved', undefined]);
  });

  it('vote and answer as before (AUTH-25)', async () => {
    const { guests, attendee } = await audience();
    const [{ id: asked }, poll] = [await ask(attendee), await openPoll(moderator, session.id)];
    await hold('moderated');
    for (const guest of guests) {
      expect(await refusal(answer(guest, poll))).toBeNull();
      expect(await refusal(vote(guest, asked))).toBeNull();
    }
    expect((await vote(attendee, asked)).score).toBe(1 + guests.length);
  });
});

describe('what guests may do', () => {
  it('is said by organisers, when an event is made or later, and shown to everybody (AUTH-25)', async () => {
    const organiser = await hub.make.actor({ event_id: null, kind: 'account', role: 'organiser' });
    const dates = { start: '2026-03-16T08:00:00+01:00', end: '2026-03-20T22:00:00+01:00' };
    const draft = { slug: 'held-week', title: 'Held week', timeZone: 'Europe/Brussels', languages: ['en'], ...dates };
    const { call } = api(hub);
    expect((await call('POST', '/api/events', organiser.id, { ...draft, guests: 'nobody' })).body.error).toMatchObject({
      code: 'request.invalid',
      field: 'guests',
    });
    expect((await call('POST', '/api/events', organiser.id, { ...draft, guests: 'moderated' })).status).toBe(201);
    expect((await call('GET', '/api/events/held-week')).body.guests).toBe('moderated');
    expect((await call('PATCH', '/api/events/held-week', organiser.id, { title: 'Another' })).body.guests).toBe(
      'moderated',
    );
    const [event] = await hub.database.query<{ slug: string }>('SELECT slug FROM event WHERE id = $1', [
      session.event_id,
    ]);
    const path = `/api/events/${event!.slug}`;
    expect((await call('GET', path)).body.guests).toBe('open');
    expect((await call('PATCH', path, moderator.id, { guests: 'watch_only' })).status).toBe(403);
    expect((await call('GET', path)).body.guests).toBe('open');
  });
});
