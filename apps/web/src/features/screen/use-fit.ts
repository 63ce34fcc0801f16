import { type RefObject, useLayoutEffect, useState } from 'react';
import { useNow } from '../../ui/use-now.js';
import { type Fit, type FitLimits, largestFit, pageRange } from './fit.js';

/** How long a page stays, in milliseconds: long enough to read it aloud. */
const PAGE_MS = 10_000;
const TICK_MS = 500;

interface FitOptions extends FitLimits {
  /** The input of the layout, such as all texts; it is measured again when this changes. */
  readonly content: string;
  readonly offset: number;
}

/** The page that a body shows, and the number of pages. */
export interface Paging {
  readonly page: number;
  readonly pages: number;
}

/**
 * Lays out a body so that its content fits: sets `--t` (size of the text), `--columns` and `--rows`, and shows the `[data-item]`s of one
 * page. Pages change by the server's clock, so that every projector of a session shows the same one.
 */
export function useFit(
  body: RefObject<HTMLElement | null>,
  { max, items, maxColumns, content, offset }: FitOptions,
): Paging {
  const [fit, setFit] = useState<Fit>({ size: max, columns: 1, pages: 1 });
  const page = Math.floor(useNow(TICK_MS, offset) / PAGE_MS) % fit.pages;
  useLayoutEffect(() => {
    const element = body.current;
    if (!element) return;
    const measure = () => {
      const limits = { max, items, maxColumns };
      setFit(largestFit(limits, (tried) => everyPage(tried, (shown) => doesFit(element, items, tried, shown))));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    let isMounted = true;
    if (document.fonts.status !== 'loaded') void document.fonts.ready.then(() => isMounted && measure());
    return () => {
      isMounted = false;
      observer.disconnect();
    };
  }, [body, content, max, items, maxColumns]);
  useLayoutEffect(() => {
    if (body.current) layOut(body.current, items, fit, page);
  });
  return { page, pages: fit.pages };
}

function everyPage({ pages }: Fit, isTrue: (page: number) => boolean): boolean {
  return Array.from({ length: pages }, (_, page) => page).every(isTrue);
}

function doesFit(body: HTMLElement, items: number, fit: Fit, page: number): boolean {
  layOut(body, items, fit, page);
  return body.scrollHeight <= body.clientHeight + 1 && body.scrollWidth <= body.clientWidth + 1;
}

function layOut(body: HTMLElement, items: number, fit: Fit, page: number): void {
  const [from, to] = pageRange(items, fit, page);
  body.style.setProperty('--t', String(fit.size));
  body.style.setProperty('--columns', String(fit.columns));
  body.style.setProperty('--rows', String(Math.max(1, Math.ceil((to - from) / fit.columns))));
  body.querySelectorAll<HTMLElement>('[data-item]').forEach((item, index) => {
    item.hidden = index < from || index >= to;
  });
}
