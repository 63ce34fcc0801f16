import { backoff, fullJitter, randomBetween } from '#libs/retry/backoff';

/** Retries of requests and resyncs: up to 0.3 s at first, doubling, never above 10 s. */
const RETRY = { first: 300, most: 10_000 };
/** Reconnects: 0.2 to 1 s at first, so that a node's clients do not reconnect in one wave; never above 10 s. */
const RECONNECT = { least: 200, first: 1_000, most: 10_000 };

/** Milliseconds before retry number `attempt` (from 0), with full jitter. `retryAfter` (seconds) is waited out in full first. */
export function retryDelay(attempt: number, retryAfter = 0): number {
  return retryAfter * 1_000 + fullJitter(backoff(RETRY, attempt));
}

/** Milliseconds before reconnect number `attempt` (from 0). */
export function reconnectDelay(attempt: number): number {
  return randomBetween(RECONNECT.least, backoff(RECONNECT, attempt));
}

/** Milliseconds before reconnecting at a time that the server named (milliseconds): never earlier, spread over 1.5 times that delay plus a second. */
export function announcedDelay(reconnectAfter: number): number {
  return reconnectAfter + fullJitter(reconnectAfter / 2 + 1_000);
}
