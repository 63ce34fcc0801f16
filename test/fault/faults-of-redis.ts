import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../support/until.js';
import { agree } from './agree.js';
import { lasting, watchCalm, withRedis } from './breaking.js';
import { type Scenario } from './scenario.js';
import { type Stage } from './stage.js';

/** Everybody goes on writing for so long, and nobody waits for Redis. */
async function writeFor(stage: Stage, duration: number) {
  for (const end = Date.now() + duration; Date.now() < end; await pause(200)) await stage.goOn(stage.witnesses, 4_000);
}

const untilSubscribed = (stage: Stage) =>
  until('one subscription of each node', () =>
    withRedis(stage, async (redis) => {
      const [, listeners] = await redis.pubsub('NUMSUB', `plenum:session:${stage.session.id}`);
      return listeners === stage.stand.nodes.length;
    }),
  );

export const FAULTS_OF_REDIS: readonly Scenario[] = [
  {
    id: 'F5',
    title: 'Redis killed and restarted empty',
    seconds: 7,
    strike: async (stage) => {
      await stage.stand.redis.kill();
      await writeFor(stage, lasting(stage, 500, 3_000));
      await agree(stage, 4_000);
      await stage.stand.redis.restart();
      await untilSubscribed(stage);
    },
  },
  {
    id: 'F6',
    title: 'Redis stopped for 30 s (SIGSTOP)',
    seconds: 33,
    strike: async (stage) => {
      stage.stand.redis.pause();
      try {
        await writeFor(stage, lasting(stage, 1_500, 30_000));
        await agree(stage, 4_000);
      } finally {
        stage.stand.redis.resume();
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
      const { redis } = stage.stand.lines[0]!;
      for (let round = 0; round < lasting(stage, 1, 3); round++) {
        redis.hold('down');
        await writeFor(stage, lasting(stage, 200, 600));
        const dropped = await withRedis(stage, (asking) => asking.client('KILL', 'TYPE', 'pubsub'));
        if (!Number(dropped)) throw new Error('Redis had no subscriber to drop');
        redis.cut(); // what had not arrived never does
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
      const { redis } = stage.stand.lines[0]!;
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
