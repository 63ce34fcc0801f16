import type { Session } from '#libs/contract/programme';
import { backoff } from '#libs/retry/backoff';

/** The phase of a session for its stream. */
export type StreamAvailability = 'not-started' | 'open' | 'ended' | 'cancelled';

export function availabilityOf(session: Pick<Session, 'state'>): StreamAvailability {
  switch (session.state) {
    case 'scheduled':
      return 'not-started';
    case 'live':
      return 'open';
    case 'ended':
      return 'ended';
    case 'cancelled':
      return 'cancelled';
  }
}

/**
 * The phase of an open stream. waiting: connected, nobody is on air at the moment. interrupted: the connection is lost and reconnects.
 * unavailable: the stream cannot be reached, everything else works. refused: retrying is pointless.
 */
export type StreamPhase = 'connecting' | 'preparing' | 'waiting' | 'live' | 'interrupted' | 'unavailable' | 'refused';

export interface StreamState {
  readonly phase: StreamPhase;
  /** Raised for each new connection; a connection is one attempt. */
  readonly attempt: number;
  /** How many attempts failed in a row. */
  readonly failures: number;
  readonly wasLive: boolean;
  /** Milliseconds until the next attempt; null while none is due. */
  readonly retryIn: number | null;
}

export type StreamEvent =
  | { readonly type: 'pictures'; readonly count: number }
  | { readonly type: 'wavering' }
  | { readonly type: 'lost' }
  | { readonly type: 'refused'; readonly code: string; readonly retryAfter?: number | undefined }
  | { readonly type: 'again' };

export const OPENING: StreamState = { phase: 'connecting', attempt: 0, failures: 0, wasLive: false, retryIn: null };

const RETRY_MS = { first: 1_000, most: 15_000 };
/** Codes with which only another person or another role would be admitted. */
const FINAL = new Set(['auth.required', 'forbidden', 'not_found', 'actor.banned']);

/** The next state; an event that does not fit changes nothing. */
export function reduceStream(state: StreamState, event: StreamEvent): StreamState {
  switch (event.type) {
    case 'pictures':
      return withPictures(state, event.count);
    case 'wavering':
      return { ...state, phase: state.wasLive ? 'interrupted' : 'connecting' };
    case 'lost':
      return failed(state, state.wasLive ? 'interrupted' : 'unavailable');
    case 'refused':
      return refused(state, event);
    case 'again':
      return { ...state, attempt: state.attempt + 1, retryIn: null };
  }
}

function withPictures(state: StreamState, count: number): StreamState {
  const connected = { ...state, failures: 0, retryIn: null };
  if (count > 0) return { ...connected, phase: 'live', wasLive: true };
  return { ...connected, phase: 'waiting' };
}

function refused(state: StreamState, { code, retryAfter }: Extract<StreamEvent, { type: 'refused' }>): StreamState {
  if (FINAL.has(code)) return { ...state, phase: 'refused', retryIn: null };
  if (code === 'stream.preparing') return failed({ ...state, failures: 0 }, 'preparing', retryAfter);
  return failed(state, state.wasLive ? 'interrupted' : 'unavailable', retryAfter);
}

/** Waits longer after each failure, with jitter, so that an audience does not reconnect at once. */
function failed(state: StreamState, phase: StreamPhase, retryAfter = 0): StreamState {
  const delay = backoff(RETRY_MS, state.failures);
  return { ...state, phase, failures: state.failures + 1, retryIn: Math.max(delay, retryAfter * 1000) };
}
