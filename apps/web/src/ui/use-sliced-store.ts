import { startTransition, useEffect, useRef, useState } from 'react';
import type { Readable } from '#libs/client/store';

/**
 * Follows a value that lives outside React, as `useStore` does, but renders its changes in slices that yield to input. For a large value
 * that one component reads: two readers may see two versions for a moment.
 */
export function useSlicedStore<T>(store: Readable<T>): T {
  const [shown, setShown] = useState(() => ({ store, value: store.getSnapshot() }));
  const rendering = useRef({ shown, asked: shown, look: () => {} });
  useEffect(() => {
    const now = rendering.current;
    // Not while another one is rendered: it would restart with each change, and never finish on a slow phone.
    const look = () => {
      const value = store.getSnapshot();
      if (now.asked !== now.shown || (now.shown.store === store && now.shown.value === value)) return;
      const asked = (now.asked = { store, value });
      startTransition(() => setShown(asked));
    };
    now.look = look;
    const stop = store.subscribe(look);
    look();
    return stop;
  }, [store]);
  useEffect(() => {
    rendering.current.shown = shown;
    rendering.current.look();
  }, [shown]);
  return shown.store === store ? shown.value : store.getSnapshot();
}
