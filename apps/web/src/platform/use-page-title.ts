import { useEffect } from 'react';

/** The title of the window: what stands here, then where. */
export function usePageTitle(...parts: readonly (string | undefined)[]): void {
  const title = [...parts.filter(Boolean), 'Plenum'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
