import { setTimeout as pause } from 'node:timers/promises';
import { Audience } from '../../dist/libs/load-generator/audience.js';
import { mergeReports } from '../../dist/libs/load-generator/merge-reports.js';
import { checkVotes } from '#tools/reports/vote-check';
import { checkBallots } from './check-ballots.mjs';
import { between, scrapeAll } from './counters.mjs';

/** The hub's counters of its ticks, and of clients that do not read. */
const COUNTED = ['tick_busy_seconds', 'frame_recipients', 'frame_bytes', 'frames_skipped', 'slow_closes'];
/** People who only watch read once in this many ms, see Crowd. */
const SELDOM = 1_000;

/**
 * One storm of votes over running nodes; CPU is counted while it lasts, of everything that serves. With `voters`, only this many of
 * the people vote, and the others read seldom: the generator then needs less of the cores that it shares with the hub. With `polls`,
 * ballots for this many polls are cast in place of votes. With `slow`, this many people, who do not vote, stop reading when the storm begins: the report
 * is about the others, not about the acks of those who do not read.
 */
export async function storm(stage, { urls, people, slow = 0, voters = people - slow, votes, seconds, ...more }) {
  const { questions = 50, observers = 20, seed = 1, tokens = await stage.people(people) } = more;
  const { sessionId, questionIds } = await stage.session(questions);
  const polls = more.polls && (await stage.polls(sessionId, more.polls));
  const audience = Audience.start({ people: voters, url: urls[0] });
  const watching = voters < people ? Audience.start({ people: people - voters, url: urls[0] }) : null;
  const everybody = watching ? [audience, watching] : [audience];
  const own = { urls, sessionId, questionIds, polls, observers };
  try {
    const joined =
      (await audience.gather({ ...own, tokens: tokens.slice(0, voters) })) +
      ((await watching?.gather({
        ...own,
        observers: 0,
        tokens: tokens.slice(voters, people),
        readEvery: slow > 0 ? undefined : SELDOM,
      })) ?? 0);
    await pause(1_500); // the number of viewers has been told
    await Promise.all(everybody.map((each) => each.reset()));
    const told = await scrapeAll(urls);
    if (slow > 0) await watching.stall(slow);
    const before = stage.cpu();
    const beside = more.beside?.({ url: urls[0], sessionId, questionIds });
    await audience.vote({ perSecond: votes, seconds, seed });
    const flood = beside?.stop();
    const cpu = difference(stage.cpu(), before);
    const hub = between(told, await scrapeAll(urls), COUNTED);
    if (slow > 0) await watching.recover();
    const reportsOfAll = await Promise.all(everybody.map((each) => each.reports()));
    const { generator, counted, frames } = mergeReports(reportsOfAll.flat());
    const isSettled = await audience.settle(20_000);
    const reports = await audience.reports();
    const truth = polls
      ? await checkBallots(stage.pool, { tokens, polls, reports })
      : await checkVotes(stage.pool, { tokens, questionIds, reports });
    const all = mergeReports(reports);
    const total = cpu.postgres + cpu.redis + cpu.nodes;
    return {
      people: joined,
      votes,
      seconds,
      ...(slow > 0 && { slow }),
      ...all,
      frames,
      generator,
      isSettled,
      ...(flood && { flood }),
      truth,
      acknowledgedPerSecond: Math.round(counted / seconds),
      hub,
      bytesPerTick: hub && Math.round(hub.frame_bytes / Math.max(1, hub.frame_recipients)),
      cpu: { ...cpu, total },
      microsPerVotePerson: (total * 1e6) / (all.sent * people),
      microsPerFrame: (cpu.nodes * 1e6) / Math.max(1, frames),
    };
  } finally {
    await Promise.all(everybody.map((each) => each.dismiss()));
  }
}

const difference = (after, before) =>
  Object.fromEntries(Object.keys(after).map((name) => [name, Math.round((after[name] - before[name]) * 100) / 100]));
