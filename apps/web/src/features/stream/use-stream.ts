import { type Dispatch, useEffect, useReducer, useState } from 'react';
import { jitter } from '#libs/retry/backoff';
import { ApiError } from '../../platform/api.js';
import { loadPart } from '../../platform/load-part.js';
import { whenIdle } from '../../ui/when-idle.js';
import type { StreamConnection, StreamQuality, StreamView } from './stream-connection.js';
import { OPENING, reduceStream, type StreamEvent, type StreamState } from './stream-state.js';
import { requestStreamToken } from './stream-token.js';

const NOTHING: StreamView = { status: 'wavering', people: [], sounds: [], isSilenced: false };

interface StreamOptions {
  readonly roomId: string;
  /** Null while the stream is closed or nobody is signed in: then nothing is loaded. */
  readonly actorId: string | null;
  readonly isAudioOnly: boolean;
  readonly quality: StreamQuality;
}

export interface Stream {
  readonly state: StreamState;
  readonly view: StreamView;
  readonly listen: () => void;
  readonly retry: () => void;
}

/** Watches a room's stream for as long as the component is mounted, and reconnects with a fresh token after every loss. */
export function useStream({ roomId, actorId, isAudioOnly, quality }: StreamOptions): Stream {
  const [state, dispatch] = useReducer(reduceStream, OPENING);
  const isFull = quality === 'high';
  const { connection, view, setView } = useConnection({ roomId, actorId, isFull, attempt: state.attempt }, dispatch);
  useFollowedView(connection, setView, dispatch);

  useEffect(() => connection?.wish({ isAudioOnly, quality }), [connection, isAudioOnly, quality]);

  useEffect(() => {
    if (state.retryIn === null) return;
    const timer = setTimeout(() => dispatch({ type: 'again' }), jitter(state.retryIn, 0.2));
    return () => clearTimeout(timer);
  }, [state.retryIn, state.attempt, state.failures]);

  return {
    state,
    view,
    listen: () => void connection?.listen(),
    retry: () => dispatch({ type: 'again' }),
  };
}

interface ConnectionOptions extends Pick<StreamOptions, 'roomId' | 'actorId'> {
  readonly isFull: boolean;
  /** Another number opens another connection. */
  readonly attempt: number;
}

/** A connection to the room, from the idle moment in which it is opened until its options change. */
function useConnection({ roomId, actorId, isFull, attempt }: ConnectionOptions, dispatch: Dispatch<StreamEvent>) {
  const [connection, setConnection] = useState<StreamConnection | null>(null);
  const [view, setView] = useState<StreamView>(NOTHING);
  useEffect(() => {
    if (!actorId) return;
    const stop = new AbortController();
    let opened: StreamConnection | null = null;
    const open = async () => {
      opened = await openConnection(roomId, isFull, stop.signal);
      if (stop.signal.aborted) opened?.close();
      else setConnection(opened);
    };
    open().catch((error: unknown) => {
      if (!stop.signal.aborted) dispatch(toEvent(error));
    });
    return () => {
      stop.abort();
      opened?.close();
      setConnection(null);
      setView(NOTHING);
    };
  }, [roomId, actorId, isFull, attempt, dispatch]);
  return { connection, view, setView };
}

/** Returns null where it was stopped before there was anything to close. */
async function openConnection(roomId: string, isFull: boolean, signal: AbortSignal): Promise<StreamConnection | null> {
  await whenIdle(); // LiveKit's client is half a megabyte
  if (signal.aborted) return null;
  const [{ StreamConnection }, token] = await Promise.all([
    loadPart(() => import('./stream-connection.js')),
    requestStreamToken(roomId, { publish: false }, signal),
  ]);
  if (signal.aborted) return null;
  return StreamConnection.open(token, { isAudioOnly: false, quality: isFull ? 'high' : 'auto' });
}

/** Passes every view of a connection on, and an event for each one that changes the state of the stream. */
function useFollowedView(
  connection: StreamConnection | null,
  onView: (view: StreamView) => void,
  dispatch: Dispatch<StreamEvent>,
): void {
  useEffect(() => {
    if (!connection) return;
    let told = '';
    const follow = () => {
      const next = connection.view.getSnapshot();
      onView(next);
      const event = toStreamEvent(next);
      if (JSON.stringify(event) !== told) dispatch(event);
      told = JSON.stringify(event);
    };
    const unsubscribe = connection.view.subscribe(follow);
    follow();
    return unsubscribe;
  }, [connection, onView, dispatch]);
}

function toStreamEvent({ status, people }: StreamView): StreamEvent {
  switch (status) {
    case 'connected':
      return { type: 'pictures', count: people.length };
    case 'wavering':
      return { type: 'wavering' };
    case 'lost':
      return { type: 'lost' };
  }
}

/** A refusal of Plenum has a code; other errors of livekit-client mean that LiveKit is unreachable. */
function toEvent(error: unknown): StreamEvent {
  if (!(error instanceof ApiError)) return { type: 'lost' };
  return { type: 'refused', code: error.code, retryAfter: error.details.retryAfter };
}
