import { useQuery } from '@tanstack/react-query';
import type { Snapshot } from '#libs/contract/feed';
import { api } from '../../app/api.js';

/** One wall a hall: it may ask often, and is answered from memory. */
const POLL_MS = 500;

/**
 * What the audience sees of a session, twice a second. Always the audience's own snapshot, whoever is signed in here: what is hidden
 * from them can never reach the wall.
 */
export function useWall(sessionId: string | undefined) {
  return useQuery({
    queryKey: ['wall', sessionId],
    queryFn: ({ signal }) => api<Snapshot>(`/api/sessions/${sessionId}/state`, { signal, isFresh: true }),
    enabled: sessionId !== undefined,
    refetchInterval: POLL_MS,
    refetchIntervalInBackground: true,
    retry: false,
    gcTime: 0,
  });
}
