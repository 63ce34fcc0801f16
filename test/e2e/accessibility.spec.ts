import { type Browser, type Page } from 'playwright-core';
import { seriousProblems } from '../support/browser/axe.js';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { until } from '../support/until.js';
import { appOf, visitors } from '../support/browser/visitors.js';

const PROGRAMME = '/ai-week';
const SESSION = '/ai-week/s/anniversary';
const PUBLIC = [
  PROGRAMME,
  SESSION,
  `${SESSION}?tab=poll`,
  `${SESSION}?tab=about`,
  '/present/ai-week/anniversary',
  '/sign-in',
  '/nowhere/at/all',
];

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

async function read(page: Page) {
  await appOf(page);
  await page.locator('h1, [data-question]').first().waitFor();
}

/** The session may have begun yesterday, when the tests run after midnight. */
async function dayOfSession(): Promise<string> {
  const [row] = await hub.database.query<{ day: string }>(
    `SELECT to_char(s.starts_at AT TIME ZONE e.time_zone, 'YYYY-MM-DD') AS day
       FROM session s JOIN event e ON e.id = s.event_id WHERE s.slug = 'anniversary'`,
  );
  return row!.day;
}

/** In light colours, then the contrast in dark ones. */
async function problemsOf(page: Page, where: string): Promise<string[]> {
  const light = await seriousProblems(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await seriousProblems(page, 'only');
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((problem) => `dark: ${problem}`)].map((problem) => `${where}: ${problem}`);
}

describe('every page', () => {
  it('of the audience has nothing that axe calls serious, in light and in dark (WEB-50)', async () => {
    const { page } = await people.open('about:blank', { reducedMotion: 'reduce' });
    const problems: string[] = [];
    for (const path of PUBLIC) {
      await page.goto(hub.url + path);
      await read(page);
      problems.push(...(await problemsOf(page, path)));
    }
    expect(problems).toEqual([]);
  }, 60_000);

  it.each(['fr', 'nl', 'de'])(
    'says its language, and has words for everything that a screen reader names: %s (WEB-50, WEB-57)',
    async (locale) => {
      const { page } = await people.open('about:blank', { locale, reducedMotion: 'reduce' });
      const problems: string[] = [];
      for (const path of PUBLIC) {
        await page.goto(hub.url + path);
        await read(page);
        problems.push(...(await seriousProblems(page, 'without')).map((problem) => `${path}: ${problem}`));
        expect([path, await page.locator('html').getAttribute('lang')]).toEqual([path, locale]);
      }
      expect(problems).toEqual([]);
    },
    60_000,
  );

  it('of the team has nothing that axe calls serious, its dialogs neither (WEB-50)', async () => {
    const problems: string[] = [];
    const speaker = await people.open(`${hub.url}/demo/speaker`, { reducedMotion: 'reduce' });
    await speaker.page.getByText('On screen now').waitFor();
    problems.push(...(await problemsOf(speaker.page, 'speaker')));

    const { page } = await people.open(`${hub.url}/demo/moderator`, { reducedMotion: 'reduce' });
    await page.getByTestId('moderated-question').first().waitFor();
    problems.push(...(await problemsOf(page, 'moderator')));
    await page.getByTestId('moderated-question').first().click();
    await page.keyboard.press('r');
    await page.getByRole('dialog', { name: 'Reject this question' }).waitFor();
    problems.push(...(await problemsOf(page, 'rejecting')));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'New poll' }).click();
    await page.getByRole('dialog', { name: 'New poll' }).waitFor();
    problems.push(...(await problemsOf(page, 'writing a poll')));
    expect(problems).toEqual([]);
  }, 60_000);

  it.each(['fr', 'nl', 'de'])(
    'of the team has words in every language: %s (WEB-50, WEB-57)',
    async (locale) => {
      const problems: string[] = [];
      const check = async (where: string, page: Page) =>
        problems.push(...(await seriousProblems(page, 'without')).map((problem) => `${where}: ${problem}`));
      const speaker = await people.open(`${hub.url}/demo/speaker`, { locale, reducedMotion: 'reduce' });
      await speaker.page.locator('h1').waitFor();
      await check('speaker', speaker.page);
      const { page } = await people.open(`${hub.url}/demo/moderator`, { locale, reducedMotion: 'reduce' });
      await page.getByTestId('moderated-question').first().click();
      await check('moderator', page);
      await page.keyboard.press('r');
      await page.getByRole('dialog').waitFor();
      await check('rejecting', page);
      expect(await page.locator('html').getAttribute('lang')).toBe(locale);
      expect(problems).toEqual([]);
    },
    60_000,
  );

  it('stands still for those who ask for reduced motion (WEB-56)', async () => {
    const { page } = await people.open(hub.url + SESSION, { reducedMotion: 'reduce' });
    await read(page);
    const moving = () =>
      page.evaluate(() => {
        const { document } = globalThis as unknown as {
          document: { getAnimations(): { playState: string; effect: { getComputedTiming(): { duration: number } } }[] };
        };
        return document.getAnimations().filter(({ effect }) => effect.getComputedTiming().duration > 1).length;
      });
    await page.getByRole('tab', { name: /Poll/ }).click();
    await expect(moving()).resolves.toBe(0);
  }, 30_000);
});

describe('a language', () => {
  it('is changed without leaving the page, dates too, and is remembered (WEB-57)', async () => {
    const { page } = await people.open(`${hub.url}${PROGRAMME}?q=plenary`);
    await page.getByLabel('Language', { exact: true }).first().selectOption('nl');
    await until('Dutch', async () => (await page.locator('html').getAttribute('lang')) === 'nl');
    expect(page.url()).toBe(`${hub.url}${PROGRAMME}?q=plenary`);
    await page.goto(hub.url + PROGRAMME);
    await page.getByRole('heading', { level: 1, name: /dag \d+ / }).waitFor();
  }, 30_000);
});

describe('a programme', () => {
  it('is readable before any script ran (WEB-58)', async () => {
    const { page } = await people.open(hub.url + PROGRAMME, { javaScriptEnabled: false, locale: 'fr' });
    const link = page.locator(`a[href$="${SESSION}"]`);
    await expect(link.count()).resolves.toBeGreaterThan(0);
    await expect(page.locator('main').innerText()).resolves.toMatch(/\d{1,2}[:h]\d{2}/);
    await expect(page.locator('html').getAttribute('lang')).resolves.toBe('fr');
    await link.first().click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  }, 30_000);
});

describe('without a mouse', () => {
  /** Goes on with Tab until something with this role and name has the focus, and returns whether that is visible. */
  async function tabTo(page: Page, role: 'link' | 'button' | 'tab' | 'radio' | 'textbox', name: string | RegExp) {
    const wanted = page.getByRole(role, { name, exact: typeof name === 'string' });
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press('Tab');
      for (const one of await wanted.all())
        if (await one.evaluate((element: { matches(css: string): boolean }) => element.matches(':focus'))) return one;
    }
    throw new Error(`80 times Tab did not lead to the ${role} ${String(name)}`);
  }

  it('a person finds a session, asks, votes and answers a poll (WEB-52, WEB-53)', async () => {
    const { page } = await people.open(`${hub.url}${PROGRAMME}?day=${await dayOfSession()}`);
    await read(page);
    await page.keyboard.press('Tab');
    await page.getByRole('link', { name: 'Skip to the main part' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await tabTo(page, 'link', /anniversary/);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${SESSION}`);
    await page.locator('[data-question]').first().waitFor();

    await tabTo(page, 'textbox', 'Ask the speakers a question');
    await page.keyboard.type('Can I do all of this without a mouse?');
    await tabTo(page, 'button', 'Ask');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Take part' }).waitFor();
    await tabTo(page, 'textbox', /Your name/);
    await page.keyboard.type('Noor');
    await page.keyboard.press('Enter');
    await page.locator('[data-question]', { hasText: 'without a mouse' }).waitFor();
    await until('the focus to come back', () =>
      page.evaluate(() => {
        const { document } = globalThis as unknown as { document: { activeElement: unknown; body: unknown } };
        return document.activeElement !== document.body;
      }),
    );

    await tabTo(page, 'button', /^Support this question, 19 votes/);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: /^Support this question, 20 votes/, pressed: true }).waitFor();

    await page.getByRole('tab', { name: /Questions/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tabpanel', { name: /Poll/ }).waitFor();
    await tabTo(page, 'radio', 'Health care');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, 'button', 'Send my answer');
    await page.keyboard.press('Enter');
    await page.getByText(/^Your answer is counted/).waitFor();
  }, 60_000);

  it('shows what has the focus, on every stop of a page (WEB-53)', async () => {
    const { page } = await people.open(hub.url + SESSION);
    await page.locator('[data-question]').first().waitFor();
    for (let stop = 0; stop < 12; stop += 1) {
      await page.keyboard.press('Tab');
      const unseen = await page.locator(':focus').evaluate((focused) => {
        interface Seen {
          readonly outerHTML: string;
          readonly parentElement: Seen | null;
        }
        const { getComputedStyle } = globalThis as unknown as {
          getComputedStyle(element: Seen): { boxShadow: string; outlineStyle: string };
        };
        const marks = (element: Seen | null, up = 3): boolean =>
          element !== null &&
          up > 0 &&
          (getComputedStyle(element).boxShadow !== 'none' || marks(element.parentElement, up - 1));
        const element = focused as unknown as Seen;
        return marks(element) ? null : element.outerHTML.slice(0, 120);
      });
      expect(unseen).toBeNull();
    }
  }, 30_000);

  it('a moderator works with letters and gets back to the same question after a dialog (WEB-52, WEB-53)', async () => {
    const { page } = await people.open(`${hub.url}/demo/moderator`);
    const waiting = page.locator('[data-panel=waiting]').getByTestId('moderated-question');
    await waiting.first().waitFor();
    const before = await waiting.count();
    await page.keyboard.press('j');
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog', { name: 'Reject this question' });
    await dialog.waitFor();
    await page.keyboard.press('a');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await expect(waiting.count()).resolves.toBe(before);
    await page.keyboard.press('a');
    await until('one waiting question fewer', async () => (await waiting.count()) === before - 1);
  }, 30_000);
});
