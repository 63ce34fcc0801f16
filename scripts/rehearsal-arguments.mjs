import { parseArgs } from 'node:util';
import { Explained } from './explained.mjs';

export const USAGE = `Usage: npm run rehearse -- --event <slug> --people <n> --votes <a second> --minutes <m> [options]
Lets a synthetic audience into a hub, lets it vote, and says what the hub carried and what would give way first.
  --url      the address of the hub (default: the running npm start, else PUBLIC_URL)
  --session  slug or id of a session to vote in (default: a private rehearsal session of its own, removed afterwards)
  --tokens   a file of tokens, or - for standard input, for a hub elsewhere; needs --session.
             Made there with: npm run --silent tokens -- --event <slug> --count <n>
  --really   when the hub is not on this machine, or runs in production`;

const text = { type: 'string' };
const flag = { type: 'boolean', default: false };
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
};
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** What the command line asks for; null when it asks for help. Explains what is missing or out of bounds. */
export function readRehearsal(args) {
  try {
    const { values } = parseArgs({ args, options: OPTIONS });
    return values.help ? null : check(values);
  } catch (error) {
    throw new WrongArguments(`${error.message}\n\n${USAGE}`);
  }
}

/** What was asked for cannot be done like that: another exit code than a rehearsal that went wrong. */
export class WrongArguments extends Explained {
  exitCode = 2;
}

/** Whether only this machine can be meant. */
export const isLoopback = (url) => LOOPBACK.test(new URL(url).hostname);

/** A load on somebody else's hub is an attack: another machine takes a word. */
export function refuseStrangers(url, isMeant) {
  if (isLoopback(url) || isMeant) return;
  throw new WrongArguments(
    `${url} is not this machine. A rehearsal is a flood of connections and votes: only against your own hub, and with the word of whoever runs its network. If it is, add --really.`,
  );
}

function check({ event, people, votes, minutes, url, session, tokens, really }) {
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

function within(name, given, least, most) {
  const number = Number(given);
  if (given === undefined) throw new Error(`${name} is missing.`);
  if (!(number >= least && number <= most)) throw new Error(`${name} is ${least} to ${most.toLocaleString('en')}.`);
  return number;
}

function whole(name, given, least, most) {
  const number = within(name, given, least, most);
  if (!Number.isInteger(number)) throw new Error(`${name} is a whole number.`);
  return number;
}

/** Only the origin counts. `localhost` may be two addresses, of which the audience needs the one with many neighbours. */
export function address(given) {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new Error('--url begins with http:// or https://. For example: --url http://127.0.0.1:3000');
  if (url.hostname === 'localhost') url.hostname = '127.0.0.1';
  return url.origin;
}
