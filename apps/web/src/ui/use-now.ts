import { useEffect, useState } from 'react';

/** The server's time in milliseconds, renewed every `interval`; `offset` is how far the server's clock is ahead of this one. */
export function useNow(interval = 1000, offset = 0): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), interval);
    return () => clearInterval(timer);
  }, [interval]);
  return now + offset;
}
