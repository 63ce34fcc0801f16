import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { Event, EventSummary } from '#libs/contract/programme';
import { withoutTurns } from '#libs/contract/direction';
import { api } from '../../platform/api.js';

export const eventsQuery = queryOptions({
  queryKey: ['events'],
  queryFn: ({ signal }) => api<EventSummary[]>('/api/events', { signal }).then(withoutTurns),
});

/** A whole event; asked again every half minute, so that what is live and on air stays true. */
export const eventQuery = (slug: string) =>
  queryOptions({
    queryKey: ['event', slug],
    queryFn: ({ signal }) => api<Event>(`/api/events/${encodeURIComponent(slug)}`, { signal }).then(withoutTurns),
    refetchInterval: 30_000,
  });

/** An event with one session of its programme, the session's room and its speakers; asked again like the event. Its key begins as the event's does. */
export const sessionQuery = (slug: string, session: string) =>
  queryOptions({
    queryKey: ['event', slug, session],
    queryFn: ({ signal }) =>
      api<Event>(`/api/events/${encodeURIComponent(slug)}/s/${encodeURIComponent(session)}`, { signal }).then(
        withoutTurns,
      ),
    refetchInterval: 30_000,
  });

/** Loads what `sessionQuery` is about. A programme that was read before has it already, so that no request stands between the two pages. */
export function ensureSession(queryClient: QueryClient, slug: string, session: string): Promise<Event> {
  const query = sessionQuery(slug, session);
  const { data: event, dataUpdatedAt: updatedAt = 0 } = queryClient.getQueryState(eventQuery(slug).queryKey) ?? {};
  const known = queryClient.getQueryState(query.queryKey)?.dataUpdatedAt ?? 0;
  const part = event && updatedAt > known ? partOf(event, session) : null;
  if (part) queryClient.setQueryData(query.queryKey, part, { updatedAt });
  return queryClient.ensureQueryData(query);
}

/** One session of a programme as the server tells it apart; null when it is not in there. */
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
