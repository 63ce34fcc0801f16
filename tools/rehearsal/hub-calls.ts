import { causeOf, ExplainedError } from '../command/explained-error.js';

const UUID = /^[0-9a-f-]{36}$/i;

/** What a rehearsal reads of a session's state. */
export interface SessionState {
  readonly questions: readonly { readonly id: string; readonly state: string; readonly score: number }[];
}

export interface VotingPlace {
  readonly sessionId: string;
  readonly questionIds: readonly string[];
}

interface SessionCall {
  readonly url: string;
  readonly token: string;
}

/** Loading a hub that is not ready says nothing about it. */
export async function requireReady(url: string): Promise<void> {
  const response = await fetch(`${url}/api/health/ready`, { signal: AbortSignal.timeout(5_000) }).catch((error) => {
    throw new ExplainedError(`No hub answers at ${url} (${causeOf(error)}). Is it running? Another address: --url`);
  });
  if (!response.ok)
    throw new ExplainedError(`The hub at ${url} is not ready (${response.status}): ${await response.text()}`);
}

/** The session asked for, by slug or id, with the questions that can be voted for. */
export async function findSession({
  url,
  token,
  event,
  session,
}: SessionCall & { readonly event: string; readonly session: string }): Promise<VotingPlace> {
  const sessionId = UUID.test(session) ? session : await idOf({ url, token, event, session });
  const { questions } = await readState({ url, token, sessionId });
  const votable = questions.filter(({ state }) => state === 'approved' || state === 'live');
  if (votable.length === 0)
    throw new ExplainedError('This session has no question that can be voted for. Ask and approve some first.');
  return { sessionId, questionIds: votable.map(({ id }) => id) };
}

async function idOf({ url, token, event, session }: SessionCall & { event: string; session: string }): Promise<string> {
  interface Programme {
    readonly sessions: readonly { readonly id: string; readonly slug: string }[];
  }
  const { sessions } = await read<Programme>(url, `/api/events/${encodeURIComponent(event)}`, token);
  const found = sessions.find(({ slug }) => slug === session);
  if (!found) throw new ExplainedError(`The event "${event}" has no session "${session}".`);
  return found.id;
}

/** The session as its audience sees it. Refused tokens and limits are explained: one person looks first, before the audience comes. */
export const readState = ({ url, token, sessionId }: SessionCall & { readonly sessionId: string }) =>
  read<SessionState>(url, `/api/sessions/${sessionId}/state`, token);

const EXPLAINED: Record<number, string> = {
  401: 'The hub refuses the tokens: they were signed with other SIGNING_KEYS (or another PLENUM_DATA), or are too old. Make them with the settings of that hub.',
  404: 'The hub does not know this event or session. Is it the hub of this database (--url)?',
};

export const LIMITS_HINT =
  'The whole audience comes from one machine, and the hub limits what one address may do. Start the hub with ADDRESS_LIMIT_FACTOR=20 (a hall behind one address needs that anyway); LIMIT_FACTOR raises also what one person may do; LIMITS=off lifts all of it, for a hub that nobody else can reach.';

async function read<Body>(url: string, path: string, token: string): Promise<Body> {
  const response = await fetch(url + path, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(10_000),
  }).catch((error) => {
    throw new ExplainedError(`${url} does not answer (${causeOf(error)}).`);
  });
  if (response.ok) return response.json() as Promise<Body>;
  throw new ExplainedError(
    response.status === 429 ? LIMITS_HINT : (EXPLAINED[response.status] ?? `${path} answers ${response.status}.`),
  );
}
