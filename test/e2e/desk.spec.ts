import { type Browser, type Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub-process.js';
import { until } from '../support/until.js';
import { visitors } from '../support/visitors.js';

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
interface Window {
  readonly innerHeight: number;
  readonly document: {
    readonly documentElement: { readonly scrollHeight: number };
    querySelector(css: string): { getBoundingClientRect(): { top: number; bottom: number } } | null;
  };
}

/** How much higher the page is than its window, and which of the parts are not wholly in it. */
const outOfView = (page: Page, parts: readonly string[]) =>
  page.evaluate((selectors) => {
    const { document, innerHeight } = globalThis as unknown as Window;
    const isIn = (css: string) => {
      const box = document.querySelector(css)?.getBoundingClientRect();
      return box !== undefined && box.top >= 0 && box.bottom <= innerHeight;
    };
    return {
      higher: document.documentElement.scrollHeight - innerHeight,
      hidden: selectors.filter((css) => !isIn(css)),
    };
  }, parts);

/** Opens the desk of the demo's plenary, once it has its questions. */
async function openDesk(size: { width?: number; height?: number } = {}) {
  const { page } = await people.open(`${hub.url}/demo/moderator`, { reducedMotion: 'reduce', ...size });
  await page.getByTestId('moderated-question').first().waitFor();
  return { desk: page };
}

const picture = (desk: Page) => desk.getByTestId('on-screen').getByRole('img', { name: /projector shows/ });
const choice = (desk: Page, name: string) =>
  desk.getByRole('group', { name: 'What the projector shows' }).getByRole('button', { name, exact: true });
const shows = (page: Page, kind: string) => page.locator(`[data-testid=projector][data-shows=${kind}]`).waitFor();

describe('the desk of a moderator', () => {
  it.each([
    { width: 1280, height: 720 },
    { width: 1440, height: 900 },
    { width: 1920, height: 1080 },
  ])(
    'keeps what waits and what the audience sees in view at $width × $height; only columns scroll (WEB-84)',
    async (size) => {
      const { desk } = await openDesk(size);
      const parts = ['header h1', '[data-panel=waiting] h2', '[data-testid=on-screen]'];
      expect(await outOfView(desk, parts)).toEqual({ higher: 0, hidden: [] });
      await desk.getByRole('heading', { name: 'Stage' }).scrollIntoViewIfNeeded();
      await desk.getByTestId('moderated-poll').last().scrollIntoViewIfNeeded();
      await desk.locator('[data-panel=ranked]').getByTestId('moderated-question').last().scrollIntoViewIfNeeded();
      expect(await outOfView(desk, parts)).toEqual({ higher: 0, hidden: [] });
    },
    30_000,
  );

  it('shows the same as the projector, through everything that happens to questions and polls (WEB-80, WEB-40)', async () => {
    const { desk } = await openDesk();
    const hall = await people.open(`${hub.url}/present/ai-week/anniversary`);
    const both = (kind: string) => Promise.all([shows(desk, kind), shows(hall.page, kind)]);
    await both('question');

    const poll = desk
      .getByTestId('moderated-poll')
      .filter({ has: desk.getByRole('button', { name: 'Open', exact: true }) });
    await poll.first().getByRole('button', { name: 'Open', exact: true }).click();
    await desk.getByTestId('moderated-poll').getByRole('button', { name: 'Put on the projector' }).first().waitFor();
    await both('question');

    await choice(desk, 'Poll').click();
    await both('poll');
    await desk.getByText('Being answered now').waitFor();
    await desk.keyboard.press('d');
    await desk.getByText('Being answered now').waitFor({ state: 'detached' });
    await both('poll');

    await choice(desk, 'Nothing').click();
    await both('nothing');
    await desk.keyboard.press('z');
    await both('poll');
    expect(hall.complaints).toEqual([]);
  }, 60_000);

  it('chooses what the projector shows with the keyboard alone, and says so (WEB-85)', async () => {
    const { desk } = await openDesk();
    await desk.locator('[data-panel=ranked]').getByTestId('moderated-question').first().click();
    await desk.keyboard.press('s');
    await shows(desk, 'question');
    for (const [key, kind, words] of [
      ['4', 'top', 'The projector shows the most supported questions'],
      ['5', 'title', 'The projector shows the title and the code'],
      ['6', 'nothing', 'The projector shows nothing'],
    ] as const) {
      await desk.keyboard.press(key);
      await shows(desk, kind);
      expect(await picture(desk).getAttribute('aria-label')).toBe(words);
    }
    await choice(desk, 'Title, code').focus();
    await desk.keyboard.press('Enter');
    await shows(desk, 'title');
    await until(
      'the choice said',
      async () => (await choice(desk, 'Title, code').getAttribute('aria-pressed')) === 'true',
    );
  }, 30_000);
});
