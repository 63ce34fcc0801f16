import { type RefObject, useLayoutEffect } from 'react';

/** Where the focus goes when the part of the page that has it is taken away: to the main part, not to the top of the document. */
export function useKeptFocus(part: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = part.current;
    return () => {
      if (element?.contains(document.activeElement)) document.getElementById('main')?.focus({ preventScroll: true });
    };
  }, [part]);
}
