import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Poll } from '#libs/contract/poll';
import { api } from '../../support/clients/api.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients, type TestClient } from '../../support/clients/test-clients.js';
import { createPoll, openPoll } from '../../support/clients/polls.js';
import { wrongTotals } from '../../support/load/invariants.js';
import { until } from '../../support/until.js';

jest.setTimeout(30_000);

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

const answer = ({ client }: TestClient, poll: Poll) =>
  client.request('poll:answer', { pollId: poll.id, choices: [poll.options[0]!.id] });
const code = (request: Promise<unknown>) =>
  request.then(
    () => 'counted',
    (refusal: { code: string }) => refusal.code,
  );
const seenBy = ({ feed }: TestClient, { id }: Poll) => feed.getSnapshot().polls.find((poll) => poll.id === id);

/** Brings the session into a state, as an organiser does at the first node. */
async function become(state: string) {
  const organiser = await hub.make.actor({ event_id: session.event_id, role: 'organiser' });
  const { status, body } = await api(hub).call('PATCH', `/api/sessions/${session.id}`, organiser.id, { state });
  expect({ status, state: body.state }).toEqual({ status: 200, state });
}

describe('an open poll', () => {
  it.each(['ended', 'cancelled'])(
    'closes with its session that is %s, and everybody hears it at once (POLL-22)',
    async (state) => {
      const voter = await crowd.join({ url: hub.nodes[1]!.url });
      const [poll, draft] = [
        await openPoll(moderator, session.id, { results: 'on_close' }),
        await createPoll(moderator, session.id),
      ];
      await answer(voter, poll);
      await become(state);
      await until('the voter to see it closed', () => seenBy(voter, poll)?.state === 'closed');
      expect(seenBy(voter, poll)).toMatchObject({ state: 'closed', tally: { ballots: 1 } });
      expect(voter.feed.getSnapshot().session?.state).toBe(state);
      expect(await code(answer(await crowd.join(), poll))).toBe('poll.not_open');
      expect((await answer(voter, poll)).duplicate).toBe(true);
      expect(seenBy(moderator, draft)?.state).toBe('draft');
      const [record] = await hub.database.query(
        `SELECT actor_id, detail FROM moderation WHERE poll_id = $1 AND action = 'poll.close'`,
        [poll.id],
      );
      expect(record).toEqual({ actor_id: null, detail: { round: 1, session: state } });
    },
  );

  it('closes with a session that an import cancels (POLL-22)', async () => {
    await hub.database.query(`UPDATE session SET state = 'scheduled' WHERE id = $1`, [session.id]);
    const poll = await openPoll(moderator, session.id);
    const organiser = await hub.make.actor({ event_id: session.event_id, role: 'organiser' });
    const [event] = await hub.database.query<{ slug: string }>('SELECT slug FROM event WHERE id = $1', [
      session.event_id,
    ]);
    const path = `/api/events/${event!.slug}/schedule`;
    const { body: file } = await api(hub).call('GET', `${path}.json`, organiser.id);
    for (const day of file.schedule.conference.days) for (const room of Object.keys(day.rooms)) day.rooms[room] = [];
    const query = '?allowCancel=true&allow-cancel=true';
    expect((await api(hub).call('PUT', path + query, organiser.id, file)).body.cancelled).toHaveLength(1);
    await until('the moderator to see it closed', () => seenBy(moderator, poll)?.state === 'closed');
  });

  it('takes or refuses every ballot while its session ends, and none afterwards (POLL-22, POLL-14)', async () => {
    const poll = await openPoll(moderator, session.id);
    const crowds = await Promise.all(
      Array.from({ length: 40 }, (_, place) => crowd.join({ url: hub.nodes[place % 2]!.url })),
    );
    const ending = become('ended');
    const answers = await Promise.all(crowds.map((person) => code(answer(person, poll))));
    await ending;
    expect(new Set([...answers, 'counted', 'poll.not_open'])).toEqual(new Set(['counted', 'poll.not_open']));
    const [stored] = await hub.database.query('SELECT count(*)::int AS ballots FROM poll_ballot WHERE poll_id = $1', [
      poll.id,
    ]);
    expect(stored).toEqual({ ballots: answers.filter((one) => one === 'counted').length });
    expect(await code(answer(await crowd.join(), poll))).toBe('poll.not_open');
  }, 30_000);
});

describe('a session that is over', () => {
  it.each(['ended', 'cancelled'])('opens no poll once it is %s (POLL-23)', async (state) => {
    const poll = await createPoll(moderator, session.id);
    await become(state);
    await expect(moderator.client.request('poll:open', { pollId: poll.id })).rejects.toMatchObject({
      code: 'session.state',
    });
    expect(seenBy(moderator, poll)?.state).toBe('draft');
  });

  it('leaves its polls closed when it is called back; a new round opens as ever (POLL-23)', async () => {
    const poll = await openPoll(moderator, session.id);
    await become('cancelled');
    await become('scheduled');
    expect((await moderator.client.request('poll:reset', { pollId: poll.id })).poll.state).toBe('draft');
    expect((await moderator.client.request('poll:open', { pollId: poll.id })).poll).toMatchObject({
      state: 'open',
      round: 2,
    });
  });
});
