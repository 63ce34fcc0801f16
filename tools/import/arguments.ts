import { parseArgs } from 'node:util';
import { ExplainedError, messageOf } from '../command/explained-error.js';

const USAGE = `Usage: npm run import -- <schedule.json> --event <slug> [options]
  --dry-run   says what an import would do, and does nothing
  --partial   imports what can be used of a file with unusable parts
  --allow-cancel   cancels also more than a fifth of the sessions, when they are not in the file any more
  --create    creates the event first: title, days, time zone and languages are those of the file
  --url       the address of the hub (default: the one that runs from PLENUM_DATA, else PUBLIC_URL, else http://127.0.0.1:3000)
Signs in with PLENUM_TOKEN, else with ORGANISER_LOGIN and ORGANISER_PASSWORD, else as the demo's organiser.`;

export interface ImportArguments {
  readonly file: string;
  readonly event: string;
  readonly url?: string;
  readonly dryRun: boolean;
  readonly partial: boolean;
  readonly allowCancel: boolean;
  readonly create: boolean;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const OPTIONS = {
  event: text,
  url: text,
  'dry-run': flag,
  partial: flag,
  'allow-cancel': flag,
  create: flag,
  help: flag,
} as const;

export function readArguments(args: string[]): ImportArguments {
  const { values, positionals } = parseOrExplain(args);
  const [file] = positionals;
  const { event, url, partial, create } = values;
  if (values.help || !file || !event || positionals.length > 1) throw new ExplainedError(USAGE);
  return { file, event, url, partial, create, dryRun: values['dry-run'], allowCancel: values['allow-cancel'] };
}

function parseOrExplain(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new ExplainedError(`${messageOf(error)}\n\n${USAGE}`);
  }
}
