import { setTimeout as pause } from 'node:timers/promises';
import { Audience } from '../../dist/libs/load-generator/audience.js';
import { mergeReports } from '../../dist/libs/load-generator/merge-reports.js';
import { checkVotes } from '#tools/reports/vote-check';
import { countersOf } from './counters.mjs';
import { droppedConnections } from './dropped-connections.mjs';

/** The first delay of libs/client after a loss, at most, in ms: what "jitter" means below. */
const JITTER = 1_000;
const COUNTED = ['mirror_loads', 'snapshots', 'resyncs', 'refused_upgrades'];

/** kill -9 of the node that everybody is on, while votes continue: how long until all have state again from the other one. */
export async function comeBack(stage, { people, votes, seconds, questions = 50 }) {
  const [dying, living] = [await stage.startNode(), await stage.startNode()];
  const tokens = await stage.people(people);
  const { sessionId, questionIds } = await stage.session(questions);
  const audience = Audience.start({ people, url: dying.url });
  try {
    const joined = await audience.gather({ urls: [dying.url], sessionId, questionIds, tokens });
    await pause(1_500);
    await audience.reset();
    await audience.route([living.url]); // a load balancer that knows at once
    const voting = audience.vote({ perSecond: votes, seconds });
    await pause(2_000);
    const dropped = droppedConnections();
    const [cpu, before] = [stage.cpuOf(living), await countersOf([living.url], COUNTED)];
    dying.child.kill('SIGKILL');
    await untilBack(audience, joined);
    const spent = stage.cpuOf(living) - cpu;
    const after = await countersOf([living.url], COUNTED);
    await voting;
    const isSettled = await audience.settle(20_000);
    const reports = await audience.reports();
    const truth = await checkVotes(stage.pool, { tokens, questionIds, reports });
    const { back, losses, generator, sent, counted } = mergeReports(reports);
    const counters = Object.fromEntries(COUNTED.map((name) => [name, after[name] - before[name]]));
    return { people: joined, votes, back, jitter: JITTER, losses, counters, dropped: droppedConnections() - dropped, cpuOfNode: spent, sent, counted, isSettled, truth, generator }; // prettier-ignore
  } finally {
    await audience.dismiss();
  }
}

/** Until everybody has lost the old connection and has a new one. */
async function untilBack(audience, joined) {
  const deadline = Date.now() + 60_000;
  for (let isLost = false; ; await pause(50)) {
    const now = (await audience.state()).joined;
    isLost ||= now < joined;
    if (isLost && now === joined) return;
    if (Date.now() > deadline) throw new Error(`${now} of ${joined} came back within a minute`);
  }
}
