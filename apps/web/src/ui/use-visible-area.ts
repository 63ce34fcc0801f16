import { useSyncExternalStore } from 'react';

/** The visible part of the page, in pixels: its height, and how far its top is below that of the window. */
export interface VisibleArea {
  readonly height: number;
  readonly top: number;
}

let area: VisibleArea | null = null;

/** An open on-screen keyboard reduces the window in some browsers, and only the visible part in others. */
function look(): VisibleArea {
  const seen = window.visualViewport;
  // Zooming in reduces the visible part, but not the space.
  const isWhole = !seen || seen.scale > 1.01;
  const height = Math.round(isWhole ? window.innerHeight : seen.height);
  const top = Math.round(isWhole ? 0 : seen.offsetTop);
  return area?.height === height && area.top === top ? area : (area = { height, top });
}

function subscribe(listener: () => void): () => void {
  const targets = [window, window.visualViewport];
  const update = () => {
    const before = area;
    if (look() !== before) listener();
  };
  // It may have changed since it was first asked for. To ask, the page is laid out: with the next frame it is anyway.
  const frame = requestAnimationFrame(update);
  for (const target of targets)
    for (const event of ['resize', 'scroll']) target?.addEventListener(event, update, { passive: true });
  return () => {
    cancelAnimationFrame(frame);
    for (const target of targets) for (const event of ['resize', 'scroll']) target?.removeEventListener(event, update);
  };
}

/** Follows what can be seen of the page. */
export function useVisibleArea(): VisibleArea {
  return useSyncExternalStore(subscribe, () => area ?? look());
}
