import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { ServerReplicas } from '../../apps/api/src/feed/replica/server-replicas.js';
import { type TestHub } from '../support/hub/hub.js';
import { until } from '../support/until.js';

interface Crowd {
  readonly people: number;
  readonly sessions: number;
  /** Connected at the same time. */
  readonly atOnce: number;
  /** Sessions that each joins. */
  readonly stays: number;
}

interface Place {
  readonly sessionId: string;
  readonly pollId: string;
  readonly optionId: string;
}

interface Programme {
  readonly slug: string;
  readonly places: readonly Place[];
}

/** Caches that keep their entries, with their bounds; all other maps are empty without people. */
const CACHES: Readonly<Record<string, number>> = {
  'joins.sessions': 1_000,
  'votes.grounds': 10_000,
  'polls.known': 1_000,
  'polls.scopes': 10_000,
  'renderings.kept': 2_000,
  'renderings.languages': 500,
};

/** Everything that the node keeps, by map, from its metrics. */
export async function entriesOf({ url }: Pick<TestHub, 'url'>): Promise<Record<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = [...text.matchAll(/^plenum_kept_entries\{map="([^"]+)"\} (\d+)$/gm)];
  return Object.fromEntries(lines.map(([, map = '', count]) => [map, Number(count)]));
}

/** The same once the node counts itself among those that have viewers, which it does every two seconds. */
export const entriesWhenReady = (hub: Pick<TestHub, 'url'>) =>
  until('the node counts viewers', async () => {
    const entries = await entriesOf(hub);
    return entries['viewers.nodes'] === 1 && entries;
  });

/** Maps that have more entries than at first, or than their bound where they are caches. */
export function grown(first: Readonly<Record<string, number>>, now: Readonly<Record<string, number>>) {
  const mayBe = (map: string) => Math.max(first[map] ?? 0, CACHES[map] ?? 0);
  return Object.fromEntries(Object.entries(now).filter(([map, count]) => count > mayBe(map)));
}

/** Many sessions of one event, and a poll in each. */
export async function makeSessions({ make }: TestHub, count: number): Promise<Programme> {
  const event = await make.event();
  const places: Place[] = [];
  for (let n = 0; n < count; n++) {
    const { id: sessionId } = await make.session({ event_id: event.id });
    const { id: pollId, optionIds } = await make.poll({ session_id: sessionId, state: 'open', opened_at: new Date() });
    places.push({ sessionId, pollId, optionId: String(optionIds[0]) });
  }
  return { slug: String(event.slug), places };
}

/** Guests who sign in, join some sessions one after the other and leave; a fixed number of them at a time. */
export async function passThrough(hub: TestHub, { people, atOnce, stays }: Crowd, into: Programme) {
  for (let from = 0; from < people; from += atOnce) {
    const batch = Array.from({ length: Math.min(atOnce, people - from) }, (_, n) => from + n);
    await Promise.all(batch.map((n) => visit(hub, into, n, stays)));
  }
}

async function visit({ url }: TestHub, { slug, places }: Programme, n: number, stays: number) {
  const response = await fetch(`${url}/api/auth/guest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ event: slug, name: `Guest ${n}` }),
  });
  const { token } = (await response.json()) as { token: string };
  const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, auth: { token } });
  try {
    for (let stay = 0; stay < stays; stay++)
      await takePart(socket, places[(n * stays + stay) % places.length]!, n + stay);
    await fetch(`${url}/api/sessions/${places[n % places.length]!.sessionId}/state`);
  } finally {
    socket.disconnect();
  }
}

/** Joins, votes and asks now and then, and leaves, or only goes with the connection. */
async function takePart(socket: Socket, { sessionId, pollId, optionId }: Place, n: number) {
  const send = async (message: string, payload: object) => {
    const reply = (await socket.timeout(20_000).emitWithAck(message, payload)) as { ok: boolean };
    if (!reply.ok) throw new Error(`${message}: ${JSON.stringify(reply)}`);
  };
  await send('session:join', { sessionId });
  if (n % 4 === 0) await send('poll:answer', { pollId, choices: [optionId] });
  if (n % 10 === 0)
    await send('question:ask', { id: randomUUID(), sessionId, text: `What about ${n}?`, anonymous: false });
  if (n % 3 > 0) await send('session:leave', { sessionId });
}

/** Waits until nothing is kept of the people who have left; sessions without viewers are dropped now instead of in five minutes. */
export async function untilNoneHasGrown(
  hub: TestHub,
  first: Readonly<Record<string, number>>,
  patience: number,
): Promise<void> {
  const mirrors = hub.app.get(ServerReplicas);
  let left: Record<string, number> = {};
  const isEmpty = async () => {
    mirrors.dropIdle(() => false, Infinity);
    left = grown(first, await entriesOf(hub));
    return Object.keys(left).length === 0;
  };
  await until('every map back where it was', isEmpty, patience).catch(() => {
    throw new Error(`still kept: ${JSON.stringify(left)}`);
  });
}
