/** Retries of requests and resyncs: up to 0.3 s at first, doubling, never above 10 s. */
const RETRY = { first: 300, cap: 10_000 };
/** Reconnects: 0.2 to 1 s at first, so that a node's clients do not reconnect in one wave; never above 10 s. */
const RECONNECT = { least: 200, first: 1_000, cap: 10_000 };

const grown = (first: number, cap: number, attempt: number) => Math.min(cap, first * 2 ** Math.min(attempt, 20));

/** Milliseconds before retry number `attempt` (from 0), with full jitter. `retryAfter` (seconds) is waited out in full first. */
export function retryDelay(attempt: number, retryAfter = 0): number {
  return retryAfter * 1_000 + Math.random() * grown(RETRY.first, RETRY.cap, attempt);
}

/** Milliseconds before reconnect number `attempt` (from 0). */
export function reconnectDelay(attempt: number): number {
  const most = grown(RECONNECT.first, RECONNECT.cap, attempt);
  return RECONNECT.least + Math.random() * (most - RECONNECT.least);
}

/** Milliseconds before reconnecting at a time that the server named (milliseconds): never earlier, spread over 1.5 times that delay plus a second. */
export function announcedDelay(reconnectAfter: number): number {
  return reconnectAfter + Math.random() * (reconnectAfter / 2 + 1_000);
}
