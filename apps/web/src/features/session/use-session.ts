import { useIsFetching, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { PlenumClient } from '#libs/client/client';
import type { SessionFeed, SessionFeedState } from '#libs/client/session-feed';
import type { Readable } from '#libs/client/store';
import { withoutTurns } from '#libs/contract/direction';
import type { Snapshot } from '#libs/contract/feed';
import type { GuestsMode } from '#libs/domain/event-modes';
import type { Event, Session } from '#libs/contract/programme';
import { api, ApiError } from '../../platform/api.js';
import { clientOf } from '../../platform/client.js';
import { isReadingLimited, pollEvery } from '../../platform/read-again.js';
import { onWake } from '../../platform/wake.js';
import { serverClock } from '../../platform/server-clock.js';
import { useLasting } from '../../ui/use-lasting.js';
import { useSlicedStore } from '../../ui/use-sliced-store.js';
import { eventQuery, sessionQuery } from '../programme/event-query.js';
import { meQuery, useActor } from '../sign-in/actor.js';
import { guestsModeFor } from '../sign-in/guests-mode.js';
import { useRequireActor } from '../sign-in/require-actor.js';
import { FEED_OPTIONS, NOTHING_YET, SessionWatch } from './session-watch.js';

/** A session as this person sees it now, with their actions. */
export interface LiveSession extends Omit<SessionFeedState, 'error'> {
  readonly error?: ApiError | SessionFeedState['error'];
  /** Whether the person is signed in: otherwise `me` is empty and the first action asks for sign-in. */
  readonly isSignedIn: boolean;
  /** The hub is reachable over HTTP, but without a live connection: one can only read. */
  readonly isReadOnly: boolean;
  /** The mode for guests, where this person is one or would become one; otherwise `open`. */
  readonly guests: GuestsMode;
  /** Runs an action on the feed, after sign-in where that is needed; undefined when it was declined. */
  readonly act: <T>(run: (feed: SessionFeed, client: PlenumClient) => Promise<T>) => Promise<T | undefined>;
}

const nobody: Readable<SessionFeedState> = { getSnapshot: () => NOTHING_YET, subscribe: () => () => undefined };
/** How often people without a sign-in request the state, each with their own offset; every cache on the way shares the response. */
const POLL_MS = 1600 + Math.random() * 800;
/** A request that hangs is aborted early: the next one finds a network that is back. */
const ANSWER_MS = 4000;
/** A connection that is only replaced reconnects sooner than this. */
const CUT_MS = 3000;
/** Longer than an attempt to connect takes without a refusal. */
const BLOCKED_MS = 5000;

/** The reason for refusing actions where only reading works. */
class NetworkBlocked extends Error {
  readonly code = 'network.blocked';
}

/**
 * Follows a session: through its feed for those who are signed in, over plain HTTP for those who only watch. A moderator's desk (`isDesk`)
 * is shown to the other desks.
 */
export function useSession(
  event: Event,
  sessionId: string,
  { isDesk = false }: { readonly isDesk?: boolean } = {},
): LiveSession {
  const actor = useActor(event.id);
  const actorId = actor?.id;
  const guests = guestsModeFor(event, actor, sessionId);
  const watch = useMemo(
    () => (actorId ? new SessionWatch(() => clientOf(actorId), sessionId, isDesk) : nobody),
    [actorId, sessionId, isDesk],
  );
  const told = useSlicedStore(watch);
  const feedState = useSignInAgain(actorId, told);
  const isCut = useLasting(actorId !== undefined && isWaiting(feedState), CUT_MS);
  const passive = usePassiveState(sessionId, actor === null || isCut);
  const isHeard = passive.status === 'live';
  useEffect(() => {
    if (isCut && isHeard && actorId) clientOf(actorId).wake();
  }, [isCut, isHeard, actorId]);
  const isReadOnly = useLasting(isCut && isHeard, BLOCKED_MS);
  const act = useAct(event, sessionId, isReadOnly);
  const state = stateOf(feedState, passive, actorId !== undefined, isCut);
  const session = useMemo(() => state.session && withoutTurns(state.session), [state.session]);
  useWholePart(event, session);
  const serverOffset = useSlicedStore(serverClock); // the first answers change it, and the whole view is rendered with it
  useEffect(() => {
    if (feedState.status === 'live') serverClock.learnOffset(feedState.serverOffset);
  }, [feedState.status, feedState.serverOffset]);
  return { ...state, session, serverOffset, isSignedIn: Boolean(actorId), isReadOnly, guests, act };
}

function useAct(event: Event, sessionId: string, isReadOnly: boolean): LiveSession['act'] {
  const requireActor = useRequireActor(event);
  const queryClient = useQueryClient();
  return async (run) => {
    const who = await requireActor();
    if (!who) return undefined;
    const client = clientOf(who.id);
    if (isReadOnly) {
      client.wake();
      throw new NetworkBlocked();
    }
    const feed = client.session(sessionId, FEED_OPTIONS);
    try {
      return await run(feed, client);
    } catch (error) {
      // The event has changed since the page last loaded it: refused actions are no longer offered.
      if (isWatchOnly(error)) void queryClient.invalidateQueries(eventQuery(event.slug));
      throw error;
    } finally {
      feed.leave();
    }
  };
}

/** A session that moved to another room, or has other speakers, needs data that the page does not have yet. */
function useWholePart({ slug, rooms, speakers }: Event, session: Session | null) {
  const queryClient = useQueryClient();
  const wanted = session && [session.roomId, ...session.speakerIds].join();
  const known = new Set([...rooms, ...speakers].map(({ id }) => id));
  const isKnown = !session || [session.roomId, ...session.speakerIds].every((id) => known.has(id));
  const part = session?.slug;
  useEffect(() => {
    if (!isKnown && part) void queryClient.invalidateQueries(sessionQuery(slug, part));
  }, [isKnown, wanted, slug, part, queryClient]);
}

type Seen = Omit<LiveSession, 'act' | 'isSignedIn' | 'guests' | 'isReadOnly'>;

const isWaiting = ({ status }: Seen) => status === 'joining' || status === 'reconnecting';

/** The feed where there is one; otherwise the state over HTTP, with the actor's own items from the feed. Other roles see more than HTTP returns. */
function stateOf(feed: Seen, passive: Seen, isSignedIn: boolean, isCut: boolean): Seen {
  if (!isSignedIn) return passive;
  if (isCut && passive.session && feed.view === 'audience')
    return { ...passive, me: feed.me, status: passive.status === 'live' ? 'live' : 'reconnecting' };
  return feed.session || feed.status === 'refused' || !passive.session ? feed : passive;
}

/**
 * A connection that was closed because its sign-in ended: `/api/me` is requested. Without a sign-in the page continues as a viewer; with
 * a valid one it connects once more.
 */
function useSignInAgain(actorId: string | undefined, feed: SessionFeedState): Seen {
  const queryClient = useQueryClient();
  const isAsking = useIsFetching(meQuery) > 0;
  const isEnded = feed.status === 'refused' && feed.error?.code === 'closed';
  const hasTried = useRef(false);
  useEffect(() => {
    if (feed.status === 'live') hasTried.current = false;
    if (!isEnded || !actorId || hasTried.current) return;
    hasTried.current = true;
    void queryClient.refetchQueries(meQuery).then(() => {
      if (queryClient.getQueryData(meQuery.queryKey)?.id === actorId) clientOf(actorId).connect();
    });
  }, [isEnded, feed.status, actorId, queryClient]);
  return isEnded && isAsking ? { ...feed, status: 'reconnecting', error: undefined } : feed;
}

function usePassiveState(sessionId: string, isWanted: boolean): Seen {
  const { data, error, isError, refetch } = useQuery({
    queryKey: ['session-state', sessionId],
    queryFn: ({ signal }) => api<Snapshot>(`/api/sessions/${sessionId}/state`, { signal, within: ANSWER_MS }),
    enabled: isWanted,
    refetchInterval: pollEvery(POLL_MS),
    retry: false,
    networkMode: 'always', // without a network it would wait silently
  });
  useEffect(() => (isWanted ? onWake(() => void refetch()) : undefined), [isWanted, refetch]);
  return useMemo(() => {
    if (isReadingLimited(error)) return { ...NOTHING_YET, ...data, status: 'reconnecting', error };
    const refusal = error instanceof ApiError && error.status >= 400 && error.status < 500 ? error : undefined;
    if (refusal) return { ...NOTHING_YET, status: 'refused', error: refusal };
    if (!data) return { ...NOTHING_YET, status: 'joining' };
    return { ...NOTHING_YET, ...data, status: isError ? 'reconnecting' : 'live' };
  }, [data, error, isError]);
}

function isWatchOnly(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'guests.watch_only';
}
