import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { judge } from '../../fault/checker.js';
import { killBeforeCommit } from '../../fault/faults-of-nodes.js';
import { runFault } from '../../fault/run.js';
import { type Stage } from '../../fault/stage.js';
import { type FaultCluster, startFaultCluster } from '../../fault/fault-cluster.js';
import { storedRows } from '../../fault/stored.js';
import { until } from '../../support/until.js';

/** Hubs that do lose writes: a checker that does not detect them could not be trusted for others. */
let cluster: FaultCluster;
beforeAll(async () => {
  cluster = await startFaultCluster({ durable: false });
}, 120_000);
afterAll(() => cluster?.close(), 60_000);

const setting = async (sql: string) => {
  await cluster.database.query(`ALTER SYSTEM ${sql}`);
  await cluster.database.query('SELECT pg_reload_conf()');
};
const breaking = { id: 'broken', title: 'a hub that loses writes', seconds: 0, within: 1_000 };
const HOLDS_STATEMENTS = 2;

/** The number of lost acknowledged votes: more than those that are given again by chance afterwards. */
const untilBaseless = (stage: Stage) =>
  until('acknowledgements without a row', async () => {
    const { lost } = judge(stage.ledger.writes, await storedRows(stage));
    return lost.filter((key) => key.startsWith('vote')).length >= 10;
  });

it('notices an acknowledgement before COMMIT (G1, G6)', async () => {
  const preload = [resolve('test/fault/preload/ack-early.mjs')];
  await cluster.restart(0, { preload });
  const { lost, problems } = await runFault(
    cluster,
    {
      ...breaking,
      strike: async (stage) => {
        cluster.lines[0]!.postgres.hold('up');
        await untilBaseless(stage);
        stage.load.rest(true); // or people would vote the lost votes again, at the other node, before the check
        await killBeforeCommit(stage);
        await cluster.restart(0);
      },
    },
    HOLDS_STATEMENTS,
    'short',
  );
  expect(lost).toBeGreaterThan(0);
  expect(problems).toEqual(expect.arrayContaining([expect.stringMatching(/^lost: vote/)]));
}, 90_000);

it('notices a PostgreSQL with synchronous_commit off that crashes (G1, START-5)', async () => {
  await setting(`SET wal_writer_delay = '10s'`);
  await setting(`SET wal_writer_flush_after = '1GB'`);
  await setting('SET synchronous_commit = off');
  const { lost } = await runFault(
    cluster,
    {
      ...breaking,
      strike: async (stage) => {
        await pause(1_000);
        await stage.goOn(stage.witnesses);
        await cluster.postgres.kill();
        await cluster.postgres.restart();
        await setting('RESET ALL');
      },
    },
    1,
    'short',
  );
  expect(lost).toBeGreaterThan(0);
}, 90_000);
