import { type RefObject, useEffect, useState } from 'react';

const QUIET_MS = 2500;
const SCROLLED_PX = 12;

/** Whether the person reads a list: the pointer or the focus is in it, it was touched a moment ago, or it is scrolled down. */
export function useIsReading(list: RefObject<HTMLElement | null>): boolean {
  const [isReading, setIsReading] = useState(false);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const isBusy = () =>
      element.matches(':hover, :focus-within') ||
      element.getBoundingClientRect().top < -SCROLLED_PX ||
      isScrolled(element);
    const look = () => {
      clearTimeout(timer);
      setIsReading(true);
      timer = setTimeout(rest, QUIET_MS);
    };
    const rest = () => {
      if (isBusy()) timer = setTimeout(rest, QUIET_MS);
      else setIsReading(false);
    };
    const stop = new AbortController();
    for (const event of ['pointerenter', 'pointerdown', 'pointermove', 'focusin', 'touchmove'])
      element.addEventListener(event, look, { signal: stop.signal, passive: true });
    document.addEventListener('scroll', look, { signal: stop.signal, passive: true, capture: true });
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [list]);
  return isReading;
}

function isScrolled(element: HTMLElement): boolean {
  for (let parent: HTMLElement | null = element; parent; parent = parent.parentElement)
    if (parent.scrollTop > SCROLLED_PX) return true;
  return false;
}
