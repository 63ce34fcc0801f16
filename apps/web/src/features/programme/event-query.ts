import { queryOptions } from '@tanstack/react-query';
import type { Event, EventSummary } from '#libs/contract/programme';
import { withoutTurns } from '#libs/contract/direction';
import { api } from '../../app/api.js';

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
