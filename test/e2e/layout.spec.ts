import { type Browser, type Page } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { layoutOverflow } from '../support/browser/layout-overflow.js';
import { until } from '../support/until.js';
import { appOf, visitors } from '../support/browser/visitors.js';

const SESSION = '/ai-week/s/anniversary';
const PAGES = [
  '/ai-week',
  SESSION,
  `${SESSION}?tab=poll`,
  `${SESSION}?tab=about`,
  '/present/ai-week/anniversary',
  '/sign-in',
];
const TEAM = ['/demo/moderator', '/demo/speaker'];
const WIDTHS = [320, 360, 768, 1280, 1920];

let hub: HubProcesses;
let browser: Browser;
let people: ReturnType<typeof visitors>;

beforeAll(async () => {
  hub = await startHubProcesses();
  browser = await launchChromium();
  people = visitors(browser);
}, 120_000);

afterEach(() => people.close());
afterAll(() => Promise.allSettled([browser?.close(), hub?.close()]), 60_000);

/** What a page is made of, as far as these tests look at it; they run outside a browser and have no types of one. */
interface Element {
  readonly outerHTML: string;
  readonly textContent: string;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  matches(css: string): boolean;
  closest(css: string): Element | null;
  getBoundingClientRect(): { readonly width: number; readonly height: number };
}
interface Window {
  readonly innerWidth: number;
  readonly document: {
    readonly scrollingElement: { readonly scrollWidth: number };
    readonly documentElement: { readonly style: { fontSize: string } };
    querySelectorAll(css: string): Iterable<Element>;
  };
  getComputedStyle(
    element: Element,
    pseudo?: string,
  ): Record<'position' | 'content' | 'insetBlockStart' | 'top', string>;
}

/** A page may need a moment after its window changed; an error that lasts longer is one. */
async function lastingMisfits(page: Page) {
  let found: Awaited<ReturnType<typeof layoutOverflow>> | null = null;
  const fits = async () => {
    found = await layoutOverflow(page);
    return found.sideways === 0 && found.cut.length === 0;
  };
  return until('a page that fits', fits, 1_500).then(
    () => null,
    () => found,
  );
}

/** Tap targets that are smaller than a finger; the area around a small button counts. */
const smallTargets = (page: Page) =>
  page.evaluate(() => {
    const { document, getComputedStyle } = globalThis as unknown as Window;
    const targets = [
      ...document.querySelectorAll('button, [role=tab], select, nav a, main a[class*=button], label:has(input)'),
    ];
    const isSmall = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      const around = getComputedStyle(element, '::after');
      const more = around.content !== 'none' && around.position === 'absolute' ? -2 * Number.parseFloat(around.top) : 0;
      return width > 0 && !element.closest('.visually-hidden') && Math.round(height + more) < 44;
    };
    return targets.filter(isSmall).map(({ outerHTML }) => outerHTML.slice(0, 160));
  });

async function atEveryWidth(page: Page, where: string) {
  const found: object[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width < 700 ? 740 : 900 });
    const wrong = await lastingMisfits(page);
    if (wrong) found.push({ where, width, ...wrong });
    const small = width === 360 ? await smallTargets(page) : [];
    if (small.length > 0) found.push({ where, width, small });
  }
  return found;
}

async function settled(page: Page) {
  await appOf(page);
  await page.locator('[data-question], h1').first().waitFor();
}

describe('from the smallest phone to the largest screen', () => {
  it.each(['fr', 'de'])(
    'no page is cut or scrolls sideways, and everything is large enough to tap: %s (WEB-51, WEB-54)',
    async (locale) => {
      const { page } = await people.open('about:blank', { locale, reducedMotion: 'reduce' });
      const found: object[] = [];
      for (const path of PAGES) {
        await page.goto(hub.url + path);
        await settled(page);
        found.push(...(await atEveryWidth(page, path)));
      }
      expect(found).toEqual([]);
    },
    60_000,
  );

  it('the desks of the team fit too (WEB-51, WEB-54)', async () => {
    const found: object[] = [];
    for (const path of TEAM) {
      const { page } = await people.open(hub.url + path, { locale: 'de', reducedMotion: 'reduce' });
      await page.waitForURL(/anniversary/);
      await page.getByText('Who is responsible when').first().waitFor({ state: 'attached' });
      found.push(...(await atEveryWidth(page, path)));
    }
    expect(found).toEqual([]);
  }, 60_000);

  it('text of twice the size fits (WEB-51)', async () => {
    const { page } = await people.open('about:blank', {
      locale: 'de',
      width: 640,
      height: 900,
      reducedMotion: 'reduce',
    });
    const found: object[] = [];
    for (const path of PAGES) {
      await page.goto(hub.url + path);
      await settled(page);
      await page.evaluate(() => {
        (globalThis as unknown as Window).document.documentElement.style.fontSize = '200%';
      });
      const wrong = await lastingMisfits(page);
      if (wrong) found.push({ path, ...wrong });
    }
    expect(found).toEqual([]);
  }, 60_000);
});

describe('while others vote, answer and ask', () => {
  it('nothing on the page of a reader jumps (WEB-55)', async () => {
    const reader = await people.open(hub.url + SESSION);
    await reader.page.locator('[data-question]').first().waitFor();
    await reader.page.waitForLoadState('networkidle');
    await reader.page.evaluate(() => {
      const page = globalThis as unknown as {
        jumps: number;
        PerformanceObserver: new (see: unknown) => { observe(o: object): void };
      };
      page.jumps = 0;
      new page.PerformanceObserver((list: { getEntries(): { value: number; hadRecentInput: boolean }[] }) => {
        for (const { value, hadRecentInput } of list.getEntries()) page.jumps += hadRecentInput ? 0 : value;
      }).observe({ type: 'layout-shift' });
    });
    const voter = await people.open(hub.url + SESSION);
    const votes = voter.page.getByRole('button', { name: /^Support this question/, pressed: false });
    await votes.first().click();
    await voter.page.getByRole('button', { name: 'Go on without a name' }).click();
    await voter.page
      .getByRole('button', { name: /^Support this question/, pressed: true })
      .first()
      .waitFor();
    for (let left = await votes.count(); left > 0; left = await votes.count()) {
      await votes.first().click();
      await until('the vote', async () => (await votes.count()) < left);
    }
    const scores = (page: Page) => page.getByRole('button', { name: /^Support this question/ }).allInnerTexts();
    await until(
      'the votes on the page of the reader',
      async () => (await scores(reader.page)).sort().join() === (await scores(voter.page)).sort().join(),
    );
    expect(await reader.page.evaluate(() => (globalThis as unknown as { jumps: number }).jumps)).toBeLessThan(0.02);
  }, 60_000);
});

describe('where guests only watch', () => {
  const hold = (guests: string) => hub.database.query(`UPDATE event SET guests = $1 WHERE slug = 'ai-week'`, [guests]);
  afterEach(() => hold('open'));

  it.each([360, 1280])(
    'a guest reads why, and is offered nothing to press, at %i px (WEB-16, WEB-51)',
    async (width) => {
      await hold('watch_only');
      const { page } = await people.open(hub.url + SESSION, { width, height: 740, locale: 'fr' });
      for (const tab of ['questions', 'poll']) {
        await page.goto(`${hub.url}${SESSION}?tab=${tab}`);
        await settled(page);
        await page.getByText('À cet événement, les invités regardent et lisent.').waitFor();
        expect(await page.getByRole('main').getByRole('link', { name: 'Se connecter' }).getAttribute('href')).toContain(
          '/sign-in',
        );
        expect(await page.locator('main').locator('textarea, input, [aria-pressed]').count()).toBe(0);
        expect(await lastingMisfits(page)).toBeNull();
      }
    },
    30_000,
  );
});
