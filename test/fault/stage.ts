import { newId } from '#libs/client/new-id';
import { seededRandom } from '../support/load/seeded-random.js';
import { testClients, type TestClient } from '../support/clients/test-clients.js';
import { openPoll } from '../support/clients/polls.js';
import { until } from '../support/until.js';
import { keyOf, Ledger } from './ledger.js';
import { type Load, startLoad } from './load.js';
import { type FaultCluster } from './fault-cluster.js';

/** The amount of work: all of it, or what fits into `npm test`. */
export type Form = 'short' | 'long';

/** A person who writes during the fault, and what their page saw. */
export interface Witness {
  readonly person: TestClient;
  /** Their node, until they leave. */
  readonly node: number;
  /** Each version that their replica had. */
  readonly versions: number[];
  /** How often their connection broke. */
  breaks(): number;
}

export type Stage = Awaited<ReturnType<typeof setStage>>;

const QUESTIONS = 6;

/** A separate session with people at every node, who vote, answer and ask. */
export async function setStage(
  cluster: FaultCluster,
  { seed, form, pace = 90 }: { seed: number; form: Form; pace?: number },
) {
  const session = await cluster.make.session({ event_id: cluster.event.id });
  const crowd = testClients(cluster, session);
  const ledger = new Ledger();
  const moderator = await crowd.join({ role: 'moderator', url: cluster.lines.at(-1)!.clients.url });
  const size = form === 'short' ? 12 : 24;
  const witnesses = await Promise.all(
    Array.from({ length: size }, async (_, place): Promise<Witness> => {
      const node = place % cluster.nodes.length;
      return watch(await crowd.join({ url: cluster.lines[node]!.clients.url }), node);
    }),
  );
  const persons = witnesses.map(({ person }) => person);
  const questionIds = await Promise.all(
    persons.slice(0, QUESTIONS).map(async ({ id, feed }) => {
      const question = await feed.ask({ id: newId(), text: `What about ${newId()}?` });
      ledger.note(keyOf('vote', id, question.id), 'yes');
      return question.id;
    }),
  );
  const poll = await openPoll(moderator, session.id);
  const load: Load = startLoad({ persons, questionIds, poll, ledger, seed, pace });
  await until('a load', () => ledger.count('acknowledged') > size * 4);
  const stage = {
    cluster,
    session,
    crowd,
    moderator,
    witnesses,
    persons,
    questionIds,
    poll,
    ledger,
    load,
    form,
    seed,
    luck: seededRandom(seed),
    /** Those at one node. */
    at: (node: number) => witnesses.filter((witness) => witness.node === node),
    /** Waits until each of these has finished one more write than now. */
    goOn: (some: readonly Witness[], deadline?: number) => goOn(load, some, deadline),
  };
  return stage;
}

function watch(person: TestClient, node: number): Witness {
  const versions = [person.feed.getSnapshot().version];
  let broken = 0;
  person.feed.subscribe(() => {
    const { version } = person.feed.getSnapshot();
    if (version !== versions.at(-1)) versions.push(version);
  });
  let wasConnected = true;
  person.client.connection.subscribe(() => {
    const isConnected = person.client.connection.getSnapshot().status === 'connected';
    if (wasConnected && !isConnected) broken++;
    wasConnected = isConnected;
  });
  return { person, node, versions, breaks: () => broken };
}

async function goOn(load: Load, some: readonly Witness[], deadline = 15_000) {
  const before = some.map(({ person }) => load.turnsOf(person));
  await until(
    'one more write of each',
    () => some.every(({ person }, place) => load.turnsOf(person) > before[place]!),
    deadline,
  );
}
