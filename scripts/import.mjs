// Imports a schedule.json into an event of a running hub and says what it did, for people:
//   npm run import -- schedule.json --event my-event [--dry-run] [--partial] [--allow-cancel] [--create] [--url http://127.0.0.1:3000]
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { eventOfSchedule } from './event-of-schedule.mjs';
import { Explained } from './explained.mjs';
import { isRunning, readJson } from './processes.mjs';
import { readSettings } from './settings.mjs';

const USAGE = `Usage: npm run import -- <schedule.json> --event <slug> [options]
  --dry-run   says what an import would do, and does nothing
  --partial   imports what can be used of a file with unusable parts
  --allow-cancel   cancels also more than a fifth of the sessions, when they are not in the file any more
  --create    creates the event first: title, days, time zone and languages are those of the file
  --url       the address of the hub (default: the one that runs from PLENUM_DATA, else PUBLIC_URL, else http://127.0.0.1:3000)
Signs in with PLENUM_TOKEN, else with ORGANISER_LOGIN and ORGANISER_PASSWORD, else as the demo's organiser.`;
/** A whole programme is written in one transaction; a large one takes a while. */
const TIMEOUT = 120_000;

async function main() {
  const { file, event, url, ...options } = readArguments();
  const settings = readSettings(resolve(import.meta.dirname, '..'));
  const address = (url ?? addressOf(settings)).replace(/\/$/, '');
  const schedule = readSchedule(file);
  const hub = await signIn(address, settings);
  const isPreview = options.create && options['dry-run'] && !(await exists(hub, event));
  if (isPreview) return console.log(describeEvent(draftOf(event, schedule)));
  if (options.create) await createEvent(hub, event, schedule);
  const query = new URLSearchParams({
    partial: String(options.partial),
    dryRun: String(options['dry-run']),
    allowCancel: String(options['allow-cancel']),
  });
  const report = await call(hub, 'PUT', `/api/events/${event}/schedule?${query}`, schedule).catch(explain(event));
  console.log(describe(report, { isDryRun: options['dry-run'] }));
  if (!report.applied && !options['dry-run']) process.exitCode = 1;
}

function readArguments() {
  const flag = { type: 'boolean', default: false };
  const text = { type: 'string' };
  const { values, positionals } = parseOrExplain({
    allowPositionals: true,
    options: { event: text, url: text, 'dry-run': flag, partial: flag, 'allow-cancel': flag, create: flag, help: flag },
  });
  const [file] = positionals;
  if (values.help || !file || !values.event || positionals.length > 1) throw new Explained(USAGE);
  return { file, ...values };
}

function parseOrExplain(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new Explained(`${error.message}\n\n${USAGE}`);
  }
}

function readSchedule(file) {
  try {
    // npm runs scripts in the project's folder; people name files from where they are
    return JSON.parse(readFileSync(resolve(process.env.INIT_CWD ?? '.', file), 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Explained(
      `${file}: ${error.code === 'ENOENT' ? 'there is no such file' : `is not JSON (${error.message})`}.`,
    );
  }
}

/** Where the hub is: what runs from the data folder knows it, whatever port it got. */
function addressOf({ PLENUM_DATA, PUBLIC_URL, PORT, HOST }) {
  const running = readJson(join(PLENUM_DATA, 'running/start.json'));
  if (running?.url && isRunning(running.pid, running.mark)) return running.url;
  return PUBLIC_URL ?? `http://${HOST && HOST !== '0.0.0.0' ? HOST : '127.0.0.1'}:${PORT ?? 3000}`;
}

async function signIn(address, { PLENUM_TOKEN, ORGANISER_LOGIN, ORGANISER_PASSWORD }) {
  const hub = { address, token: PLENUM_TOKEN };
  if (PLENUM_TOKEN) return hub;
  if (ORGANISER_LOGIN && ORGANISER_PASSWORD) return signInAsOrganiser(hub, ORGANISER_LOGIN, ORGANISER_PASSWORD);
  const { demo } = await call(hub, 'GET', '/api/hub');
  if (!demo)
    throw new Explained(
      'Nobody to sign in as: this hub is no demo. Set ORGANISER_LOGIN and ORGANISER_PASSWORD (in .env or before the command), or PLENUM_TOKEN.',
    );
  return { ...hub, token: (await call(hub, 'POST', '/api/auth/demo', { role: 'organiser' })).token };
}

async function signInAsOrganiser(hub, login, password) {
  const again = 'then run this again with the new one: in .env, or as ORGANISER_PASSWORD=… before the command';
  const { token, actor } = await call(hub, 'POST', '/api/auth/password', { login, password }).catch((error) => {
    if (error.code !== 'auth.bad_credentials') throw error;
    throw new Explained(
      `The hub at ${hub.address} does not know ${login} with the password in ORGANISER_PASSWORD. The first one is replaced at the first sign-in: if you chose another one at ${hub.address}/sign-in, ${again}.`,
    );
  });
  if (!actor.mustChangePassword) return { ...hub, token };
  throw new Explained(
    `The first password of ${login} must be replaced before it can do anything:\n  1. open ${hub.address}/sign-in and sign in with ${login} and the password in ORGANISER_PASSWORD;\n  2. choose a password of your own there (12 characters or more);\n  3. ${again}.`,
  );
}

function draftOf(slug, schedule) {
  const draft = eventOfSchedule(slug, schedule);
  if (!draft)
    throw new Explained(
      'The file does not say on which days the event is: schedule.conference has no start and no end.',
    );
  return draft;
}

async function exists(hub, slug) {
  const found = await call(hub, 'GET', `/api/events/${slug}`).catch((error) => error);
  return found.code !== 'not_found';
}

/** Creates the event as its file describes it; one that is there already is left as it is. */
async function createEvent(hub, slug, schedule) {
  const draft = draftOf(slug, schedule);
  try {
    await call(hub, 'POST', '/api/events', draft);
    console.log(`Created the event ${slug}: ${describeEvent(draft)}\nIt is at ${hub.address}/${slug}`);
  } catch (error) {
    if (error.code !== 'slug.taken') throw error;
  }
}

function describeEvent({ title, timeZone, languages, start, end }) {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'long' });
  return `${title}, ${format.format(new Date(start))} to ${format.format(new Date(end))} (${timeZone}), in ${languages.join(', ')}.`;
}

/** What people can do about a refusal. */
const explain = (event) => (error) => {
  if (error.code === 'not_found')
    throw new Explained(
      `There is no event ${event} yet, or you may not see it. Add --create to create it from the file.`,
    );
  if (error.code !== 'schedule.cancels') throw error;
  const lines = (error.cancels ?? []).map(
    ({ title, start }) => `  ${start.slice(0, 16).replace('T', ' ')} UTC  ${title}`,
  );
  throw new Explained(
    [
      ...lines,
      error.message,
      'Nothing was changed. Is it the right file and the right event? If so, add --allow-cancel.',
    ].join('\n'),
  );
};

async function call({ address, token }, method, path, body) {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const request = { method, headers, body: body && JSON.stringify(body), signal: AbortSignal.timeout(TIMEOUT) };
  const response = await fetch(address + path, request).catch((error) => {
    throw new Explained(
      `The hub at ${address} does not answer (${error.cause?.code ?? error.message}). Is it running?`,
    );
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const { code = response.status, message = '', field, cancels } = answer.error ?? {};
  throw Object.assign(new Explained(`The hub refused: ${message} (${[code, field].filter(Boolean).join(', ')}).`), {
    code,
    cancels,
  });
}

/** The report in words. */
function describe({ applied, created, changed, moved, cancelled, unchanged, problems }, { isDryRun }) {
  const counts = Object.entries({ created, changed, moved, cancelled }).map(
    ([what, guids]) => `${guids.length} ${what}`,
  );
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const lines = problems.map(
    ({ severity, at, message }) => `  ${severity === 'error' ? 'ERROR  ' : 'warning'} ${at}: ${message}`,
  );
  const outcome = applied
    ? 'Imported.'
    : isDryRun
      ? 'Nothing was changed: this was a dry run.'
      : `Nothing was changed: ${errors} ${errors === 1 ? 'part' : 'parts'} of the file cannot be used. Correct this, or import the rest with --partial.`;
  return [...lines, `Sessions: ${[...counts, `${unchanged} unchanged`].join(', ')}.`, outcome].join('\n');
}

main().catch((error) => {
  console.error(error.isExplained ? error.message : error);
  process.exitCode = 1;
});
