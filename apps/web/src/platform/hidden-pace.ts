import type { Pace } from '#libs/contract/feed';

/** A page is hidden for this long before it is told, in ms: who looks at another tab for a moment causes no requests. */
const HIDDEN_FOR_MS = 5_000;

/** Reports the pace that suits the page: `slow` once it is hidden or minimised, `usual` as soon as it is seen. Returns a function that stops it. */
export function followVisibility(setPace: (pace: Pace) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'visible') setPace('usual');
    else timer = setTimeout(() => setPace('slow'), HIDDEN_FOR_MS);
  };
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  };
}
