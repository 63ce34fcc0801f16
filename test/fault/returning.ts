import { createClient, type PlenumClient } from '#libs/client/client';
import { lasting } from './breaking.js';
import { type Stage } from './stage.js';
import { until } from '../support/until.js';

/** 99 % have state again within so many ms. */
const PATIENCE = 15_000;

/** Kills a node that many look at the same session on, and counts how often its successor asks PostgreSQL for that session. */
export async function comeBackAtOnce(stage: Stage): Promise<void> {
  const { stand, load } = stage;
  load.rest(true); // a write reads what it changed by the same query, and its frames would keep this process busy
  await until('a quiet session', () => stage.ledger.pending.length === 0);
  const crowd = await gather(stage, lasting(stage, 300, 5_000));
  try {
    await stand.nodes[0]!.stop('SIGKILL');
    const before = await snapshotQueries(stage);
    await stand.restart(0);
    const began = Date.now();
    const most = Math.ceil(crowd.length * 0.99);
    await until('99 % of the people', () => crowd.filter((client) => isLive(stage, client)).length >= most, PATIENCE);
    const took = Date.now() - began;
    const asked = (await snapshotQueries(stage)) - before;
    if (asked > 1) throw new Error(`${asked} snapshot queries for ${crowd.length} people who came back in ${took} ms`);
  } finally {
    load.rest(false);
    for (const client of crowd) client.close();
  }
}

async function gather(stage: Stage, size: number): Promise<PlenumClient[]> {
  const { stand, session } = stage;
  const actors = await stand.database.query<{ id: string }>(
    `INSERT INTO actor (event_id, kind, role) SELECT $1, 'guest', 'guest' FROM generate_series(1, $2::int) RETURNING id`,
    [stand.event.id, size],
  );
  const crowd: PlenumClient[] = [];
  for (const { id } of actors) {
    const { token } = await stand.sign(id);
    const client = createClient({ url: stand.nodes[0]!.url, token: () => token });
    client.session(session.id);
    client.connect();
    crowd.push(client);
    if (crowd.length % 50 === 0) await untilAllLive(stage, crowd);
  }
  await untilAllLive(stage, crowd);
  return crowd;
}

const untilAllLive = (stage: Stage, crowd: readonly PlenumClient[]) =>
  until('everybody', () => crowd.every((client) => isLive(stage, client)), 30_000);

function isLive({ session }: Stage, client: PlenumClient): boolean {
  const feed = client.session(session.id);
  const { status } = feed.getSnapshot();
  feed.leave();
  return status === 'live' && client.connection.getSnapshot().status === 'connected';
}

/** How often PostgreSQL was asked for the questions of a session, not for somebody's own. */
async function snapshotQueries({ stand }: Stage): Promise<number> {
  await stand.database.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  const [row] = await stand.database.query<{ calls: number }>(
    `SELECT coalesce(sum(calls), 0)::int AS calls FROM pg_stat_statements
       WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND query LIKE '%FROM question q JOIN actor author%' AND query LIKE '%q.score_version > $2%'`,
  );
  return row?.calls ?? 0;
}
