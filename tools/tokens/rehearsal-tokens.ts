import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Config } from '../../apps/api/src/config/config.js';
import { loadSigningKeys } from '../../apps/api/src/identity/tokens/signing-keys.js';
import { TokenService } from '../../apps/api/src/identity/tokens/token.service.js';
import { type Settings } from '../command/command-context.js';
import { causeOf, ExplainedError } from '../command/explained-error.js';

interface PeopleOptions {
  readonly event: string;
  readonly role: string;
  readonly count: number;
}

interface TokenOptions extends PeopleOptions {
  readonly databaseUrl: string;
  readonly config: Pick<Config, 'SIGNING_KEYS' | 'PLENUM_DATA' | 'TOKEN_HOURS'>;
}

/** Tokens of rehearsal people 1 to `count` of an event; makes those who are not there yet. */
export async function makeTokens({ databaseUrl, config, ...people }: TokenOptions): Promise<string[]> {
  const tokens = new TokenService(await loadSigningKeys(config), config);
  const ids = await addPeople(databaseUrl, people);
  return Promise.all(ids.map(async (id) => (await tokens.sign(id)).token));
}

/** The database of the settings, else of the hub that runs from the data folder. */
export function findDatabase({ DATABASE_URL, PLENUM_DATA }: Settings): string {
  if (DATABASE_URL) return DATABASE_URL;
  const own = join(PLENUM_DATA, 'postgres');
  const moved = join(own, 'moved-to');
  const folder = existsSync(moved) ? readFileSync(moved, 'utf8').trim() : own;
  try {
    const password = readFileSync(join(PLENUM_DATA, 'postgres.password'), 'utf8').trim();
    const port = readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[3];
    return `postgres://plenum:${password}@127.0.0.1:${Number(port)}/plenum`;
  } catch {
    throw new ExplainedError(`No hub runs from ${PLENUM_DATA}: start it first (npm start), or set DATABASE_URL.`);
  }
}

/** Synthetic people do not belong into a real event by mistake: in production it takes a setting and an option. */
export function refuseInProduction({ NODE_ENV, REHEARSAL }: Settings, isMeant: boolean, command: string): void {
  if (NODE_ENV !== 'production' || (REHEARSAL === 'on' && isMeant)) return;
  throw new ExplainedError(
    `This hub runs in production, where synthetic people could vote in a real programme. If that is meant, say it twice:\nREHEARSAL=on ${command}`,
  );
}

async function addPeople(databaseUrl: string, { event, role, count }: PeopleOptions): Promise<string[]> {
  const client = new pg.Client(databaseUrl);
  await client.connect().catch((error: unknown) => {
    throw new ExplainedError(`The database does not answer (${causeOf(error)}). Is the hub running?`);
  });
  try {
    const { rows } = await client.query<{ id: string }>('SELECT id FROM event WHERE slug = $1', [event]);
    const eventId = rows[0]?.id;
    if (!eventId) throw new ExplainedError(`There is no event "${event}".`);
    const ids = Array.from({ length: count }, (_, index) => personId(eventId, role, index + 1));
    const names = ids.map((_, index) => `Rehearsal ${index + 1}`);
    await client.query(
      `INSERT INTO actor (id, event_id, kind, role, name) SELECT id, $1, 'account', $2, name FROM unnest($3::uuid[], $4::text[]) AS people (id, name)
       ON CONFLICT (id) DO NOTHING`,
      [eventId, role, ids, names],
    );
    return ids;
  } finally {
    await client.end();
  }
}

/** The same person every time; a UUID of version 8, which is for what is derived. */
function personId(eventId: string, role: string, number: number): string {
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
