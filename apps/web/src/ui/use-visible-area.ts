import { useSyncExternalStore } from 'react';

/** The visible part of the page, in pixels: its height, and how far its top is below that of the window. */
export interface VisibleArea {
  readonly height: number;
  readonly top: number;
}

let last: VisibleArea = { height: 0, top: 0 };

/** An open on-screen keyboard reduces the window in some browsers, and only the visible part in others. */
function visibleArea(): VisibleArea {
  const seen = window.visualViewport;
  // Zooming in reduces the visible part, but not the space.
  const isWhole = !seen || seen.scale > 1.01;
  const height = Math.round(isWhole ? window.innerHeight : seen.height);
  const top = Math.round(isWhole ? 0 : seen.offsetTop);
  if (last.height !== height || last.top !== top) last = { height, top };
  return last;
}

function subscribe(listener: () => void): () => void {
  const targets = [window, window.visualViewport];
  for (const target of targets)
    for (const event of ['resize', 'scroll']) target?.addEventListener(event, listener, { passive: true });
  return () => {
    for (const target of targets)
      for (const event of ['resize', 'scroll']) target?.removeEventListener(event, listener);
  };
}

/** Follows what can be seen of the page. */
export function useVisibleArea(): VisibleArea {
  return useSyncExternalStore(subscribe, visibleArea);
}
