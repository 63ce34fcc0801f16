// Drives a synthetic audience against a hub, the day before, and tells organisers what it carried and what would give way first:
//   npm run rehearse -- --event my-event --people 2000 --votes 100 --minutes 5
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { ensureBuilt } from './build.mjs';
import { checkVotes, readVotes } from './check-votes.mjs';
import { Explained } from './explained.mjs';
import { readJson } from './processes.mjs';
import { address, readRehearsal, refuseStrangers, USAGE, WrongArguments } from './rehearsal-arguments.mjs';
import { gatherLine, number, tellProgress, voteLine } from './rehearsal-progress.mjs';
import { describeRehearsal } from './rehearsal-report.mjs';
import { findSession, LIMITS_HINT, makeSession, readState, requireReady } from './rehearsal-stage.mjs';
import { checkTotals } from './rehearsal-totals.mjs';
import { watchHub } from './rehearsal-watch.mjs';
import { readSettings } from './settings.mjs';
import { findDatabase, makeTokens, refuseInProduction } from './tokens.mjs';

const ROOT = resolve(import.meta.dirname, '..');
/** A process of the audience takes so many; fewer where it may not have as many files open. */
const PEOPLE_PER_PROCESS = 9_000;
const SPARE_FILES = 500;
const OBSERVERS = 20;
/** Votes of people who stand outside would only blur the report. */
const ENOUGH = 0.95;
/** What a person may do in a second unless LIMIT_FACTOR raises it: 100 votes in ten. */
const VOTES_OF_ONE = 10;

const say = (text) => console.error(text);
const built = (path) => import(pathToFileURL(join(ROOT, 'dist', path)).href);

async function main() {
  const asked = readRehearsal(process.argv.slice(2));
  if (!asked) return console.log(USAGE);
  const settings = readSettings(ROOT);
  const url = asked.url ?? addressOf(settings);
  refuseStrangers(url, asked.really);
  if (!asked.tokens) refuse(() => refuseInProduction(settings, asked.really, 'npm run rehearse -- --really …'));
  const given = asked.tokens ? readTokens(asked) : null;
  await requireReady(url);
  if (asked.perSecond > asked.people * VOTES_OF_ONE)
    say(
      `${number(asked.people)} people cannot vote ${number(asked.perSecond)} times a second: the hub lets one person vote ${VOTES_OF_ONE} times a second, unless LIMIT_FACTOR says more. What it refuses is sent again later.`,
    );
  await ensureBuilt(ROOT, say);
  const stopped = untilInterrupted();
  const stage = await setStage({ ...asked, url, given }, settings);
  try {
    const result = await rehearse({ ...asked, url, stage, stopped, metricsToken: settings.METRICS_TOKEN });
    const { text, isPassed } = describeRehearsal(result);
    console.log(text);
    if (asked.session)
      console.log('The votes of the rehearsal people stay in this session; without --session nothing would.');
    process.exitCode = isPassed ? 0 : 1;
  } finally {
    await stage.close();
  }
}

/** The hub that runs from the data folder, wherever it listens, else where its settings say. */
function addressOf({ PLENUM_DATA, PUBLIC_URL, PORT = 3000 }) {
  const running = readJson(join(PLENUM_DATA, 'running/start.json'));
  return address(running?.url ?? PUBLIC_URL ?? `http://127.0.0.1:${PORT}`);
}

function refuse(check) {
  try {
    check();
  } catch (error) {
    throw error.isExplained ? new WrongArguments(error.message) : error;
  }
}

function readTokens({ tokens, people }) {
  let lines;
  try {
    lines = readFileSync(tokens === '-' ? 0 : tokens, 'utf8')
      .split('\n')
      .filter(Boolean);
  } catch (error) {
    throw new WrongArguments(`--tokens: ${tokens} cannot be read (${error.code}).`);
  }
  if (lines.length < people)
    throw new WrongArguments(`--tokens: ${number(people)} people need as many tokens, and there are ${lines.length}.`);
  return lines.slice(0, people);
}

/** People, a session and questions; `pool` is null for a hub elsewhere. */
async function setStage({ event, people, minutes, session, url, given }, settings) {
  if (given)
    return { tokens: given, ...(await findSession({ url, token: given[0], event, session })), pool: null, close() {} };
  const databaseUrl = findDatabase(settings);
  const { loadConfig } = await built('apps/api/src/config/config.js');
  const config = loadConfig({ ...settings, DATABASE_URL: databaseUrl });
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  pool.on('error', () => undefined); // told by the query that needs it
  let own = null;
  const close = async () => {
    await own?.remove().catch((error) => say(`The rehearsal's event could not be removed (${error.message}); the next rehearsal does it.`)); // prettier-ignore
    await pool.end();
  };
  try {
    say(`Inviting ${number(people)} synthetic people …`);
    own = session ? null : await makeSession(pool, event, minutes);
    const at = own?.event ?? event;
    const tokens = await makeTokens({ databaseUrl, config, event: at, role: 'attendee', count: people });
    const place = own ?? (await findSession({ url, token: tokens[0], event, session }));
    await readState({ url, token: tokens[0], sessionId: place.sessionId }); // the hub takes these tokens and knows the session
    return { ...place, tokens, pool, close };
  } catch (error) {
    await close();
    throw error.code === 'ECONNREFUSED'
      ? new Explained(`The database does not answer (${error.code}). Is the hub running?`)
      : error;
  }
}

async function rehearse({ people, perSecond, minutes, url, stage, stopped, metricsToken }) {
  const { Audience } = await built('libs/load-generator/audience.js');
  const { mergeReports } = await built('libs/load-generator/merge-reports.js');
  const before = await look(stage, url);
  const audience = Audience.start({ people, url, processes: processesFor(people) });
  try {
    const gathering = performance.now();
    const joined = await gather(audience, { people, url, stage, stopped });
    const gatheredIn = (performance.now() - gathering) / 1_000;
    const hub = await watchHub(url, metricsToken);
    const isFull = joined >= people * ENOUGH;
    if (!isFull && !stopped.isInterrupted) say('Too few people are in: nobody votes.');
    const took =
      !isFull || stopped.isInterrupted ? 0 : await vote(audience, { perSecond, seconds: minutes * 60, stopped });
    const { generator } = mergeReports(await audience.reports()); // while voting: waiting for the last answers would dilute it
    const watched = await hub.report();
    if (took > 0) say('Waiting for the last answers …');
    const isSettled = took === 0 || (await audience.settle(20_000));
    const reports = await audience.reports();
    const { isInterrupted } = stopped;
    return {
      people,
      joined,
      gatheredIn,
      perSecond,
      seconds: took,
      isSettled,
      isInterrupted,
      hub: watched,
      report: { ...mergeReports(reports), generator },
      truth: await compare(stage, url, before, reports),
    };
  } finally {
    await audience.dismiss();
  }
}

async function gather(audience, { people, url, stage: { sessionId, questionIds, tokens }, stopped }) {
  const done = tellProgress(gatherLine(audience, people, performance.now()));
  const within = 60_000 + people * 5;
  const options = { urls: [url], sessionId, questionIds, tokens, observers: Math.min(OBSERVERS, people), within };
  const gathered = audience.gather(options);
  gathered.catch(() => undefined); // nobody waits for it after an interruption
  const warning = setTimeout(() => void warnOfLimits(audience), 5_000);
  const joined = await Promise.race([gathered, stopped.then(async () => (await audience.state()).joined)]);
  clearTimeout(warning);
  done();
  say(`${number(joined)} of ${number(people)} people are in.`);
  return joined;
}

/** Whoever waits at the door wants to know why. */
async function warnOfLimits(audience) {
  const losses = (await audience.reports().catch(() => [])).map((report) => report.losses);
  if (losses.some((each) => each['rate.limited'])) say(`\nThe hub refuses people (rate.limited). ${LIMITS_HINT}\n`);
}

/** Answers how many seconds it voted. */
async function vote(audience, { perSecond, seconds, stopped }) {
  await audience.reset();
  const startedAt = performance.now();
  const done = tellProgress(voteLine(audience, startedAt));
  await Promise.race([audience.vote({ perSecond, seconds }), stopped]);
  await audience.stop();
  done();
  return (performance.now() - startedAt) / 1_000;
}

const look = ({ pool, questionIds, sessionId, tokens }, url) =>
  pool ? readVotes(pool, questionIds) : readState({ url, sessionId, token: tokens[0] });

async function compare({ pool, questionIds, sessionId, tokens }, url, before, reports) {
  if (pool) return checkVotes(pool, { tokens, questionIds, reports, before });
  const after = await readState({ url, sessionId, token: tokens[0] });
  return checkTotals({ before, after, questionIds, reports });
}

/** Each connection is an open file, and a process may have only so many. */
function processesFor(people) {
  const allowed = openFiles() - SPARE_FILES;
  if (allowed < 100)
    throw new Explained(
      'This shell lets a process open too few files for an audience. Raise it first: ulimit -n 20000',
    );
  return Math.ceil(people / Math.min(PEOPLE_PER_PROCESS, allowed));
}

/** Node raises the limit to the hard one when it starts. Where it cannot be read, the audience finds out. */
function openFiles() {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    return Number(/^Max open files +(\d+)/m.exec(limits)?.[1] ?? Infinity);
  } catch {
    return Infinity;
  }
}

/** The first Ctrl-C ends the voting and comes to the report; one more, a moment later, ends everything. */
function untilInterrupted() {
  let stop;
  const stopped = new Promise((done) => (stop = done));
  let at = 0;
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => {
      const now = performance.now();
      if (at && now - at > 1_000) process.exit(130); // npm passes on what the terminal has sent already
      if (at) return;
      at = now;
      stopped.isInterrupted = true;
      say('\nStopping; the report comes in a moment …');
      stop();
    });
  return stopped;
}

main().catch((error) => {
  console.error(error.isExplained ? error.message : error);
  process.exitCode = error.exitCode ?? 1;
});
