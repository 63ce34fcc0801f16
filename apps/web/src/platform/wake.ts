/** How often the clock is checked, and how much more than that it may have moved while the device was awake. */
const [TICK_MS, JUMP_MS] = [1_000, 3_000];

/**
 * Calls `woken` whenever the page may have been asleep or without a network: it is shown again, comes back from the browser's history, the
 * network is back, or the clock jumped. Returns a function that stops it.
 */
export function onWake(woken: () => void): () => void {
  let last = Date.now();
  const look = () => {
    const now = Date.now();
    const hasJumped = now - last > TICK_MS + JUMP_MS;
    last = now;
    if (hasJumped && document.visibilityState === 'visible') woken();
  };
  const shown = () => {
    if (document.visibilityState === 'visible') woken();
  };
  const returned = ({ persisted }: PageTransitionEvent) => {
    if (persisted) woken();
  };
  const timer = setInterval(look, TICK_MS);
  document.addEventListener('visibilitychange', shown);
  addEventListener('pageshow', returned);
  addEventListener('online', woken);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', shown);
    removeEventListener('pageshow', returned);
    removeEventListener('online', woken);
  };
}
