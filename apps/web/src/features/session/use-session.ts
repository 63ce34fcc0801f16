import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { PlenumClient } from '#libs/client/client';
import type { SessionFeed, SessionState } from '#libs/client/session-feed';
import type { Readable } from '#libs/client/store';
import { withoutTurns } from '#libs/contract/direction';
import type { Snapshot } from '#libs/contract/feed';
import type { EventSummary, GuestsMode } from '#libs/contract/programme';
import { api, ApiError } from '../../app/api.js';
import { clientOf } from '../../app/client.js';
import { useStore } from '../../ui/use-store.js';
import { eventQuery } from '../programme/event-query.js';
import { useActor } from '../sign-in/actor.js';
import { guestsModeFor } from '../sign-in/guests-mode.js';
import { useRequireActor } from '../sign-in/require-actor.js';
import { FEED_OPTIONS, NOTHING_YET, SessionWatch } from './session-watch.js';

/** A session as this person sees it now, and how they act in it. */
export interface LiveSession extends Omit<SessionState, 'error'> {
  readonly error?: ApiError | SessionState['error'];
  /** Whether somebody is signed in: without that `me` is empty and the first act asks for it. */
  readonly isSignedIn: boolean;
  /** What guests may do, where this person is one or would become one; else `open`. */
  readonly guests: GuestsMode;
  /** Runs an act on the feed, after sign-in where that is needed; undefined when it was declined. */
  readonly act: <T>(run: (feed: SessionFeed, client: PlenumClient) => Promise<T>) => Promise<T | undefined>;
}

const nobody: Readable<SessionState> = { getSnapshot: () => NOTHING_YET, subscribe: () => () => undefined };
/** How often people without a sign-in ask for the state, each at their own pace; the answer is shared by every cache on the way. */
const POLL_MS = 1600 + Math.random() * 800;

/** Follows a session: through its feed for those who are signed in, over plain HTTP for those who only watch. */
export function useSession(event: EventSummary, sessionId: string): LiveSession {
  const actor = useActor(event.id);
  const actorId = actor?.id;
  const requireActor = useRequireActor(event);
  const queryClient = useQueryClient();
  const guests = guestsModeFor(event, actor, sessionId);
  const watch = useMemo(
    () => (actorId ? new SessionWatch(() => clientOf(actorId), sessionId) : nobody),
    [actorId, sessionId],
  );
  const feedState = useStore(watch);
  const passive = usePassiveState(sessionId, actor === null);

  const act: LiveSession['act'] = async (run) => {
    const who = await requireActor();
    if (!who) return undefined;
    const client = clientOf(who.id);
    const feed = client.session(sessionId, FEED_OPTIONS);
    try {
      return await run(feed, client);
    } catch (error) {
      // The event has changed since the page last asked: what is refused is no longer offered.
      if (isWatchOnly(error)) void queryClient.invalidateQueries(eventQuery(event.slug));
      throw error;
    } finally {
      feed.leave();
    }
  };
  const state =
    actorId && (feedState.session || feedState.status === 'refused' || !passive.session) ? feedState : passive;
  const session = useMemo(() => state.session && withoutTurns(state.session), [state.session]);
  return { ...state, session, isSignedIn: Boolean(actorId), guests, act };
}

function usePassiveState(sessionId: string, isWanted: boolean): Omit<LiveSession, 'act' | 'isSignedIn' | 'guests'> {
  const { data, error, isError } = useQuery({
    queryKey: ['session-state', sessionId],
    queryFn: ({ signal }) => api<Snapshot>(`/api/sessions/${sessionId}/state`, { signal }),
    enabled: isWanted,
    refetchInterval: POLL_MS,
    retry: false,
    networkMode: 'always', // without a network it would wait silently, and nobody would be told
  });
  return useMemo(() => {
    const refusal =
      error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429
        ? error
        : undefined;
    if (refusal) return { ...NOTHING_YET, status: 'refused', error: refusal };
    if (!data) return { ...NOTHING_YET, status: 'joining' };
    return { ...NOTHING_YET, ...data, status: isError ? 'reconnecting' : 'live' };
  }, [data, error, isError]);
}

function isWatchOnly(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'guests.watch_only';
}
