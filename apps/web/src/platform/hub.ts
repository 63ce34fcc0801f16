import { queryOptions, useQuery } from '@tanstack/react-query';
import type { HubInfo } from '#libs/contract/auth';
import { api } from './api.js';

const hubQuery = queryOptions({
  queryKey: ['hub'],
  queryFn: ({ signal }) => api<HubInfo>('/api/hub', { signal }),
  staleTime: 60_000,
  refetchInterval: ({ state }) => (state.data?.streams === 'preparing' ? 3000 : false),
});

/** The properties of this hub: whether it is a demo, and whether its streams are ready. */
export function useHub(): HubInfo | undefined {
  return useQuery(hubQuery).data;
}
