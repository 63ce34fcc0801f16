import { randomUUID } from 'node:crypto';
import { type Poll } from '#libs/contract/poll';
import { type RequestInput } from '#libs/contract/socket';
import { type ActorContext } from '../../../apps/api/src/identity/actors/actor.js';
import { type TestHub } from '../hub/hub.js';
import { type TestClient } from './test-clients.js';

type Draft = Partial<RequestInput<'poll:create'>>;

/** A poll as a moderator creates it, over the wire; by default a single choice of three with live results. */
export async function createPoll(moderator: TestClient, sessionId: string, draft: Draft = {}): Promise<Poll> {
  const { poll } = await moderator.client.request('poll:create', {
    id: randomUUID(),
    sessionId,
    question: 'Which one first?',
    type: 'single',
    options: ['One', 'Two', 'Three'],
    results: 'live',
    changeable: true,
    ...draft,
  });
  return poll;
}

export async function openPoll(moderator: TestClient, sessionId: string, draft: Draft = {}): Promise<Poll> {
  const { id } = await createPoll(moderator, sessionId, draft);
  return (await moderator.client.request('poll:open', { pollId: id })).poll;
}

/** Many people of an event at once, as a connection would know them. */
export async function makeActors(hub: TestHub, eventId: unknown, count: number): Promise<ActorContext[]> {
  const rows = await hub.database.query<{ id: string }>(
    `INSERT INTO actor (event_id, kind, role) SELECT $1, 'guest', 'guest' FROM generate_series(1, $2::int) RETURNING id`,
    [eventId, count],
  );
  const expiresAt = new Date(Date.now() + 3_600_000);
  return rows.map(({ id }) => ({
    id,
    kind: 'guest',
    name: null,
    eventId: String(eventId),
    role: 'guest',
    grants: [],
    mutedIn: [],
    mustChangePassword: false,
    token: { id: randomUUID(), expiresAt },
  }));
}
