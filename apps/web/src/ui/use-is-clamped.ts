import { type RefObject, useEffect, useState } from 'react';

/** Whether an element shows fewer lines than it has. Known once it was laid out: asked before, the browser lays out the page an extra time. */
export function useIsClamped(element: RefObject<HTMLElement | null>): boolean {
  const [isClamped, setIsClamped] = useState(false);
  useEffect(() => {
    const box = element.current;
    if (!box) return;
    const measure = () => setIsClamped(box.scrollHeight > box.clientHeight + 1);
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [element]);
  return isClamped;
}
