import { useSyncExternalStore } from 'react';
import type { Readable } from '#libs/client/store';

/** Follows a value that lives outside React. */
export function useStore<T>(store: Readable<T>): T {
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}
