import { type RefObject, useEffect, useState } from 'react';

/** Whether the pointer or the focus is in a list: then nothing may move there. */
export function useIsUnderHand(list: RefObject<HTMLElement | null>): boolean {
  const [isUnderHand, setIsUnderHand] = useState(false);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const stop = new AbortController();
    const look = () => setIsUnderHand(element.matches(':hover, :focus-within'));
    for (const event of ['pointerenter', 'pointerleave', 'focusin', 'focusout'])
      element.addEventListener(event, () => requestAnimationFrame(look), { signal: stop.signal, passive: true });
    return () => stop.abort();
  }, [list]);
  return isUnderHand;
}
