import { useEffect, useState } from 'react';
import { serverClock } from '../platform/server-clock.js';
import { useStore } from './use-store.js';

/**
 * The server's time in milliseconds, updated every `interval`; `offset` is how far its clock is ahead of this one, where it is not that
 * of the page.
 */
export function useNow(interval = 1000, offset?: number): number {
  const known = useStore(serverClock);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), interval);
    return () => clearInterval(timer);
  }, [interval]);
  return now + (offset ?? known);
}
