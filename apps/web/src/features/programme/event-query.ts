import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { Event, EventSummary } from '#libs/contract/programme';
import { withoutTurns } from '#libs/contract/direction';
import { api } from '../../platform/api.js';

export const eventsQuery = queryOptions({
  queryKey: ['events'],
  queryFn: ({ signal }) => api<EventSummary[]>('/api/events', { signal }).then(withoutTurns),
});

/** A whole event; refetched every half minute, so that live and on-air states are current. */
export const eventQuery = (slug: string) =>
  queryOptions({
    queryKey: ['event', slug],
    queryFn: ({ signal }) => api<Event>(`/api/events/${encodeURIComponent(slug)}`, { signal }).then(withoutTurns),
    refetchInterval: 30_000,
  });

/** An event with one session of its programme, the session's room and its speakers; refetched like the event. Its key begins with the event's. */
export const sessionQuery = (slug: string, session: string) =>
  queryOptions({
    queryKey: ['event', slug, session],
    queryFn: ({ signal }) =>
      api<Event>(`/api/events/${encodeURIComponent(slug)}/s/${encodeURIComponent(session)}`, { signal }).then(
        withoutTurns,
      ),
    refetchInterval: 30_000,
  });

/** Loads the data of `sessionQuery`. A programme that was read before contains them, so that no request delays the page. */
export function ensureSession(queryClient: QueryClient, slug: string, session: string): Promise<Event> {
  const query = sessionQuery(slug, session);
  const { data: event, dataUpdatedAt: updatedAt = 0 } = queryClient.getQueryState(eventQuery(slug).queryKey) ?? {};
  const known = queryClient.getQueryState(query.queryKey)?.dataUpdatedAt ?? 0;
  const part = event && updatedAt > known ? partOf(event, session) : null;
  if (part) queryClient.setQueryData(query.queryKey, part, { updatedAt });
  return queryClient.ensureQueryData(query);
}

/** One session of a programme, found as the server finds it; null when it is not in it. */
function partOf(event: Event, slug: string): Event | null {
  const session = event.sessions.find((one) => one.slug === slug);
  if (!session) return null;
  return {
    ...event,
    sessions: [session],
    rooms: event.rooms.filter(({ id }) => id === session.roomId),
    speakers: event.speakers.filter(({ id }) => session.speakerIds.includes(id)),
  };
}
