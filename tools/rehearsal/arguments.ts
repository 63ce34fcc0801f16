import { parseArgs } from 'node:util';
import { ExplainedError, messageOf } from '../command/explained-error.js';

export const USAGE = `Usage: npm run rehearse -- --event <slug> --people <n> --votes <a second> --minutes <m> [options]
Lets a synthetic audience into a hub, lets it vote, and says what the hub carried and what would give way first.
  --url      the address of the hub (default: the running npm start, else PUBLIC_URL)
  --session  slug or id of a session to vote in (default: a private rehearsal session of its own, removed afterwards)
  --tokens   a file of tokens, or - for standard input, for a hub elsewhere; needs --session.
             Made there with: npm run --silent tokens -- --event <slug> --count <n>
  --really   when the hub is not on this machine, or runs in production`;

/** What the command line asks for. */
export interface RehearsalArguments {
  readonly event: string;
  readonly people: number;
  readonly perSecond: number;
  readonly minutes: number;
  readonly url?: string;
  readonly session?: string;
  /** A file, or `-` for standard input. */
  readonly tokens?: string;
  readonly really: boolean;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const OPTIONS = {
  event: text,
  people: text,
  votes: text,
  minutes: text,
  url: text,
  session: text,
  tokens: text,
  really: flag,
  help: { ...flag, short: 'h' },
} as const;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Returns null when the command line asks for help. Explains what is missing or out of bounds. */
export function readRehearsal(args: string[]): RehearsalArguments | null {
  try {
    const { values } = parseArgs({ args, options: OPTIONS });
    return values.help ? null : check(values);
  } catch (error) {
    throw new WrongArguments(`${messageOf(error)}\n\n${USAGE}`);
  }
}

/** The command cannot be run like that: another exit code than a rehearsal that failed. */
export class WrongArguments extends ExplainedError {
  constructor(message: string) {
    super(message, 2);
  }
}

/** Whether an address can only mean this machine. */
const isLoopback = (url: string) => LOOPBACK.test(new URL(url).hostname);

/** A load on another person's hub is an attack: another machine takes an option. */
export function refuseStrangers(url: string, isMeant: boolean): void {
  if (isLoopback(url) || isMeant) return;
  throw new WrongArguments(
    `${url} is not this machine. A rehearsal is a flood of connections and votes: only against your own hub, and with the permission of those who run its network. If it is, add --really.`,
  );
}

interface Given {
  readonly event?: string;
  readonly people?: string;
  readonly votes?: string;
  readonly minutes?: string;
  readonly url?: string;
  readonly session?: string;
  readonly tokens?: string;
  readonly really: boolean;
}

function check({ event, people, votes, minutes, url, session, tokens, really }: Given): RehearsalArguments {
  if (!event) throw new Error('--event is missing.');
  if (tokens && !session)
    throw new Error('--tokens needs --session: only beside its database can a rehearsal make a session of its own.');
  return {
    event,
    people: whole('--people', people, 1, 50_000),
    perSecond: within('--votes', votes, 1, 20_000),
    minutes: within('--minutes', minutes, 0.1, 60),
    url: url && address(url),
    session,
    tokens,
    really,
  };
}

function within(name: string, given: string | undefined, least: number, most: number): number {
  const number = Number(given);
  if (given === undefined) throw new Error(`${name} is missing.`);
  if (!(number >= least && number <= most)) throw new Error(`${name} is ${least} to ${most.toLocaleString('en')}.`);
  return number;
}

function whole(name: string, given: string | undefined, least: number, most: number): number {
  const number = within(name, given, least, most);
  if (!Number.isInteger(number)) throw new Error(`${name} is a whole number.`);
  return number;
}

/** Only the origin counts. `localhost` may be two addresses, of which the audience needs the one with many neighbours. */
export function address(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new Error('--url begins with http:// or https://. For example: --url http://127.0.0.1:3000');
  if (url.hostname === 'localhost') url.hostname = '127.0.0.1';
  return url.origin;
}
