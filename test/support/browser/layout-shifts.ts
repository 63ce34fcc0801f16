import { type Page } from 'playwright-core';

interface Shift {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: { readonly outerHTML?: string } | null }[];
}

/** Runs in the page, which has its own types. */
interface Window {
  shifts: { value: number; moved: string[] }[];
  PerformanceObserver: new (see: (list: { getEntries(): Shift[] }) => void) => { observe(options: object): void };
  requestAnimationFrame(frame: () => void): void;
}

/** The layout shifts of a page without a cause by user input. */
export const layoutShifts = {
  async watch(page: Page): Promise<void> {
    await page.evaluate(() => {
      const window = globalThis as unknown as Window;
      window.shifts = [];
      new window.PerformanceObserver((list) => {
        for (const { value, hadRecentInput, sources } of list.getEntries())
          if (!hadRecentInput)
            window.shifts.push({ value, moved: sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? 'gone') });
      }).observe({ type: 'layout-shift' });
    });
  },
  /** Their sum since then, with the elements; waits for two frames first, so that the last change has been painted. */
  async of(page: Page): Promise<{ score: number; shifts: Window['shifts'] }> {
    const shifts = await page.evaluate(
      () =>
        new Promise<Window['shifts']>((resolve) => {
          const window = globalThis as unknown as Window;
          window.requestAnimationFrame(() => window.requestAnimationFrame(() => resolve(window.shifts)));
        }),
    );
    return { score: shifts.reduce((sum, { value }) => sum + value, 0), shifts };
  },
};
