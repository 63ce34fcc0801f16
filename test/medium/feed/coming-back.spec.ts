import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { type SessionJoined } from '#libs/contract/feed';
import { ActorsRepository } from '../../../apps/api/src/identity/actors/actors.repository.js';
import { FeedService } from '../../../apps/api/src/feed/feed.service.js';
import { JoiningService } from '../../../apps/api/src/feed/join/joining.service.js';
import { ServerReplicas } from '../../../apps/api/src/feed/replica/server-replicas.js';
import { Snapshots } from '../../../apps/api/src/feed/join/snapshots.js';
import { type HubNode, startHub, type TestHub } from '../../support/hub/hub.js';
import { lines } from '../../support/clients/raw-connection.js';

const PEOPLE = 300;

let hub: TestHub;
const open = lines();
beforeAll(async () => (hub = await startHub({ nodes: 2, env: { LIMITS: 'on' } })), 60_000);
afterEach(() => {
  open.close();
  jest.restoreAllMocks();
});
afterAll(() => hub?.close(), 30_000);

/** All connect and join one session of a node at the same moment; returns the response of each. */
async function comeTo(url: string, tokens: readonly string[], payload: object): Promise<SessionJoined[]> {
  const all = await Promise.all(tokens.map(() => open.line(url)));
  all.forEach((line, n) => line.write(`40${JSON.stringify({ token: tokens[n] })}`));
  await Promise.all(all.map((line) => line.until(/^40\{"sid"/)));
  for (const line of all) line.write(`420${JSON.stringify(['session:join', payload])}`);
  const answers = await Promise.all(all.map((line) => line.until(/^430/)));
  return answers.map((answer) => (JSON.parse(answer.slice(3)) as [{ data: SessionJoined }])[0].data);
}

/** What a node does from now on: its queries of actors and of their own items, snapshots from the database and encoded ones. */
function watch({ app }: HubNode) {
  const lookups = jest.spyOn(app.get(ActorsRepository), 'findByTokens');
  const owns = jest.spyOn(app.get(FeedService), 'own');
  const loads = jest.spyOn(app.get(FeedService), 'load');
  const snapshots = app.get(Snapshots).counters;
  const { rendered, shared } = snapshots;
  return {
    lookups,
    owns,
    loads,
    snapshots: () => ({ rendered: snapshots.rendered - rendered, shared: snapshots.shared - shared }),
  };
}

it('brings a crowd back to another node with one load, one snapshot and a few queries for all (FEED-16, FEED-1)', async () => {
  const session = await hub.make.session({ version: 1 });
  const questions = await Promise.all(
    Array.from({ length: 20 }, () => hub.make.question({ session_id: session.id, state: 'approved', version: 1 })),
  );
  const actors: string[] = [];
  for (let n = 0; n < PEOPLE; n++) actors.push((await hub.make.actor({ event_id: session.event_id })).id);
  const tokens = await Promise.all(actors.map(async (id) => (await hub.sign(id)).token));
  await hub.database.query(
    'INSERT INTO question_vote (question_id, actor_id) SELECT $1, id FROM unnest($2::uuid[]) AS id',
    [questions[0]!.id, actors.slice(0, 100)],
  );
  const before = await comeTo(hub.nodes[0]!.url, tokens, { sessionId: session.id });
  const seen = watch(hub.nodes[1]!);
  open.close();
  const after = await comeTo(hub.nodes[1]!.url, tokens, { sessionId: session.id });

  expect(after).toHaveLength(PEOPLE);
  for (const [n, { snapshot, version, me }] of after.entries()) {
    expect(snapshot?.questions).toHaveLength(20);
    expect(version).toBe(before[n]!.version);
    expect(me).toEqual(before[n]!.me);
    expect(me.votes.includes(String(questions[0]!.id))).toBe(n < 100);
  }
  expect(hub.nodes[1]!.app.get(ServerReplicas).counters.loads).toBe(1);
  expect(seen.loads).toHaveBeenCalledTimes(1);
  const { rendered, shared } = seen.snapshots();
  expect(rendered + shared).toBe(PEOPLE);
  expect(rendered).toBeLessThanOrEqual(3); // once for the crowd, once more for each time the viewers were counted meanwhile
  for (const batched of [seen.lookups, seen.owns]) expect(batched.mock.calls.length).toBeLessThan(PEOPLE / 5);
  const askedFor = seen.owns.mock.calls.flatMap(([, , ids]) => [...ids]);
  expect(askedFor.sort()).toEqual([...actors].sort());
}, 60_000);

it('answers who come back with what they missed, and looks once whether there is more (FEED-16, FEED-1)', async () => {
  const session = await hub.make.session({ version: 5 });
  const actor = await hub.make.actor({ event_id: session.event_id });
  const { token } = await hub.sign(actor.id);
  const [first] = await comeTo(hub.url, [token], { sessionId: session.id });
  const another = async () => (await hub.sign((await hub.make.actor({ event_id: session.event_id })).id)).token;
  const tokens = await Promise.all(Array.from({ length: 40 }, another));
  const { resyncs, snapshots } = hub.app.get(JoiningService).counters;
  await hub.database.query('UPDATE session SET version = version + 3 WHERE id = $1', [session.id]);
  const seen = watch(hub.nodes[0]!);
  const back = await comeTo(hub.url, tokens, { sessionId: session.id, since: first!.version + 3 });
  expect(back.every(({ frames, version }) => frames?.length === 1 && version === first!.version + 3)).toBe(true);
  expect(seen.loads.mock.calls.length).toBeLessThanOrEqual(1);
  const counters = hub.app.get(JoiningService).counters;
  expect(counters).toEqual({ resyncs: resyncs + 40, snapshots });
}, 30_000);
