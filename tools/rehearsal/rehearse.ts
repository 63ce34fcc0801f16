// Drives a synthetic audience against a hub, the day before, and tells organisers what it carried and what would give way first:
//   npm run rehearse -- --event my-event --people 2000 --votes 100 --minutes 5
import { readFileSync } from 'node:fs';
import { type CommandContext, type Settings } from '../command/command-context.js';
import { codeOf, ExplainedError } from '../command/explained-error.js';
import { refuseInProduction } from '../tokens/rehearsal-tokens.js';
import {
  address,
  readRehearsal,
  refuseStrangers,
  type RehearsalArguments,
  USAGE,
  WrongArguments,
} from './arguments.js';
import { requireReady } from './hub-calls.js';
import { untilInterrupted } from './interruption.js';
import { describeRehearsal } from './report.js';
import { say } from './say.js';
import { setStage } from './stage.js';
import { vote } from './voting.js';
import { number } from './words.js';

/** What a person may do in a second unless LIMIT_FACTOR raises it: 100 votes in ten. */
const VOTES_OF_ONE = 10;

export async function main({ args, readSettings, findRunningHub }: CommandContext): Promise<number> {
  const asked = readRehearsal(args);
  if (!asked) {
    console.log(USAGE);
    return 0;
  }
  const settings = readSettings();
  const url = asked.url ?? addressOf(settings, findRunningHub);
  refuseStrangers(url, asked.really);
  if (!asked.tokens) refuseProduction(settings, asked.really);
  const given = asked.tokens ? readTokens(asked.tokens, asked.people) : null;
  await requireReady(url);
  warnOfSlowPeople(asked);
  const stopped = untilInterrupted();
  const stage = await setStage({ ...asked, url, given }, settings);
  try {
    const result = await vote({ ...asked, url, stage, stopped, metricsToken: settings.METRICS_TOKEN });
    const { text, isPassed } = describeRehearsal(result);
    console.log(text);
    if (asked.session)
      console.log('The votes of the rehearsal people stay in this session; without --session nothing would.');
    return isPassed ? 0 : 1;
  } finally {
    await stage.close();
  }
}

/** The hub that runs from the data folder, wherever it listens, else where its settings say. */
function addressOf(
  { PLENUM_DATA, PUBLIC_URL, PORT = '3000' }: Settings,
  findRunningHub: CommandContext['findRunningHub'],
) {
  return address(findRunningHub(PLENUM_DATA) ?? PUBLIC_URL ?? `http://127.0.0.1:${PORT}`);
}

function refuseProduction(settings: Settings, isMeant: boolean): void {
  try {
    refuseInProduction(settings, isMeant, 'npm run rehearse -- --really …');
  } catch (error) {
    throw error instanceof ExplainedError ? new WrongArguments(error.message) : error;
  }
}

function readTokens(file: string, people: number): string[] {
  let lines: string[];
  try {
    lines = readFileSync(file === '-' ? 0 : file, 'utf8')
      .split('\n')
      .filter(Boolean);
  } catch (error) {
    throw new WrongArguments(`--tokens: ${file} cannot be read (${codeOf(error)}).`);
  }
  if (lines.length < people)
    throw new WrongArguments(`--tokens: ${number(people)} people need as many tokens, and there are ${lines.length}.`);
  return lines.slice(0, people);
}

function warnOfSlowPeople({ people, perSecond }: RehearsalArguments): void {
  if (perSecond <= people * VOTES_OF_ONE) return;
  say(
    `${number(people)} people cannot vote ${number(perSecond)} times a second: the hub lets one person vote ${VOTES_OF_ONE} times a second, unless LIMIT_FACTOR says more. What it refuses is sent again later.`,
  );
}
