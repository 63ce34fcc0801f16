import { jest } from '@jest/globals';
import pg from 'pg';
import { type Poll } from '#libs/contract/poll';
import { type ActorContext } from '../../../apps/api/src/identity/actors/actor.js';
import { AppError } from '../../../apps/api/src/platform/errors/app-error.js';
import { FeedService } from '../../../apps/api/src/feed/feed.service.js';
import { BallotsService } from '../../../apps/api/src/polls/ballots/ballots.service.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients, type TestClient } from '../../support/clients/test-clients.js';
import { makeActors, openPoll } from '../../support/clients/polls.js';
import { countedChoices, wrongTotals } from '../../support/load/invariants.js';
import { until } from '../../support/until.js';

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

/** Gives a ballot on one of the nodes; a refusal is its code. */
const cast = (actor: ActorContext, { id }: Poll, option: { id: string }, node = 0) =>
  hub.nodes[node]!.app.get(BallotsService)
    .answer(actor, { pollId: id, choices: [option.id] })
    .catch((error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error as Error)));
const ballotsOf = async ({ id }: Poll) =>
  await hub.database.query<{ actor_id: string; choices: string[] }>(
    `SELECT actor_id, choices FROM poll_ballot WHERE poll_id = $1`,
    [id],
  );
const seenBy = (person: TestClient, { id }: Poll) => person.feed.getSnapshot().polls.find((poll) => poll.id === id);
const answer = (person: TestClient, pollId: string, ballot: object) =>
  person.client.request('poll:answer', { pollId, ...ballot });
/** Connections to this database that wait for a lock. */
const waiting = async () =>
  (
    await hub.database.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
  ).length;
const later = (ms: number) => new Date(Date.now() + ms).toISOString();

describe('one ballot', () => {
  it('fits its poll, or is refused with the wrong field (POLL-10)', async () => {
    const attendee = await crowd.join();
    const multiple = await openPoll(moderator, session.id, { type: 'multiple', min: 2, max: 2 });
    const rating = await openPoll(moderator, session.id, { type: 'rating', options: [] });
    const [first, second, third] = multiple.options.map(({ id }) => id);
    const invalid = (field: string) => ({ code: 'request.invalid', field });
    await expect(answer(attendee, multiple.id, { choices: [first] })).rejects.toMatchObject(invalid('choices'));
    await expect(answer(attendee, multiple.id, { choices: [first, first] })).rejects.toMatchObject(invalid('choices'));
    await expect(answer(attendee, multiple.id, { choices: [first, second, third] })).rejects.toMatchObject(
      invalid('choices'),
    );
    await expect(answer(attendee, multiple.id, { choices: [first, rating.options[0]!.id] })).rejects.toMatchObject(
      invalid('choices'),
    );
    await expect(answer(attendee, rating.id, { rating: 6 })).rejects.toMatchObject(invalid('rating'));
    await expect(answer(attendee, rating.id, { choices: [rating.options[0]!.id] })).rejects.toMatchObject(
      invalid('choices'),
    );
    expect([...(await ballotsOf(multiple)), ...(await ballotsOf(rating))]).toEqual([]);
    await expect(answer(attendee, rating.id, { rating: 5 })).resolves.toMatchObject({
      poll: { tally: { ballots: 1 } },
    });
    expect(await countedChoices(hub.database, rating.id)).toMatchObject({ [rating.options[4]!.id]: 1 });
  });

  it('is changed where the poll allows it, and counts once (POLL-11)', async () => {
    const attendee = await crowd.join();
    const poll = await openPoll(moderator, session.id);
    const [first, second] = poll.options;
    const before = await answer(attendee, poll.id, { choices: [first!.id] });
    await expect(answer(attendee, poll.id, { choices: [first!.id] })).resolves.toMatchObject({
      duplicate: true,
      version: before.version,
    });
    const after = await answer(attendee, poll.id, { choices: [second!.id] });
    expect(after).toMatchObject({ duplicate: false, version: before.version + 1 });
    expect(after.poll.tally).toEqual({
      ballots: 1,
      counts: poll.options.map(({ id }) => [id, id === second!.id ? 1 : 0]),
    });
  });

  it('stays where the poll does not allow a change (POLL-11)', async () => {
    const attendee = await crowd.join();
    const poll = await openPoll(moderator, session.id, { changeable: false });
    const [first, second] = poll.options;
    await answer(attendee, poll.id, { choices: [first!.id] });
    await expect(answer(attendee, poll.id, { choices: [second!.id] })).rejects.toMatchObject({
      code: 'poll.already_answered',
    });
    await expect(answer(attendee, poll.id, { choices: [first!.id] })).resolves.toMatchObject({ duplicate: true });
  });

  it('counts in the round it was meant for only (POLL-12)', async () => {
    const attendee = await crowd.join();
    const poll = await openPoll(moderator, session.id);
    const choices = [poll.options[0]!.id];
    await expect(answer(attendee, poll.id, { choices, round: 2 })).rejects.toMatchObject({ code: 'poll.round_over' });
    await moderator.client.request('poll:reset', { pollId: poll.id });
    await expect(answer(attendee, poll.id, { choices, round: 1 })).rejects.toMatchObject({ code: 'poll.round_over' });
    await expect(answer(attendee, poll.id, { choices })).rejects.toMatchObject({ code: 'poll.not_open' });
  });

  it('is late by the clock inside the lock, even before anybody could close the poll (POLL-12)', async () => {
    const poll = await openPoll(moderator, session.id);
    const [actor] = (await makeActors(hub, session.event_id, 1)) as [ActorContext];
    await moderator.client.request('poll:open', { pollId: poll.id, endsAt: later(400) });
    const holding = hub.database.query(
      `WITH held AS MATERIALIZED (SELECT FROM session WHERE id = $1 FOR NO KEY UPDATE) SELECT pg_sleep(0.8) FROM held`,
      [session.id],
    );
    await until('the lock', async () => {
      const sleeping = `SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()`;
      return (await hub.database.query(sleeping)).length > 0;
    });
    const inTime = cast(actor, poll, poll.options[0]!);
    await holding;
    expect(await inTime).toBe('poll.not_open');
    expect(await ballotsOf(poll)).toEqual([]);
  });

  it('is acknowledged again after the end when it counts already (POLL-13, G6)', async () => {
    const [attendee, other] = [await crowd.join(), await crowd.join()];
    const poll = await openPoll(moderator, session.id);
    const choices = [poll.options[0]!.id];
    await answer(attendee, poll.id, { choices });
    await moderator.client.request('poll:close', { pollId: poll.id });
    await expect(answer(attendee, poll.id, { choices })).resolves.toMatchObject({
      duplicate: true,
      poll: { state: 'closed' },
    });
    await expect(answer(attendee, poll.id, { choices: [poll.options[1]!.id] })).rejects.toMatchObject({
      code: 'poll.not_open',
    });
    await expect(answer(other, poll.id, { choices })).rejects.toMatchObject({ code: 'poll.not_open' });
  });

  it('is judged on the poll as it is when written, wherever it was changed (POLL-12)', async () => {
    const [first, second, third] = (await makeActors(hub, session.event_id, 3)) as [
      ActorContext,
      ActorContext,
      ActorContext,
    ];
    const poll = await openPoll(moderator, session.id);
    const option = poll.options[0]!;
    expect(await cast(first, poll, option, 1)).toMatchObject({ duplicate: false });
    await moderator.client.request('poll:close', { pollId: poll.id });
    expect(await cast(second, poll, option, 1)).toBe('poll.not_open');
    await moderator.client.request('poll:reset', { pollId: poll.id });
    const { poll: again } = await moderator.client.request('poll:open', { pollId: poll.id });
    expect(await cast(third, again, option, 1)).toMatchObject({ poll: { round: 2, tally: { ballots: 1 } } });
  });

  it('takes the place of one that another node took a moment before (POLL-11, G2, G3)', async () => {
    const [actor] = (await makeActors(hub, session.event_id, 1)) as [ActorContext];
    const poll = await openPoll(moderator, session.id);
    await Promise.all(poll.options.flatMap((option) => [cast(actor, poll, option, 0), cast(actor, poll, option, 1)]));
    const counted = await countedChoices(hub.database, poll.id);
    expect(Object.values(counted).reduce((sum, n) => sum + n)).toBe(1);
  });

  it('is not taken from the muted (POLL-17)', async () => {
    const poll = await openPoll(moderator, session.id);
    const [actor] = (await makeActors(hub, session.event_id, 1)) as [ActorContext];
    const muted = { ...actor, mutedIn: [String(session.event_id)] };
    expect(await cast(muted, poll, poll.options[0]!)).toBe('actor.muted');
    expect(await ballotsOf(poll)).toEqual([]);
  });
});

describe('many ballots at once', () => {
  it('counts one of a hundred ballots of one actor (G2, G3)', async () => {
    const poll = await openPoll(moderator, session.id, { changeable: false });
    const [actor] = (await makeActors(hub, session.event_id, 1)) as [ActorContext];
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) => cast(actor, poll, poll.options[index % 2]!, index % 2)),
    );
    const counted = outcomes.filter((outcome) => typeof outcome !== 'string' && !outcome.duplicate);
    expect(counted).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'poll.already_answered')).toHaveLength(50);
    expect(await ballotsOf(poll)).toHaveLength(1);
  });

  it('counts and acknowledges each ballot, or refuses it, while the poll is closed (POLL-14, G1, G3)', async () => {
    const poll = await openPoll(moderator, session.id);
    const actors = await makeActors(hub, session.event_id, 500);
    const casts = actors.map(async (actor, index) => {
      await new Promise((resolve) => setTimeout(resolve, index / 5));
      return cast(actor, poll, poll.options[index % 3]!, index % 2);
    });
    await until('the first ballots', async () => (await ballotsOf(poll)).length > 50);
    const closed = await moderator.client.request('poll:close', { pollId: poll.id });
    const outcomes = await Promise.all(casts);
    const acknowledged = actors.filter((_, index) => typeof outcomes[index] !== 'string').map(({ id }) => id);
    expect(outcomes.filter((outcome) => outcome === 'poll.not_open')).toHaveLength(500 - acknowledged.length);
    expect((await ballotsOf(poll)).map(({ actor_id }) => actor_id).sort()).toEqual(acknowledged.sort());
    expect(closed.poll.tally!.ballots).toBe(acknowledged.length);
    await until('the final tally', () => seenBy(moderator, poll)?.tally?.ballots === acknowledged.length);
  });

  it('keeps totals equal to rows while ballots change, on two nodes (POLL-11, G3)', async () => {
    const poll = await openPoll(moderator, session.id);
    const actors = await makeActors(hub, session.event_id, 60);
    const last = new Map<string, string>();
    await Promise.all(
      actors.map(async (actor, index) => {
        for (let turn = 0; turn < 8; turn++) {
          const option = poll.options[(index + turn * turn) % 3]!;
          await cast(actor, poll, option, (index + turn) % 2);
          last.set(actor.id, option.id);
        }
      }),
    );
    expect(Object.fromEntries((await ballotsOf(poll)).map(({ actor_id, choices }) => [actor_id, choices[0]]))).toEqual(
      Object.fromEntries(last),
    );
    const counts = await countedChoices(hub.database, poll.id);
    await until('the tally', () => seenBy(moderator, poll)?.tally?.counts.every(([id, n]) => counts[id] === n));
  });

  it('takes ballots of several polls and sessions together', async () => {
    const other = await hub.make.session({ event_id: session.event_id });
    const polls = [
      await openPoll(moderator, session.id),
      await openPoll(moderator, session.id),
      await openPoll(moderator, other.id),
    ];
    const actors = await makeActors(hub, session.event_id, 40);
    const outcomes = await Promise.all(
      actors.flatMap((actor) => polls.map((poll) => cast(actor, poll, poll.options[0]!))),
    );
    expect(outcomes.filter((outcome) => typeof outcome === 'string')).toEqual([]);
    for (const poll of polls) expect(await ballotsOf(poll)).toHaveLength(40);
  });
});

describe('deadlines', () => {
  it('close a poll by themselves within a second, once, at the deadline (POLL-15)', async () => {
    const attendee = await crowd.join({ url: hub.nodes[1]!.url });
    const { id } = await openPoll(moderator, session.id);
    const endsAt = later(600);
    await moderator.client.request('poll:open', { pollId: id, endsAt });
    const poll = await until(
      'the closed poll',
      () => attendee.feed.getSnapshot().polls.find(({ state }) => state === 'closed'),
      5_000,
    );
    expect(Date.now() - new Date(endsAt).getTime()).toBeLessThan(1_500);
    expect(poll).toMatchObject({ endsAt, closedAt: endsAt });
    const acts = await hub.database.query(
      `SELECT actor_id FROM moderation WHERE poll_id = $1 AND action = 'poll.close'`,
      [id],
    );
    expect(acts).toEqual([{ actor_id: null }]);
  });

  it('are kept in other sessions while those of one cannot be (POLL-15)', async () => {
    const other = await hub.make.session({ event_id: session.event_id });
    const stuck = [await openPoll(moderator, session.id), await openPoll(moderator, session.id)];
    const free = await openPoll(moderator, other.id);
    const end = (polls: readonly Poll[], ago: string) =>
      hub.database.query(`UPDATE poll SET ends_at = clock_timestamp() - $1::interval WHERE id = ANY ($2)`, [
        ago,
        polls.map(({ id }) => id),
      ]);
    const isClosed = async ({ id }: Poll) =>
      (await hub.database.query(`SELECT 1 FROM poll WHERE id = $1 AND state = 'closed'`, [id])).length === 1;
    const lock = new pg.Client(hub.database.url);
    await lock.connect();
    try {
      await lock.query('BEGIN');
      await lock.query('SELECT FROM session WHERE id = $1 FOR UPDATE', [session.id]);
      await end(stuck, '1 hour');
      await until('both nodes to wait for the session', async () => (await waiting()) === 2);
      await end([free], '1 ms');
      await until('the other poll closed', () => isClosed(free), 3_000);
      expect(await isClosed(stuck[0]!)).toBe(false);
    } finally {
      await lock.end();
    }
    await until('the rest', async () => (await isClosed(stuck[0]!)) && (await isClosed(stuck[1]!)));
  });

  it('are in the future and can be moved while the poll is open (POLL-15)', async () => {
    const { id } = await openPoll(moderator, session.id);
    const open = (endsAt: string) => moderator.client.request('poll:open', { pollId: id, endsAt });
    await expect(open(later(-1_000))).rejects.toMatchObject({ code: 'request.invalid', field: 'endsAt' });
    const [soon, late] = [later(60_000), later(120_000)];
    expect((await open(soon)).poll).toMatchObject({ endsAt: soon });
    expect((await open(late)).poll).toMatchObject({ endsAt: late });
    expect((await moderator.client.request('poll:open', { pollId: id })).poll).toMatchObject({ endsAt: late });
  });

  it('have passed for every act of a moderator too (POLL-15)', async () => {
    const poll = await openPoll(moderator, session.id);
    await hub.database.query(`UPDATE poll SET ends_at = clock_timestamp() - interval '1 ms' WHERE id = $1`, [poll.id]);
    const reopened = moderator.client.request('poll:open', { pollId: poll.id, endsAt: later(60_000) });
    await expect(reopened).rejects.toMatchObject({ code: 'poll.state' });
  });
});

describe('results for those who voted', () => {
  it('reach exactly them, on all their screens and nodes, as soon as they voted (POLL-16, G7)', async () => {
    const [here, there] = hub.nodes.map(({ url }) => url);
    const poll = await openPoll(moderator, session.id, { results: 'after_vote' });
    const voter = await crowd.join({ url: here });
    const screen = await crowd.join({ url: there, actorId: voter.id });
    const others = [await crowd.join({ url: here }), await crowd.join({ url: there })];
    for (const person of [moderator, voter, screen, ...others]) await until('the poll', () => seenBy(person, poll));
    const { poll: shown } = await answer(voter, poll.id, { choices: [poll.options[0]!.id] });
    expect(shown.tally?.ballots).toBe(1);
    await until('the tally on the other screen', () => seenBy(screen, poll)?.tally?.ballots === 1);
    const [actor] = (await makeActors(hub, session.event_id, 1)) as [ActorContext];
    await cast(actor, poll, poll.options[1]!, 1);
    for (const person of [voter, screen, moderator])
      await until('the next ballot', () => seenBy(person, poll)?.tally?.ballots === 2);
    for (const person of others) expect(person.heard.join()).not.toContain('"tally"');
    const again = await crowd.join({ actorId: voter.id });
    expect(seenBy(again, poll)?.tally?.ballots).toBe(2);
    await moderator.client.request('poll:close', { pollId: poll.id });
    for (const person of others)
      await until('the tally after the end', () => seenBy(person, poll)?.tally?.ballots === 2);
  });

  it('reach a screen that was joining while its person voted on another (POLL-16)', async () => {
    const poll = await openPoll(moderator, session.id, { results: 'after_vote' });
    const [voter, feed] = [await crowd.join(), hub.app.get(FeedService)];
    const own = feed.own.bind(feed);
    jest.spyOn(feed, 'own').mockImplementationOnce(async (...asked) => {
      const found = await own(...asked);
      await answer(voter, poll.id, { choices: [poll.options[0]!.id] });
      await until('the tally', () => seenBy(voter, poll)?.tally);
      return found;
    });
    const screen = await crowd.join({ actorId: voter.id });
    jest.restoreAllMocks();
    const [actor] = (await makeActors(hub, session.event_id, 1)) as [ActorContext];
    await cast(actor, poll, poll.options[1]!);
    for (const person of [voter, screen])
      await until('the next ballot', () => seenBy(person, poll)?.tally?.ballots === 2);
  });

  it('are hidden again by a new round (POLL-7, POLL-16)', async () => {
    const poll = await openPoll(moderator, session.id, { results: 'after_vote' });
    const voter = await crowd.join();
    await answer(voter, poll.id, { choices: [poll.options[0]!.id] });
    await until('the tally', () => seenBy(voter, poll)?.tally);
    await moderator.client.request('poll:reset', { pollId: poll.id });
    await moderator.client.request('poll:open', { pollId: poll.id });
    const shown = await until('the new round', () => [seenBy(voter, poll)].find((seen) => seen?.round === 2));
    expect(shown.tally).toBeUndefined();
  });
});

describe('a poll that thousands have answered', () => {
  const MANY = 4_000;

  /** Rows that were read of all ballots so far; PostgreSQL counts them within a second. */
  async function read(): Promise<number> {
    const [row] = await hub.database.query<{ n: string }>(
      `SELECT seq_tup_read + idx_tup_fetch AS n FROM pg_stat_user_tables WHERE relname = 'poll_ballot'`,
    );
    return Number(row?.n);
  }

  /** In one statement, so that the planner goes on taking the table for small. */
  async function fill({ id, options: [option] }: Poll) {
    await hub.database.query(
      `WITH voter AS (INSERT INTO actor (event_id, kind, role) SELECT $1, 'demo', 'attendee' FROM generate_series(1, $4) RETURNING id),
            cast_ AS (INSERT INTO poll_ballot (poll_id, round, actor_id, choices) SELECT $2, 1, id, ARRAY[$3]::uuid[] FROM voter),
            counted AS (UPDATE poll_round SET ballots = ballots + $4 WHERE poll_id = $2)
       UPDATE poll_count SET n = n + $4 WHERE poll_id = $2 AND option_id = $3`,
      [session.event_id, id, option!.id, MANY],
    );
  }

  it('takes a ballot without reading the others (POLL-20)', async () => {
    const actors = await makeActors(hub, session.event_id, 20);
    const poll = await openPoll(moderator, session.id);
    const few = actors.slice(0, 5);
    for (const actor of few) await cast(actor, poll, poll.options[0]!);
    await hub.database.query('VACUUM ANALYZE poll_ballot'); // now it is known to be small, and connections plan for that
    for (let n = 0; n < 8; n++) for (const actor of few) await cast(actor, poll, poll.options[n % 2]!);
    await fill(poll);
    const before = await read();
    for (const actor of actors) await cast(actor, poll, poll.options[1]!);
    await until('the statistics of these ballots', async () => {
      await cast(actors[0]!, poll, poll.options[0]!); // a connection reports what it read when it is used again
      return (await read()) > before;
    });
    expect((await read()) - before).toBeLessThan(MANY);
  }, 20_000);
});
