// Imports a schedule.json into an event of a running hub and says what it did, for people:
//   npm run import -- schedule.json --event my-event [--dry-run] [--partial] [--create] [--url http://127.0.0.1:3000]
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Explained } from './explained.mjs';
import { readSettings } from './settings.mjs';

const USAGE = `Usage: npm run import -- <schedule.json> --event <slug> [options]
  --dry-run   says what an import would do, and does nothing
  --partial   imports what can be used of a file with unusable parts
  --create    creates the event first, from what the file says of it
  --url       the address of the hub (default: PUBLIC_URL, else http://127.0.0.1:3000)
Signs in with PLENUM_TOKEN, else with ORGANISER_LOGIN and ORGANISER_PASSWORD, else as the demo's organiser.`;
/** A whole programme is written in one transaction; a large one takes a while. */
const TIMEOUT = 120_000;

async function main() {
  const { file, event, url, ...options } = readArguments();
  const settings = readSettings(resolve(import.meta.dirname, '..'));
  const address = (url ?? settings.PUBLIC_URL ?? `http://127.0.0.1:${settings.PORT ?? 3000}`).replace(/\/$/, '');
  const schedule = readSchedule(file);
  const hub = await signIn(address, settings, event);
  if (options.create) await createEvent(hub, event, schedule);
  const query = new URLSearchParams({ partial: String(options.partial), dryRun: String(options['dry-run']) });
  const report = await call(hub, 'PUT', `/api/events/${event}/schedule?${query}`, schedule);
  console.log(describe(report, { isDryRun: options['dry-run'] }));
  if (!report.applied && !options['dry-run']) process.exitCode = 1;
}

function readArguments() {
  const flag = { type: 'boolean', default: false };
  const text = { type: 'string' };
  const { values, positionals } = parseOrExplain({
    allowPositionals: true,
    options: { event: text, url: text, 'dry-run': flag, partial: flag, create: flag, help: flag },
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
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Explained(
      `${file}: ${error.code === 'ENOENT' ? 'there is no such file' : `is not JSON (${error.message})`}.`,
    );
  }
}

async function signIn(address, { PLENUM_TOKEN, ORGANISER_LOGIN, ORGANISER_PASSWORD }, event) {
  const hub = { address, token: PLENUM_TOKEN };
  if (PLENUM_TOKEN) return hub;
  if (ORGANISER_LOGIN && ORGANISER_PASSWORD) {
    const credentials = { login: ORGANISER_LOGIN, password: ORGANISER_PASSWORD };
    return { ...hub, token: (await call(hub, 'POST', '/api/auth/password', credentials)).token };
  }
  const { demo } = await call(hub, 'GET', '/api/hub');
  if (!demo || !event)
    throw new Explained('Nobody to sign in as: set PLENUM_TOKEN, or ORGANISER_LOGIN and ORGANISER_PASSWORD.');
  return { ...hub, token: (await call(hub, 'POST', '/api/auth/demo', { event, role: 'organiser' })).token };
}

/** Creates the event with the days of its file; one that is there already is left as it is. */
async function createEvent(hub, slug, { schedule }) {
  const { title = slug, start, end, time_zone_name: timeZone = 'UTC' } = schedule?.conference ?? {};
  const [first, last] = [start, end].map((day) => String(day).slice(0, 10));
  const event = { slug, title, timeZone, languages: ['en'], start: `${first}T00:00:00Z`, end: `${last}T23:59:59Z` };
  try {
    await call(hub, 'POST', '/api/events', event);
    console.log(`Created the event ${slug}.`);
  } catch (error) {
    if (error.code !== 'slug.taken') throw error;
  }
}

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
  const { code = response.status, message = '', field } = answer.error ?? {};
  throw Object.assign(new Explained(`The hub refused: ${message} (${[code, field].filter(Boolean).join(', ')}).`), {
    code,
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
