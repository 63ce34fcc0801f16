import { type RefObject, useLayoutEffect, useState } from 'react';

/** Whether an element shows fewer lines than it has. */
export function useIsClamped(element: RefObject<HTMLElement | null>): boolean {
  const [isClamped, setIsClamped] = useState(false);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return;
    const measure = () => setIsClamped(box.scrollHeight > box.clientHeight + 1);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [element]);
  return isClamped;
}
