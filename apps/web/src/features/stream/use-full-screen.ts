import { type RefObject, useCallback, useSyncExternalStore } from 'react';

function subscribe(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
}

/** Whether an element fills the screen, and how to switch it; `toggle` is null where the browser cannot (phones of Apple). */
export function useFullScreen(element: RefObject<HTMLElement | null>) {
  const isFull = useSyncExternalStore(subscribe, () => document.fullscreenElement !== null);
  const toggle = useCallback(() => {
    const done = document.fullscreenElement ? document.exitFullscreen() : element.current?.requestFullscreen();
    done?.catch(() => undefined);
  }, [element]);
  return { isFull, toggle: document.fullscreenEnabled ? toggle : null };
}
