import { type Browser, type Page } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { newId } from '#libs/client/new-id';
import { testClients as team } from '../support/clients/test-clients.js';
import { until } from '../support/until.js';
import { visitors } from '../support/browser/visitors.js';

/** What a page is made of, as far as these tests look at it; they run outside a browser and have no types of one. */
interface Node {
  readonly textContent: string | null;
  contains(other: Node): boolean;
  getBoundingClientRect(): { x: number; y: number; width: number; height: number };
  requestFullscreen(): Promise<void>;
}
interface Window {
  readonly document: {
    querySelector(css: string): Node | null;
    querySelectorAll(css: string): Iterable<Node>;
    elementFromPoint(x: number, y: number): Node | null;
  };
}

const SESSION = '/ai-week/s/anniversary';

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

const field = (page: Page) => page.getByPlaceholder('Ask the speakers a question');

describe('a page that does not exist', () => {
  it('lets strangers sign in, since it may be private, and shows it to members (PROG-9)', async () => {
    const event = await hub.make.event({ slug: 'members-only', access: 'private' });
    const session = await hub.make.session({ event_id: event.id, slug: 'budget', title: 'The budget of the panels' });
    const member = await hub.make.actor({ event_id: event.id });
    const path = `/members-only/s/${String(session.slug)}`;
    const { page, context } = await people.open(hub.url + path);
    await page.getByRole('heading', { name: 'This page does not exist' }).waitFor();
    const signIn = page.getByRole('link', { name: 'Sign in' });
    expect(decodeURIComponent((await signIn.getAttribute('href')) ?? '')).toBe(`/sign-in?back=${path}`);

    await context.addCookies([{ name: 'plenum', value: (await hub.sign(String(member.id))).token, url: hub.url }]);
    await page.goto(hub.url + path);
    await page.getByRole('heading', { name: 'The budget of the panels' }).waitFor();
    await page.goto(`${hub.url}/no-such-event`);
    await page.getByRole('heading', { name: 'This page does not exist' }).waitFor();
    await page.getByRole('link', { name: 'To the events' }).waitFor();
    await until('no more way to sign in, once the actor is known', async () => (await signIn.count()) === 0);
  }, 60_000);
});

describe('a new build under an open page', () => {
  /** From now on the files of the page's build are gone, and the hub's page names another script. */
  async function replaceBuild(page: Page, isNewer: boolean) {
    const counts = { asked: 0, loaded: 0 };
    await page.context().route(/\/assets\/programme-page-[^/]*\.js$/, (route) => {
      counts.asked += 1;
      return counts.loaded > 0 ? route.continue() : route.fulfill({ status: 404, body: 'gone' });
    });
    await page.context().route(/^http:\/\/[^/]+\/ai-week/, async (route) => {
      if (route.request().resourceType() === 'document') {
        counts.loaded += 1;
        return route.continue();
      }
      const response = await route.fetch();
      const html = await response.text();
      return route.fulfill({
        response,
        body: isNewer ? html.replace(/(assets\/index-)[\w-]+/g, '$1of-the-new-build') : html,
      });
    });
    return counts;
  }

  /** To the programme, whose code is not here yet. */
  const goOn = (page: Page) => page.locator('header').getByRole('link').first().click();

  it('loads the page again, once, with what was typed, where a part of the old build is gone (WEB-71)', async () => {
    const { page } = await people.open(hub.url + SESSION);
    await field(page).fill('Half a question');
    const counts = await replaceBuild(page, true);
    await goOn(page);
    await until('the page is loaded again', () => counts.loaded === 1);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.goto(hub.url + SESSION);
    await until('the words', async () => (await field(page).inputValue()) === 'Half a question');
    await goOn(page);
    await page.waitForURL(/\/ai-week(\?.*)?$/);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(counts.loaded).toBe(2); // by itself, and by the test
  }, 60_000);

  it('does not load it again where the hub has the same build: it says what is missing (WEB-71)', async () => {
    const { page } = await people.open(hub.url + SESSION);
    await field(page).waitFor();
    const counts = await replaceBuild(page, false);
    await goOn(page);
    await page
      .getByText(/^A part of this page could not be loaded/)
      .first()
      .waitFor();
    expect(counts.loaded).toBe(0);
  }, 60_000);
});

describe('a device whose clock is wrong', () => {
  /** once automatically, and once by the test */
  async function openPoll() {
    const event = await hub.make.event();
    const session = await hub.make.session({ event_id: event.id });
    const { connect, leave } = team(hub, session);
    const { client } = await connect({ role: 'moderator' });
    const { poll } = await client.request('poll:create', {
      id: newId(),
      sessionId: session.id,
      question: 'How long?',
      type: 'single',
      options: ['Short', 'Long'],
      results: 'on_close',
      changeable: true,
    });
    await client.request('poll:open', { pollId: poll.id, endsAt: new Date(Date.now() + 180_000).toISOString() });
    await client.request('screen:show', { sessionId: session.id, screen: { kind: 'poll', pollId: poll.id } });
    leave();
    return { event: String(event.slug), session: String(session.slug) };
  }

  /** Whether a clock on the page shows the three minutes, or the first half of them; the session's own clock shows an hour. */
  async function showsThreeMinutes(page: Page): Promise<boolean> {
    const texts = await page.getByRole('timer').allTextContents();
    return texts.some((text) => {
      const [, minutes, seconds] = /(\d+):(\d\d)(?!:)/.exec(text) ?? [];
      const left = Number(minutes) * 60 + Number(seconds);
      return left > 90 && left <= 180;
    });
  }

  it.each([
    ['slow', -300_000],
    ['fast', 300_000],
  ])(
    'shows the same three minutes of a poll to a viewer without sign-in and on the projector: five minutes %s (FEED-35)',
    async (_, error) => {
      const { event, session } = await openPoll();
      for (const path of [`/present/${event}/${session}`, `/${event}/s/${session}?tab=poll`]) {
        const { page } = await people.open('about:blank', { reducedMotion: 'reduce' });
        await page.addInitScript((wrong) => {
          const now = Date.now.bind(Date);
          Date.now = () => now() + wrong;
        }, error);
        await page.goto(hub.url + path);
        await until(`three minutes on ${path}`, () => showsThreeMinutes(page));
      }
    },
    60_000,
  );
});

describe('a message while the stream fills the screen', () => {
  /** Whether the element in the middle of the message is the message. */
  const isOnTop = (page: Page, words: string) =>
    page.evaluate((text) => {
      const { document } = globalThis as unknown as Window;
      const item = [...document.querySelectorAll('li')].find((one) => one.textContent?.includes(text));
      const box = item?.getBoundingClientRect();
      if (!item || !box || box.width === 0) return false;
      const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return seen !== null && item.contains(seen);
    }, words);

  it('lies over the picture, can be closed there, and is announced there (WEB-70)', async () => {
    const { page } = await people.open(hub.url + SESSION);
    await field(page).fill('Is this seen in full screen?');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByRole('button', { name: 'Go on without a name' }).click();
    await page.getByText('Waiting for a moderator').first().waitFor();
    await page.evaluate(() => {
      const { document } = globalThis as unknown as Window;
      return document.querySelector('[data-phase]')?.requestFullscreen();
    });

    const { page: desk } = await people.open(`${hub.url}/demo/moderator?event=ai-week`);
    const card = desk.getByTestId('moderated-question').filter({ hasText: 'Is this seen in full screen?' });
    await card.click();
    await desk.keyboard.press('a');

    const words = 'Your question was approved';
    await until('the message over the picture', () => isOnTop(page, words));
    const inFull = page.locator(':fullscreen');
    expect(await inFull.count()).toBe(1);
    const message = inFull.getByRole('listitem').filter({ hasText: words });
    await until('it is announced', async () =>
      (await inFull.getByRole('status').allTextContents()).join().includes(words),
    );
    await message.getByRole('button', { name: 'Close' }).click();
    await message.waitFor({ state: 'detached' });
  }, 60_000);
});
