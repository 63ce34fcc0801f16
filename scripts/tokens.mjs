// Prints signed tokens of so many different people of an event, one a line, for rehearsals and load tests:
//   npm run --silent tokens -- --event my-event --role attendee --count 1000 > people.txt
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { ensureBuilt } from './build.mjs';
import { Explained } from './explained.mjs';
import { readSettings } from './settings.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const ROLES = ['attendee', 'interpreter', 'speaker', 'moderator', 'organiser'];
const MOST = 200_000;
const USAGE = `Usage: npm run --silent tokens -- --event <slug> [--role attendee] [--count 100] [--really]
Signs in people made for rehearsals ("Rehearsal 1", "Rehearsal 2", …): the same numbers are the same people every time, a larger
--count adds people. Reads DATABASE_URL and SIGNING_KEYS, else the data of the running \`npm start\` (PLENUM_DATA).`;

/** Tokens of rehearsal people 1 to `count` of an event; makes those who are not there yet. */
export async function makeTokens({ databaseUrl, config, event, role, count }) {
  const { loadSigningKeys } = await built('auth/signing-keys.js');
  const { TokenService } = await built('auth/token.service.js');
  const tokens = new TokenService(await loadSigningKeys(config), config);
  const ids = await addPeople(databaseUrl, { event, role, count });
  return Promise.all(ids.map(async (id) => (await tokens.sign(id)).token));
}

/** The database of the settings, else of the hub that runs from the data folder. */
export function findDatabase({ DATABASE_URL, PLENUM_DATA }) {
  if (DATABASE_URL) return DATABASE_URL;
  const own = join(PLENUM_DATA, 'postgres');
  const moved = join(own, 'moved-to');
  const folder = existsSync(moved) ? readFileSync(moved, 'utf8').trim() : own;
  try {
    const password = readFileSync(join(PLENUM_DATA, 'postgres.password'), 'utf8').trim();
    const port = readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[3];
    return `postgres://plenum:${password}@127.0.0.1:${Number(port)}/plenum`;
  } catch {
    throw new Explained(`No hub runs from ${PLENUM_DATA}: start it first (npm start), or set DATABASE_URL.`);
  }
}

/** People with voices do not belong into a real event by mistake: in production it takes a setting and a word. */
export function refuseInProduction(
  { NODE_ENV, REHEARSAL },
  isMeant,
  command = 'npm run --silent tokens -- --really …',
) {
  if (NODE_ENV !== 'production' || (REHEARSAL === 'on' && isMeant)) return;
  throw new Explained(
    `This hub runs in production, where synthetic people could vote in a real programme. If that is meant, say it twice:\nREHEARSAL=on ${command}`,
  );
}

async function addPeople(databaseUrl, { event, role, count }) {
  const client = new pg.Client(databaseUrl);
  await client.connect().catch((error) => {
    throw new Explained(`The database does not answer (${error.code ?? error.message}). Is the hub running?`);
  });
  try {
    const { rows } = await client.query('SELECT id FROM event WHERE slug = $1', [event]);
    if (!rows[0]) throw new Explained(`There is no event "${event}".`);
    const ids = Array.from({ length: count }, (_, index) => personId(rows[0].id, role, index + 1));
    const names = ids.map((_, index) => `Rehearsal ${index + 1}`);
    await client.query(
      `INSERT INTO actor (id, event_id, kind, role, name) SELECT id, $1, 'account', $2, name FROM unnest($3::uuid[], $4::text[]) AS people (id, name)
       ON CONFLICT (id) DO NOTHING`,
      [rows[0].id, role, ids, names],
    );
    return ids;
  } finally {
    await client.end();
  }
}

/** The same person every time; a UUID of version 8, which is for what is derived. */
function personId(eventId, role, number) {
  const hex = createHash('sha256').update(`plenum rehearsal ${eventId} ${role} ${number}`).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}

const built = (path) => import(pathToFileURL(join(ROOT, 'dist/apps/api/src', path)).href);

async function main() {
  const { event, role, count, really } = readArguments();
  const settings = readSettings(ROOT);
  refuseInProduction(settings, really);
  await ensureBuilt(ROOT, (text) => console.error(text));
  const databaseUrl = findDatabase(settings);
  const { loadConfig } = await built('config.js');
  const config = loadConfig({ ...settings, DATABASE_URL: databaseUrl });
  const tokens = await makeTokens({ databaseUrl, config, event, role, count });
  process.stdout.write(`${tokens.join('\n')}\n`);
}

function readArguments() {
  try {
    const text = { type: 'string' };
    const flag = { type: 'boolean', default: false };
    const options = {
      event: text,
      role: { ...text, default: 'attendee' },
      count: { ...text, default: '100' },
      really: flag,
    };
    const { event, role, count, really } = parseArgs({ options }).values;
    const number = Number(count);
    if (!event) throw new Error('--event is missing.');
    if (!ROLES.includes(role)) throw new Error(`--role is one of ${ROLES.join(', ')}.`);
    if (!Number.isInteger(number) || number < 1 || number > MOST) throw new Error(`--count is 1 to ${MOST}.`);
    return { event, role, count: number, really };
  } catch (error) {
    throw new Explained(`${error.message}\n\n${USAGE}`);
  }
}

if (import.meta.filename === process.argv[1])
  main().catch((error) => {
    console.error(error.isExplained ? error.message : error);
    process.exitCode = 1;
  });
