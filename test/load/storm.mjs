import { setTimeout as pause } from 'node:timers/promises';
import { Audience } from '../../dist/libs/audience/audience.js';
import { mergeReports } from '../../dist/libs/audience/merge-reports.js';
import { checkVotes } from '../../scripts/check-votes.mjs';

/** One storm of votes over running nodes; CPU is counted while it lasts, of everything that serves. */
export async function storm(stage, { urls, people, votes, seconds, questions = 50, observers = 20, seed = 1 }) {
  const tokens = await stage.people(people);
  const { sessionId, questionIds } = await stage.session(questions);
  const audience = Audience.start({ people, url: urls[0] });
  try {
    const joined = await audience.gather({ urls, sessionId, questionIds, tokens, observers });
    await pause(1_500); // the number of viewers has been told
    await audience.reset();
    const before = stage.cpu();
    await audience.vote({ perSecond: votes, seconds, seed });
    const cpu = difference(stage.cpu(), before);
    const { generator, counted } = mergeReports(await audience.reports());
    const isSettled = await audience.settle(20_000);
    const reports = await audience.reports();
    const truth = await checkVotes(stage.pool, { tokens, questionIds, reports });
    const all = mergeReports(reports);
    const total = cpu.postgres + cpu.redis + cpu.nodes;
    return {
      people: joined,
      votes,
      seconds,
      ...all,
      generator,
      isSettled,
      truth,
      acknowledgedPerSecond: Math.round(counted / seconds),
      cpu: { ...cpu, total },
      microsPerVotePerson: (total * 1e6) / (all.sent * people),
    };
  } finally {
    await audience.dismiss();
  }
}

const difference = (after, before) =>
  Object.fromEntries(Object.keys(after).map((name) => [name, Math.round((after[name] - before[name]) * 100) / 100]));
