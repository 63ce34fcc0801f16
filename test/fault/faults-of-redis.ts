import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '#libs/client/new-id';
import { topics } from '../../apps/api/src/feed/feed.service.js';
import { testClients, type TestClient } from '../support/clients/test-clients.js';
import { until } from '../support/until.js';
import { agree } from './agree.js';
import { lasting, watchCalm, withRedis } from './breaking.js';
import { type Scenario } from './scenario.js';
import { type Stage } from './stage.js';

/** Everybody keeps writing for this long, and nobody waits for Redis. */
async function writeFor(stage: Stage, duration: number) {
  for (const end = Date.now() + duration; Date.now() < end; await pause(200)) await stage.goOn(stage.witnesses, 4_000);
}

/** While Redis hangs, 99 of 100 votes are acknowledged within this many ms, or three times the duration before on a busy machine. */
const PROMPT = 500;
/** Of fewer votes, as in the short form, the slowest depend on the machine: then it is half of them. */
const ENOUGH = 500;

const untilSubscribed = (stage: Stage, { id } = stage.session) =>
  until('one subscription of each node', () =>
    withRedis(stage, async (redis) => {
      const [, listeners] = await redis.pubsub('NUMSUB', `plenum:${topics.patches(id)}`);
      return listeners === stage.cluster.nodes.length;
    }),
  );

/** Two people, one at each node, in a session without viewers before. */
async function openSession({ cluster, session }: Stage) {
  const opened = await cluster.make.session({ event_id: session.event_id });
  const crowd = testClients(cluster, opened);
  const [here, there] = await Promise.all(cluster.lines.map(({ clients }) => crowd.join({ url: clients.url })));
  return { id: opened.id, here: here!, there: there!, leave: () => crowd.leave() };
}

/** A question of one is visible to the other within this many ms. */
async function hears(from: TestClient, to: TestClient, deadline: number) {
  const { id } = await from.feed.ask({ id: newId(), text: `Who hears ${newId()}?` });
  await until('a question', () => to.feed.getSnapshot().questions.some((question) => question.id === id), deadline);
}

function expectPrompt(waits: readonly number[], before: readonly number[]) {
  const share = waits.length < ENOUGH ? 0.5 : 0.99;
  const took = percentile(waits, share);
  if (took > Math.max(PROMPT, 3 * percentile(before, share)))
    throw new Error(
      `${Math.round(share * 100)} % of ${waits.length} votes took up to ${Math.round(took)} ms without Redis`,
    );
}

const percentile = (waits: readonly number[], share: number) =>
  [...waits].sort((a, b) => a - b)[Math.floor(waits.length * share)] ?? 0;

export const FAULTS_OF_REDIS: readonly Scenario[] = [
  {
    id: 'F5',
    title: 'Redis killed and restarted empty',
    seconds: 7,
    strike: async (stage) => {
      await stage.cluster.redis.kill();
      await writeFor(stage, lasting(stage, 500, 3_000));
      await agree(stage, 4_000);
      const opened = await openSession(stage); // its subscription is made while Redis is unavailable
      await hears(opened.here, opened.there, 4_000);
      await stage.cluster.redis.restart();
      await untilSubscribed(stage);
      await untilSubscribed(stage, opened);
      await hears(opened.there, opened.here, 4_000);
      opened.leave();
    },
  },
  {
    id: 'F6',
    title: 'Redis stopped for 30 s (SIGSTOP)',
    seconds: 33,
    strike: async (stage) => {
      stage.cluster.redis.pause();
      const before = [...stage.load.waits];
      try {
        await writeFor(stage, lasting(stage, 1_500, 30_000));
        expectPrompt(stage.load.waits.slice(before.length), before);
        await agree(stage, 4_000);
      } finally {
        stage.cluster.redis.resume();
      }
    },
  },
  {
    id: 'F7',
    title: 'Redis FLUSHALL, out of memory',
    seconds: 5,
    strike: (stage) =>
      withRedis(stage, async (redis) => {
        await redis.flushall();
        await redis.config('SET', 'maxmemory-policy', 'noeviction');
        await redis.config('SET', 'maxmemory', '1mb');
        await writeFor(stage, lasting(stage, 300, 2_000));
        await redis.flushall();
        await redis.config('SET', 'maxmemory', '0');
      }),
  },
  {
    id: 'F8',
    title: 'Redis drops a lagging subscriber',
    seconds: 5,
    strike: async (stage) => {
      const { redis } = stage.cluster.lines[0]!;
      for (let round = 0; round < lasting(stage, 1, 3); round++) {
        redis.hold('down');
        await writeFor(stage, lasting(stage, 200, 600));
        const dropped = await withRedis(stage, (asking) => asking.client('KILL', 'TYPE', 'pubsub'));
        if (!Number(dropped)) throw new Error('Redis had no subscriber to drop');
        redis.cut(); // messages that had not arrived never do
        redis.release();
        await untilSubscribed(stage);
      }
    },
  },
  {
    id: 'F17',
    title: 'node cut off from Redis',
    seconds: 12,
    strike: async (stage) => {
      const { redis } = stage.cluster.lines[0]!;
      const confirmCalm = watchCalm(stage.witnesses);
      redis.refuse(true);
      if (stage.seed % 2 === 0) redis.hold();
      else redis.cut();
      await writeFor(stage, lasting(stage, 500, 8_000));
      await agree(stage, 4_000);
      redis.refuse(false);
      redis.cut();
      redis.release();
      await untilSubscribed(stage);
      return confirmCalm;
    },
  },
];
