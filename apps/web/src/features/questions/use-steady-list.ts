import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import { showStart } from '../../ui/show-start.js';

const SLIDE_MS = 180;
/** Below this the list counts as at its top, where new items may push the rest down. */
const SCROLLED_PX = 12;
const STEADY = '[data-steady]';

/**
 * Keeps the visible items in their position while items of a list are added and removed, without the browser's scroll anchoring, which
 * not every browser has: a list that is scrolled down scrolls by the distance that its first visible item moved. Visible items that move
 * nevertheless slide to their new position. Items have `data-steady`; the list is their offset parent. Returns a function after which the
 * next change shows the top.
 */
export function useSteadyList(list: RefObject<HTMLElement | null>): () => void {
  const isTopWanted = useRef(false);

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    let positions: ReadonlyMap<HTMLElement, number> = new Map();
    let anchor: HTMLElement | null = null;
    let frame = 0;
    const look = () => (anchor = firstInView(element, positions));
    const settle = () => {
      frame = 0;
      const after = positionsOf(element);
      const shift = isTopWanted.current ? 0 : keepAnchor(element, anchor, positions, after);
      if (isTopWanted.current) showStart(element);
      isTopWanted.current = false;
      for (const [item, top] of after) slide(item, (positions.get(item) ?? top) - top + shift);
      positions = after;
      look();
    };
    // Before the next paint, in any component, and once for all changes until then: to read places, the page is laid out.
    const settleSoon = () => (frame ||= requestAnimationFrame(settle));
    const observer = new MutationObserver(settleSoon);
    settleSoon();
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    document.addEventListener('scroll', look, { passive: true, capture: true });
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      document.removeEventListener('scroll', look, { capture: true });
    };
  }, [list]);

  return useCallback(() => void (isTopWanted.current = true), []);
}

/** The positions of the items in the list; transforms and scrolling make no difference. */
function positionsOf(list: HTMLElement): Map<HTMLElement, number> {
  return new Map([...list.querySelectorAll<HTMLElement>(STEADY)].map((item) => [item, item.offsetTop]));
}

/** The element that scrolls the list: itself, or on a phone the page. */
function scrollerOf(list: HTMLElement): Element {
  return getComputedStyle(list).overflowY === 'visible' ? (document.scrollingElement ?? list) : list;
}

/** The first item whose top can be seen; null at the top of the list. */
function firstInView(list: HTMLElement, positions: ReadonlyMap<HTMLElement, number>): HTMLElement | null {
  const scroller = scrollerOf(list);
  if (scroller.scrollTop <= SCROLLED_PX) return null;
  const top = scroller === list ? list.scrollTop : -list.getBoundingClientRect().top;
  for (const [item, position] of positions) if (position >= top) return item;
  return null;
}

/** Scrolls by what the anchor has moved since the last time; returns how far. */
function keepAnchor(
  list: HTMLElement,
  anchor: HTMLElement | null,
  before: ReadonlyMap<HTMLElement, number>,
  after: ReadonlyMap<HTMLElement, number>,
): number {
  const [was, is] = anchor ? [before.get(anchor), after.get(anchor)] : [];
  if (was === undefined || is === undefined || was === is) return 0;
  const scroller = scrollerOf(list);
  const from = scroller.scrollTop;
  scroller.scrollTop = from + is - was;
  return scroller.scrollTop - from;
}

/** Shows an item in its old position and animates it to the new one. */
function slide(item: HTMLElement, by: number): void {
  if (by === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const { transform } = getComputedStyle(item);
  const underWay = transform === 'none' ? 0 : new DOMMatrix(transform).m42;
  for (const animation of item.getAnimations()) if (animation.id === 'slide') animation.cancel();
  item.animate([{ transform: `translateY(${by + underWay}px)` }, { transform: 'none' }], {
    id: 'slide',
    duration: SLIDE_MS,
    easing: 'ease-out',
  });
}
