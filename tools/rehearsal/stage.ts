import pg from 'pg';
import { loadConfig } from '../../apps/api/src/config/config.js';
import { type Settings } from '../command/command-context.js';
import { codeOf, ExplainedError, messageOf } from '../command/explained-error.js';
import { findDatabase, makeTokens } from '../tokens/rehearsal-tokens.js';
import { type RehearsalArguments } from './arguments.js';
import { findSession, readState, type VotingPlace } from './hub-calls.js';
import { makeRehearsalEvent, type RehearsalEvent } from './rehearsal-event.js';
import { say } from './say.js';
import { number } from './words.js';

/** People, a session and questions. */
export interface Stage extends VotingPlace {
  readonly tokens: readonly string[];
  /** Null for a hub elsewhere. */
  readonly pool: pg.Pool | null;
  readonly close: () => Promise<void>;
}

export interface StageOptions extends RehearsalArguments {
  readonly url: string;
  /** Tokens for a hub elsewhere; null where they are made here. */
  readonly given: readonly string[] | null;
}

export async function setStage(options: StageOptions, settings: Settings): Promise<Stage> {
  const { given, session } = options;
  if (!given) return setOwnStage(options, settings);
  const place = await findSession({ ...options, session: session ?? '', token: given[0] ?? '' });
  return { tokens: given, ...place, pool: null, close: () => Promise.resolve() };
}

async function setOwnStage(options: StageOptions, settings: Settings): Promise<Stage> {
  const databaseUrl = findDatabase(settings);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  pool.on('error', () => undefined); // the query that needs the connection reports it
  let own: RehearsalEvent | null = null;
  const close = async () => {
    await own?.remove().catch(explainLeftover);
    await pool.end();
  };
  try {
    say(`Inviting ${number(options.people)} synthetic people …`);
    own = options.session ? null : await makeRehearsalEvent(pool, options.event, options.minutes);
    return { ...(await invite(options, own, { ...settings, DATABASE_URL: databaseUrl })), pool, close };
  } catch (error) {
    await close();
    throw codeOf(error) === 'ECONNREFUSED'
      ? new ExplainedError('The database does not answer (ECONNREFUSED). Is the hub running?')
      : error;
  }
}

async function invite(
  { url, event, session = '', people }: StageOptions,
  own: RehearsalEvent | null,
  settings: Settings & { readonly DATABASE_URL: string },
): Promise<VotingPlace & { readonly tokens: readonly string[] }> {
  const tokens = await makeTokens({
    databaseUrl: settings.DATABASE_URL,
    config: loadConfig(settings),
    event: own?.event ?? event,
    role: 'attendee',
    count: people,
  });
  const token = tokens[0] ?? '';
  const { sessionId, questionIds } = own ?? (await findSession({ url, token, event, session }));
  await readState({ url, token, sessionId }); // the hub takes these tokens and knows the session
  return { sessionId, questionIds, tokens };
}

function explainLeftover(error: unknown): void {
  say(`The rehearsal's event could not be removed (${messageOf(error)}); the next rehearsal does it.`);
}
