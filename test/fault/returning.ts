import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type Audience } from '../../libs/load-generator/audience.js';
import { type CrowdReport } from '../../libs/load-generator/crowd-report.js';
import { until } from '../support/until.js';
import { lasting } from './breaking.js';
import { type Stage } from './stage.js';

/** 99 % have state again within this many ms. */
const PATIENCE = 15_000;
/** Between two checks of how many are back, in ms: each costs their process a little. */
const LOOK = 100;

/**
 * Kills a node with many viewers of one session, and counts how often its successor reads that session from PostgreSQL. They are light
 * sockets in a separate process, which reconnect with the delays of libs/client: thousands of full clients would wait for themselves, not
 * for the hub.
 */
export async function comeBackAtOnce(stage: Stage): Promise<void> {
  const { cluster, load } = stage;
  load.rest(true); // a write reads its changes with the same query
  await until('a quiet session', () => stage.ledger.pending.length === 0);
  const size = lasting(stage, 300, 5_000);
  const audience = await gather(stage, size);
  try {
    await cluster.nodes[0]!.stop('SIGKILL');
    await until('nobody at a dead node', async () => (await audience.state()).joined === 0);
    const before = await snapshotQueries(stage);
    await cluster.restart(0);
    const took = await untilBack(audience, Math.ceil(size * 0.99));
    const asked = (await snapshotQueries(stage)) - before;
    if (asked !== 1) throw new Error(`${asked} snapshot queries for ${size} people who came back in ${took} ms`);
  } finally {
    load.rest(false);
    await audience.dismiss();
  }
}

async function gather({ cluster, session, questionIds }: Stage, people: number): Promise<Audience> {
  const { url } = cluster.nodes[0]!;
  const actors = await cluster.database.query<{ id: string }>(
    `INSERT INTO actor (event_id, kind, role) SELECT $1, 'guest', 'guest' FROM generate_series(1, $2::int) RETURNING id`,
    [cluster.event.id, people],
  );
  const tokens: string[] = [];
  for (const { id } of actors) tokens.push((await cluster.sign(id)).token);
  const audience = (await builtAudience()).start({ people, url });
  const joined = await audience.gather({ urls: [url], sessionId: session.id, questionIds, tokens, within: 40_000 });
  if (joined === people) return audience;
  await audience.dismiss();
  throw new Error(`only ${joined} of ${people} people came in`);
}

/** From dist, because it starts processes. */
async function builtAudience() {
  const { href } = pathToFileURL(resolve('dist/libs/load-generator/audience.js'));
  return ((await import(href)) as { Audience: typeof Audience }).Audience;
}

/** Returns after how many ms this many have state. */
async function untilBack(audience: Audience, most: number): Promise<number> {
  const began = performance.now();
  const isBack = async () => (await audience.state()).joined >= most || void (await pause(LOOK));
  await until('99 % of the people', isBack, PATIENCE).catch(async (error: Error) => {
    const [{ joined, losses }] = (await audience.reports()) as [CrowdReport];
    throw new Error(`${error.message}: ${joined} of ${most} are back, after ${JSON.stringify(losses)}`);
  });
  return Math.round(performance.now() - began);
}

/** How often PostgreSQL was queried for the questions of a session, not for an actor's own. */
async function snapshotQueries({ cluster }: Stage): Promise<number> {
  await cluster.database.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  const [row] = await cluster.database.query<{ calls: number }>(
    `SELECT coalesce(sum(calls), 0)::int AS calls FROM pg_stat_statements
       WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND query LIKE '%FROM question q JOIN actor author%'
         AND (query LIKE '%q.score_version > $2%' OR query LIKE 'DECLARE batch_%')`,
  );
  return row?.calls ?? 0;
}
