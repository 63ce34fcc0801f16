import { type Page } from 'playwright-core';

/** The parts of a page that this uses; it runs outside a browser and has no DOM types. */
interface Element {
  readonly outerHTML: string;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  matches(css: string): boolean;
  closest(css: string): Element | null;
}
interface Window {
  readonly innerWidth: number;
  readonly document: {
    readonly scrollingElement: { readonly scrollWidth: number };
    querySelectorAll(css: string): Iterable<Element>;
  };
  getComputedStyle(element: Element, pseudo?: string): { readonly content: string };
}

/** How far the page is wider than its window, and the texts that do not fit into their boxes. */
export const layoutOverflow = (page: Page) =>
  page.evaluate(() => {
    const { document, innerWidth, getComputedStyle } = globalThis as unknown as Window;
    const words = [...document.querySelectorAll('h1, h2, h3, p, a, button, label, dd, dt, li, select')];
    const isCut = (element: Element) =>
      element.clientWidth > 0 &&
      element.scrollWidth > element.clientWidth + 1 &&
      getComputedStyle(element, '::after').content === 'none' && // a tap area around it is not text
      !element.closest('.visually-hidden') &&
      !element.matches('header h1, header strong');
    return {
      sideways: Math.max(0, document.scrollingElement.scrollWidth - innerWidth),
      cut: words.filter(isCut).map(({ outerHTML }) => outerHTML.slice(0, 160)),
    };
  });
