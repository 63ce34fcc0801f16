// Prints signed tokens of different people of an event, one a line, for rehearsals and load tests:
//   npm run --silent tokens -- --event my-event --role attendee --count 1000 > people.txt
import { parseArgs } from 'node:util';
import { loadConfig } from '../../apps/api/src/config/config.js';
import { type CommandContext } from '../command/command-context.js';
import { ExplainedError, messageOf } from '../command/explained-error.js';
import { findDatabase, makeTokens, refuseInProduction } from './rehearsal-tokens.js';

const ROLES = ['attendee', 'interpreter', 'speaker', 'moderator', 'organiser'];
const MOST = 200_000;
const USAGE = `Usage: npm run --silent tokens -- --event <slug> [--role attendee] [--count 100] [--really]
Signs in people made for rehearsals ("Rehearsal 1", "Rehearsal 2", …): the same numbers are the same people every time, a larger
--count adds people. Reads DATABASE_URL and SIGNING_KEYS, else the data of the running \`npm start\` (PLENUM_DATA).`;

const text = { type: 'string' } as const;
const OPTIONS = {
  event: text,
  role: { ...text, default: 'attendee' },
  count: { ...text, default: '100' },
  really: { type: 'boolean', default: false },
} as const;

export async function main({ args, readSettings }: CommandContext): Promise<void> {
  const { event, role, count, really } = readArguments(args);
  const settings = readSettings();
  refuseInProduction(settings, really, 'npm run --silent tokens -- --really …');
  const databaseUrl = findDatabase(settings);
  const config = loadConfig({ ...settings, DATABASE_URL: databaseUrl });
  const tokens = await makeTokens({ databaseUrl, config, event, role, count });
  process.stdout.write(`${tokens.join('\n')}\n`);
}

function readArguments(args: string[]) {
  try {
    const { event, role, count, really } = parseArgs({ args, options: OPTIONS }).values;
    const number = Number(count);
    if (!event) throw new Error('--event is missing.');
    if (!ROLES.includes(role)) throw new Error(`--role is one of ${ROLES.join(', ')}.`);
    if (!Number.isInteger(number) || number < 1 || number > MOST) throw new Error(`--count is 1 to ${MOST}.`);
    return { event, role, count: number, really };
  } catch (error) {
    throw new ExplainedError(`${messageOf(error)}\n\n${USAGE}`);
  }
}
