import { newId } from '#libs/client/new-id';
import { RequestError } from '#libs/client/request-error';
import { seededRandom } from '../../support/load/seeded-random.js';
import { startHub, type TestHub } from '../../support/hub/hub.js';
import { testClients, type TestClient } from '../../support/clients/test-clients.js';
import { type Proxy, startProxy } from '../../support/proxies/tcp-proxy.js';
import { agree } from '../../support/load/replicas.js';
import { countedChoices, countedScores, wrongTotals } from '../../support/load/invariants.js';
import { until } from '../../support/until.js';

type Session = { id: string; event_id?: unknown };

let hub: TestHub;
let session: Session;
let crowd: ReturnType<typeof testClients>;
beforeAll(async () => (hub = await startHub({ nodes: 2 })), 60_000);
afterAll(() => hub?.close(), 30_000);
beforeEach(async () => {
  session = await hub.make.session();
  crowd = testClients(hub, session);
});
afterEach(() => crowd.leave());

const [here, there] = [() => hub.nodes[0]!.url, () => hub.nodes[1]!.url];
const count = async (sql: string, ...values: unknown[]) =>
  Number((await hub.database.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`, values))[0]!.n);
const ask = (person: TestClient, more: object = {}) =>
  person.feed.ask({ id: newId(), text: `What about ${newId()}?`, ...more });
const moderate = (
  person: TestClient,
  questionId: string,
  action: 'approve' | 'hide' | 'restore' | 'pin' | 'unpin' | 'reject' | 'live' | 'answer',
  reason?: string,
) => person.client.request('question:moderate', { questionId, action, ...(reason && { reason }) });

async function openPoll(moderator: TestClient, more: object = {}) {
  const draft = {
    id: newId(),
    sessionId: session.id,
    question: `Which one, ${newId()}?`,
    type: 'single' as const,
    options: ['One', 'Two', 'Three'],
    results: 'live' as const,
    changeable: true,
  };
  const { poll } = await moderator.client.request('poll:create', { ...draft, ...more });
  await moderator.client.request('poll:open', { pollId: poll.id });
  return poll;
}

const scoresOf = ({ feed }: TestClient) =>
  Object.fromEntries(feed.getSnapshot().questions.map(({ id, score }) => [id, score]));

it('has in PostgreSQL what it acknowledged (G1)', async () => {
  const [moderator, first, second] = await Promise.all([
    crowd.join({ role: 'moderator' }),
    crowd.join(),
    crowd.join({ url: there() }),
  ]);
  const poll = await openPoll(moderator);
  for (const person of [first, second]) {
    const question = await ask(person);
    expect(await count('question WHERE id = $1', question.id)).toBe(1);
    await moderator.feed.vote(question.id, true);
    expect(await count('question_vote WHERE question_id = $1 AND actor_id = $2', question.id, moderator.id)).toBe(1);
    await person.feed.answer(poll.id, { choices: [poll.options[0]!.id] });
    expect(await count('poll_ballot WHERE poll_id = $1 AND actor_id = $2', poll.id, person.id)).toBe(1);
  }
});

describe('one counted vote, one counted ballot (G2)', () => {
  it('counts the same vote once, sent a hundred times at once over two nodes (SEC-55)', async () => {
    const author = await crowd.join();
    const question = await ask(author);
    const voter = await crowd.join();
    const elsewhere = await crowd.join({ actorId: voter.id, url: there() });
    const vote = { questionId: question.id, value: true };
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => (n % 2 ? voter : elsewhere).client.request('question:vote', vote)),
    );
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(await count('question_vote WHERE question_id = $1 AND actor_id = $2', question.id, voter.id)).toBe(1);
    expect(await wrongTotals(hub.database)).toEqual([]);
  });

  it('ends a thousand votes and un-votes at once over two nodes as the last one of each page said (SEC-56)', async () => {
    const question = await ask(await crowd.join());
    const voter = await crowd.join();
    const elsewhere = await crowd.join({ actorId: voter.id, url: there() });
    const votes = Array.from({ length: 50 }, (_, n) => ({ questionId: question.id, value: n % 2 === 1 }));
    for (let round = 0; round < 10; round++)
      await Promise.all(
        [voter, elsewhere].flatMap(({ client }) => votes.map((vote) => client.request('question:vote', vote))),
      );
    expect(await count('question_vote WHERE question_id = $1 AND actor_id = $2', question.id, voter.id)).toBe(1);
    expect(await wrongTotals(hub.database)).toEqual([]);
  });

  it('counts one ballot of a person who answers a hundred times at once, differently, over two nodes', async () => {
    const poll = await openPoll(await crowd.join({ role: 'moderator' }));
    const voter = await crowd.join();
    const elsewhere = await crowd.join({ actorId: voter.id, url: there() });
    await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        (n % 2 ? voter : elsewhere).client.request('poll:answer', {
          pollId: poll.id,
          choices: [poll.options[n % 3]!.id],
        }),
      ),
    );
    expect(await count('poll_ballot WHERE poll_id = $1', poll.id)).toBe(1);
    expect(Object.values(await countedChoices(hub.database, poll.id)).reduce((sum, n) => sum + n)).toBe(1);
    expect(await wrongTotals(hub.database)).toEqual([]);
  });

  it('asks a question once, however often it is sent (SEC-57)', async () => {
    const author = await crowd.join();
    const elsewhere = await crowd.join({ actorId: author.id, url: there() });
    const question = { id: newId(), sessionId: session.id, text: 'Who pays?' };
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? author : elsewhere).client.request('question:ask', question)),
    );
    expect(await count('question WHERE session_id = $1', session.id)).toBe(1);
    expect(await wrongTotals(hub.database)).toEqual([]);
  });
});

describe('a storm over two nodes', () => {
  const STEPS = 60;
  const expected = new Set([
    'question.not_votable',
    'question.not_editable',
    'question.state',
    'not_found',
    'poll.not_open',
    'poll.round_over',
    'conflict',
  ]);
  const refusalsOnly = (error: unknown) => {
    if (!(error instanceof RequestError) || !expected.has(error.code)) throw error;
  };

  it.each([1, 2])(
    'leaves totals equal to rows, and every replica equal to PostgreSQL, with versions that only rose (G3, G4, G5), seed %i',
    async (seed) => {
      const { happens, below, pick } = seededRandom(seed);
      let isStormy = true;
      const isLost = () => isStormy && happens(0.3);
      const proxies: Proxy[] = await Promise.all(
        Array.from({ length: 8 }, (_, n) => startProxy(n % 2 ? here() : there())),
      );
      const moderators = [
        await crowd.join({ role: 'moderator', isLost }),
        await crowd.join({ role: 'moderator', url: there(), isLost }),
      ];
      const audience = await Promise.all(proxies.map(({ url }) => crowd.join({ url, isLost })));
      const everybody = [...moderators, ...audience];
      const versions = everybody.map(({ feed }) => {
        const seen = [feed.getSnapshot().version];
        feed.subscribe(() => seen.push(feed.getSnapshot().version));
        return seen;
      });
      const polls = [await openPoll(moderators[0]!), await openPoll(moderators[1]!)];
      const questions = [(await ask(audience[0]!)).id];

      const acts: (() => Promise<unknown>)[] = [
        async () => questions.push((await ask(pick(audience))).id),
        ...Array.from({ length: 5 }, () => () => pick(audience).feed.vote(pick(questions), happens(0.7))),
        ...Array.from({ length: 4 }, () => () => {
          const poll = pick(polls);
          return pick(audience).feed.answer(poll.id, { choices: [pick(poll.options).id] });
        }),
        () =>
          moderate(
            pick(moderators),
            pick(questions),
            pick(['hide', 'restore', 'pin', 'unpin', 'live', 'answer'] as const),
          ),
        async () => pick(proxies).cut(),
        async () => {
          const proxy = pick(proxies);
          proxy.lead(pick([here(), there()]));
          proxy.cut();
        },
      ];
      const running: Promise<unknown>[] = [];
      for (let step = 0; step < STEPS; step++) {
        const batch = Array.from({ length: 1 + below(8) }, () => pick(acts)().catch(refusalsOnly));
        running.push(...batch);
        if (step % 4 === 0) await Promise.all(batch);
      }
      await Promise.all(running);
      isStormy = false;

      for (const poll of polls) await audience[0]!.feed.answer(poll.id, { choices: [poll.options[0]!.id] });
      questions.push((await ask(audience[1]!)).id); // the first frame after the storm repairs clients that lost the last one
      expect(await wrongTotals(hub.database)).toEqual([]);
      await until('everybody live', () => everybody.every(({ feed }) => feed.getSnapshot().status === 'live'), 20_000);
      await agree(audience, await crowd.join({ url: there() }));
      await agree(moderators, await crowd.join({ role: 'moderator' }));
      expect(scoresOf(audience[0]!)).toEqual(await countedScores(hub.database, session.id));
      for (const poll of polls) {
        const tally = audience[3]!.feed.getSnapshot().polls.find(({ id }) => id === poll.id)!.tally!;
        expect(Object.fromEntries(tally.counts)).toEqual(await countedChoices(hub.database, poll.id));
      }
      for (const seen of versions) expect(seen).toEqual([...seen].sort((a, b) => a - b));
      await Promise.all(proxies.map((proxy) => proxy.close()));
    },
    90_000,
  );

  it('shows a client that moves to the other node nothing older than what it has seen, however late the messages of that node (G4)', async () => {
    const [writer, mover] = [await crowd.join(), await crowd.join({ url: there() })];
    const question = await ask(writer);
    hub.redis!.pause();
    try {
      for (let n = 0; n < 5; n++) {
        const { version } = await writer.client.vote(question.id, n % 2 === 1);
        const joined = await mover.client.request('session:join', { sessionId: session.id, since: version });
        expect(joined.version).toBeGreaterThanOrEqual(version);
        expect(joined.frames).toBeDefined();
      }
    } finally {
      hub.redis!.resume();
    }
  });
});

describe('faults', () => {
  const END_ALL_OF_THE_HUB = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'plenum'`;

  it('goes on without Redis: writes are acknowledged, and the other node catches up by itself (G1, G5)', async () => {
    const [writer, reader] = [await crowd.join(), await crowd.join({ url: there() })];
    const question = await ask(writer);
    await hub.redis!.kill();
    try {
      const voters = await Promise.all(Array.from({ length: 5 }, () => crowd.join()));
      await Promise.all(voters.map(({ feed }) => feed.vote(question.id, true)));
      await until('the other node to catch up', () => reader.feed.getSnapshot().questions[0]?.score === 6);
    } finally {
      await hub.redis!.restart();
    }
    const late = await crowd.join();
    await late.feed.vote(question.id, true);
    await until('frames after Redis is back', () => reader.feed.getSnapshot().questions[0]?.score === 7);
  }, 60_000);

  it('acknowledges nothing that is lost while PostgreSQL ends its connections, and retries converge (G6)', async () => {
    const persons = await Promise.all(
      Array.from({ length: 6 }, (_, n) => crowd.join({ url: n % 2 ? here() : there() })),
    );
    const questions = await Promise.all(persons.map((person) => ask(person)));
    const wishes = persons.flatMap((person, n) => questions.map(({ id }, m) => ({ person, id, turn: n + m })));
    const isWanted = ({ turn }: { turn: number }, round: number) => (turn + round) % 3 > 0;
    const [ROUNDS, FAULTS] = [4, 15];
    let [acknowledged, isGoingOn] = [0, true];
    const faults = (async () => {
      for (let fault = 0; fault < FAULTS; fault++) {
        const before = acknowledged;
        await until('connections to end', async () => (await hub.database.query(END_ALL_OF_THE_HUB)).length > 0);
        await until('an ack between two faults', () => acknowledged > before, 40_000);
      }
    })();
    const over = faults.finally(() => (isGoingOn = false));
    let round = -1;
    for (; isGoingOn || round < ROUNDS; round++) {
      const votes = wishes.map(async (wish) => {
        await wish.person.feed.vote(wish.id, isWanted(wish, round + 1));
        acknowledged++;
      });
      await Promise.all(votes);
    }
    await over;
    for (const wish of wishes)
      expect(await count('question_vote WHERE question_id = $1 AND actor_id = $2', wish.id, wish.person.id)).toBe(
        isWanted(wish, round) ? 1 : 0,
      );
    expect(await wrongTotals(hub.database)).toEqual([]);
    const last = await ask(persons[0]!);
    await until(
      'the last question everywhere',
      () => persons.every(({ feed }) => feed.getSnapshot().questions.some(({ id }) => id === last.id)),
      20_000,
    );
    await agree(persons, await crowd.join());
  }, 90_000);
});

describe('what the audience may not see (G7)', () => {
  const SECRET = /secret-[a-z]+/;
  const text = (kind: string) => `The secret-${kind} of ${newId()}`;

  /** Without the number of viewers, which is a sample that changes by itself. */
  async function state(): Promise<object> {
    const response = await fetch(`${there()}/api/sessions/${session.id}/state`);
    return { ...((await response.json()) as object), viewers: null };
  }

  it('is in no frame, snapshot, state or error that reaches them', async () => {
    session = await hub.make.session({ premoderated: true });
    crowd = testClients(hub, session);
    const [author, moderator] = [
      await crowd.join({ name: 'secret-name' }),
      await crowd.join({ role: 'moderator', url: there() }),
    ];
    const watchers = [await crowd.join(), await crowd.join({ url: there() }), await crowd.join({ role: 'speaker' })];
    const before = await state();

    const pending = await ask(author, { text: text('pending') });
    const rejected = await ask(author, { text: text('rejected') });
    await moderate(moderator, rejected.id, 'reject', text('reason'));
    const draft = await moderator.client.request('poll:create', {
      id: newId(),
      sessionId: session.id,
      question: text('draft'),
      type: 'single',
      options: [text('option'), 'Two'],
      results: 'live',
      changeable: false,
    });
    expect(await state()).toEqual(before);

    const anonymous = await ask(author, { anonymous: true });
    await moderate(moderator, anonymous.id, 'approve');
    const polls = await Promise.all(
      (['on_close', 'manual', 'after_vote'] as const).map((results) => openPoll(moderator, { results })),
    );
    for (const poll of polls) await author.feed.answer(poll.id, { choices: [poll.options[1]!.id] });

    const attempts = [
      () => watchers[0]!.client.request('question:vote', { questionId: pending.id, value: true }),
      () => watchers[1]!.client.request('question:moderate', { questionId: rejected.id, action: 'approve' }),
      () => watchers[0]!.client.request('question:history', { questionId: rejected.id }),
      () => watchers[1]!.client.request('poll:answer', { pollId: draft.poll.id, choices: [draft.poll.options[0]!.id] }),
      () => watchers[0]!.client.request('poll:publish', { pollId: polls[0]!.id }),
      // A person who guesses a pending text is not told so; they are not among those below, because they know it.
      async () => ask(await crowd.join(), { text: pending.text }),
    ];
    for (const attempt of attempts)
      await attempt().catch((error: unknown) => expect((error as Error).message).not.toMatch(SECRET));

    await until('the anonymous question everywhere', () =>
      watchers.every(({ feed }) => feed.getSnapshot().questions.some(({ id }) => id === anonymous.id)),
    );
    await until('the polls everywhere', () => watchers.every(({ feed }) => feed.getSnapshot().polls.length >= 3));
    const last = await ask(watchers[0]!);
    await moderate(moderator, last.id, 'approve');
    await until('the last question everywhere', () =>
      watchers.every(({ feed }) => feed.getSnapshot().questions.some(({ id }) => id === last.id)),
    );
    watchers.push(await crowd.join(), await crowd.join({ url: there() }));

    const [first, second, speaker, ...late] = watchers;
    const told = [first, second, ...late].map((person) => person!.heard.join('\n'));
    for (const all of [...told, JSON.stringify(await state())]) {
      expect(all).not.toMatch(SECRET);
      expect(all).not.toContain('"tally"');
    }
    expect(speaker!.heard.join('\n')).not.toMatch(/secret-(pending|rejected|reason|name)/);
    expect(
      author.feed
        .getSnapshot()
        .polls.filter(({ tally }) => tally)
        .map(({ id }) => id),
    ).toEqual([polls[2]!.id]);
  }, 60_000);
});
