import { useEffect } from 'react';

/** Keeps the screen on while this is shown. The browser releases the wake lock when the page is hidden, so it is requested again when it is shown. */
export function useWakeLock(): void {
  useEffect(() => {
    let isHere = true;
    let lock: WakeLockSentinel | undefined;
    const ask = async () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      const given = await navigator.wakeLock.request('screen');
      if (isHere) lock = given;
      else await given.release();
    };
    // A browser on low battery refuses it: the projector then works until the screen goes dark.
    const askQuietly = () => void ask().catch(() => undefined);
    askQuietly();
    document.addEventListener('visibilitychange', askQuietly);
    return () => {
      isHere = false;
      document.removeEventListener('visibilitychange', askQuietly);
      void lock?.release();
    };
  }, []);
}
