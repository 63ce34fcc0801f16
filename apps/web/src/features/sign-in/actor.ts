import { hashKey, type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import type { Me } from '#libs/contract/auth';
import type { Actor } from '#libs/contract/roles';
import { isRoleAtLeast, type Role } from '#libs/domain/roles';
import { api, ApiError } from '../../platform/api.js';
import { drafts } from '../../platform/drafts.js';
import { tabToken } from '../../platform/tab-token.js';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => whoIsHere(signal),
  staleTime: 5 * 60_000,
});

/** A refused token of this tab is dropped: without it the page continues with the cookie, or as a viewer. */
async function whoIsHere(signal: AbortSignal): Promise<Actor | null> {
  const ask = async () => (await api<Me>('/api/me', { signal })).actor;
  try {
    return await ask();
  } catch (error) {
    if (tabToken.get() === null || !(error instanceof ApiError) || error.status !== 401) throw error;
    tabToken.set(null);
    return ask();
  }
}

/** The signed-in actor who may act in this event; null when there is none, undefined while it is being requested. */
export function useActor(eventId?: string): Actor | null | undefined {
  const { data, isError } = useQuery(meQuery);
  if (isError) return null;
  return data && belongsTo(data, eventId) ? data : data && null;
}

/** Guests and demo people belong to one event; an account of the hub (`eventId` null) acts in every one. */
export function belongsTo(actor: Actor, eventId?: string): boolean {
  return eventId === undefined || actor.eventId === null || actor.eventId === eventId;
}

/** Whether an actor has at least this role in a session. The server decides; this only hides links that would be refused. */
export function hasRole(actor: Actor | null | undefined, role: Role, sessionId?: string): boolean {
  if (!actor) return false;
  const narrower = actor.sessions.filter((grant) => grant.sessionId === sessionId).map((grant) => grant.role);
  return [actor.role, ...narrower].some((held) => isRoleAtLeast(held, role));
}

/** Stores who has just signed in. */
export function becomeActor(queryClient: QueryClient, actor: Actor | null): void {
  queryClient.setQueryData(meQuery.queryKey, actor);
}

export async function signOut(queryClient: QueryClient): Promise<void> {
  await api('/api/auth/sign-out', { method: 'POST' });
  tabToken.set(null);
  drafts.clear();
  becomeActor(queryClient, null);
}

/** Calls back with the id of the known actor, null when nobody is signed in: now and on every change. */
export function followActor(queryClient: QueryClient, tell: (actorId: string | null) => void): void {
  const look = () => {
    const actor = queryClient.getQueryData(meQuery.queryKey);
    if (actor !== undefined) tell(actor?.id ?? null);
  };
  queryClient.getQueryCache().subscribe(({ query }) => {
    if (query.queryHash === hashKey(meQuery.queryKey)) look();
  });
}
