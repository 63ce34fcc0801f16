import { useEffect } from 'react';

/** The title of the window: the item, then its context. */
export function usePageTitle(...parts: readonly (string | undefined)[]): void {
  const title = [...parts.filter(Boolean), 'Plenum'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
