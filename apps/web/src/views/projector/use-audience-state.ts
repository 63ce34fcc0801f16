import { useQuery } from '@tanstack/react-query';
import type { Snapshot } from '#libs/contract/feed';
import { api } from '../../platform/api.js';
import { pollEvery } from '../../platform/read-again.js';

/** One projector in a venue: it may poll often, and is served from memory. */
const POLL_MS = 500;

/**
 * The audience's state of a session, twice a second. Always the audience's own snapshot, regardless of the sign-in: content hidden from
 * the audience can never reach the projector.
 */
export function useAudienceState(sessionId: string | undefined) {
  return useQuery({
    queryKey: ['projector', sessionId],
    queryFn: ({ signal }) => api<Snapshot>(`/api/sessions/${sessionId}/state`, { signal, isFresh: true }),
    enabled: sessionId !== undefined,
    refetchInterval: pollEvery(POLL_MS),
    refetchIntervalInBackground: true,
    retry: false,
    gcTime: 0,
  });
}
