import { Audience } from '#libs/load-generator/audience';
import { type CrowdReport } from '#libs/load-generator/crowd-report';
import { mergeReports } from '#libs/load-generator/merge-reports';
import { checkVotes, readVotes } from '../reports/vote-check.js';
import { LIMITS_HINT, readState } from './hub-calls.js';
import { watchHub } from './hub-watch.js';
import { type Interruption } from './interruption.js';
import { processesFor } from './open-files.js';
import { gatherLine, showProgress, voteLine } from './progress.js';
import { type RehearsalResult, type Truth } from './rehearsal-result.js';
import { say } from './say.js';
import { type Stage } from './stage.js';
import { checkTotals } from './total-check.js';
import { number } from './words.js';

const OBSERVERS = 20;
/** With fewer people inside, their votes would only blur the report. */
const ENOUGH = 0.95;

interface VoteOptions {
  readonly people: number;
  readonly perSecond: number;
  readonly minutes: number;
  readonly url: string;
  readonly stage: Stage;
  readonly stopped: Interruption;
  readonly metricsToken?: string;
}

/** Lets the audience in, lets it vote, and compares what it was told with what the hub has. */
export async function vote(options: VoteOptions): Promise<RehearsalResult> {
  const { people, url, stage } = options;
  const compare = await startComparison(stage, url);
  const audience = Audience.start({ people, url, processes: processesFor(people) });
  try {
    return await measure(audience, options, compare);
  } finally {
    await audience.dismiss();
  }
}

type Compare = (reports: readonly CrowdReport[]) => Promise<Truth>;

async function measure(audience: Audience, options: VoteOptions, compare: Compare): Promise<RehearsalResult> {
  const { people, perSecond, url, stopped, metricsToken } = options;
  const gathering = performance.now();
  const joined = await gather(audience, options);
  const gatheredIn = (performance.now() - gathering) / 1_000;
  const hub = await watchHub(url, metricsToken);
  const took = await voteWhenFull(audience, options, joined);
  const { generator } = mergeReports(await audience.reports()); // while voting: waiting for the last answers would dilute it
  const watched = await hub.report();
  if (took > 0) say('Waiting for the last answers …');
  const isSettled = took === 0 || (await audience.settle(20_000));
  const reports = await audience.reports();
  return {
    people,
    joined,
    gatheredIn,
    perSecond,
    seconds: took,
    isSettled,
    isInterrupted: stopped.isInterrupted,
    hub: watched,
    report: { ...mergeReports(reports), generator },
    truth: await compare(reports),
  };
}

async function gather(audience: Audience, { people, url, stage, stopped }: VoteOptions): Promise<number> {
  const { sessionId, questionIds, tokens } = stage;
  const done = showProgress(gatherLine(audience, people, performance.now()));
  const within = 60_000 + people * 5;
  const options = { urls: [url], sessionId, questionIds, tokens, observers: Math.min(OBSERVERS, people), within };
  const gathered = audience.gather(options);
  gathered.catch(() => undefined); // after an interruption nothing waits for it
  const warning = setTimeout(() => void warnOfLimits(audience), 5_000);
  const interrupted = stopped.signal.then(async () => (await audience.state()).joined);
  const joined = await Promise.race([gathered, interrupted]);
  clearTimeout(warning);
  done();
  say(`${number(joined)} of ${number(people)} people are in.`);
  return joined;
}

/** People who wait to be let in want to know why. */
async function warnOfLimits(audience: Audience): Promise<void> {
  const losses = (await audience.reports().catch(() => [])).map((report) => report.losses);
  if (losses.some((each) => each['rate.limited'])) say(`\nThe hub refuses people (rate.limited). ${LIMITS_HINT}\n`);
}

/** Returns for how many seconds the audience voted: 0 when too few people are in. */
async function voteWhenFull(audience: Audience, options: VoteOptions, joined: number): Promise<number> {
  const { people, perSecond, minutes, stopped } = options;
  const isFull = joined >= people * ENOUGH;
  if (!isFull && !stopped.isInterrupted) say('Too few people are in: nobody votes.');
  if (!isFull || stopped.isInterrupted) return 0;
  await audience.reset();
  const startedAt = performance.now();
  const done = showProgress(voteLine(audience, startedAt));
  await Promise.race([audience.vote({ perSecond, seconds: minutes * 60 }), stopped.signal]);
  await audience.stop();
  done();
  return (performance.now() - startedAt) / 1_000;
}

/** Notes what is there before anyone votes; the function that it returns compares it with what is there afterwards. */
async function startComparison({ pool, questionIds, sessionId, tokens }: Stage, url: string): Promise<Compare> {
  if (pool) {
    const before = await readVotes(pool, questionIds);
    return (reports) => checkVotes(pool, { tokens, questionIds, reports, before });
  }
  const read = () => readState({ url, sessionId, token: tokens[0] ?? '' });
  const before = await read();
  return async (reports) => checkTotals({ before, after: await read(), questionIds, reports });
}
