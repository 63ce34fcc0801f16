import { type Browser, type Page } from 'playwright-core';
import type { Screen } from '#libs/contract/screen';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { testClients, type TestClient } from '../support/clients/test-clients.js';
import { until } from '../support/until.js';
import { visitors } from '../support/browser/visitors.js';

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
];
/** As long as a page of items stays. */
const PAGE_MS = 10_000;

const WORDS = 'Krankenversicherungsgesellschaften und Gemeinden fragen: wer bezahlt die Ausbildung der Lehrkräfte? ';
const prose = (length: number) => WORDS.repeat(Math.ceil(length / WORDS.length)).slice(0, length - 1) + '?';
const unbroken = (length: number) => 'W'.repeat(length);
const options = (count: number, text: (length: number) => string) =>
  Array.from({ length: count }, (_, n) => `${n + 1} ${text(117)}`.slice(0, 120));

let hub: HubProcesses;
let browser: Browser;
let halls: ReturnType<typeof visitors>;
let session: Awaited<ReturnType<HubProcesses['make']['session']>>;
let moderator: TestClient;
let leave = () => {};
let path: string;

beforeAll(async () => {
  hub = await startHubProcesses();
  browser = await launchChromium();
  halls = visitors(browser);
  const event = await hub.make.event({ title: prose(200) });
  session = await hub.make.session({
    event_id: event.id,
    title: prose(200),
    translations: { fr: { title: unbroken(200) } },
  });
  path = `/present/${String(event.slug)}/${String(session.slug)}`;
  const all = testClients(hub, session);
  leave = all.leave;
  moderator = await all.join({ role: 'moderator' });
}, 120_000);
afterEach(() => halls.close());
afterAll(async () => {
  leave();
  await Promise.allSettled([browser?.close(), hub?.close()]);
}, 60_000);

const show = (screen: Screen) => moderator.client.request('screen:show', { sessionId: session.id, screen });

const question = async (text: string) => {
  const author = await hub.make.actor({ event_id: session.event_id, name: prose(80) });
  const { id } = await hub.make.question({
    session_id: session.id,
    author_id: author.id,
    text,
    text_key: text,
    reply_text: text,
    reply_author_id: author.id,
    reply_at: new Date(),
  });
  // the hub learns of the row by an act on it
  await moderator.client.request('question:moderate', { questionId: id, action: 'pin' });
  return id;
};
const poll = async (texts: readonly string[], more: Record<string, unknown> = {}) => {
  const made = await hub.make.poll({
    session_id: session.id,
    state: 'draft',
    question: prose(300),
    options: [...texts],
    ...more,
  });
  const endsAt = new Date(Date.now() + 3_600_000).toISOString();
  await moderator.client.request('poll:open', { pollId: made.id, endsAt });
  return made.id;
};

/** What a page is made of, as far as these tests look at it; they run outside a browser and have no types of one. */
interface Element {
  readonly textContent: string;
  readonly scrollHeight: number;
  readonly clientHeight: number;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly hidden: boolean;
  querySelectorAll(css: string): Iterable<Element>;
  getBoundingClientRect(): { left: number; right: number; top: number; bottom: number; width: number; height: number };
}
interface Window {
  readonly innerWidth: number;
  readonly innerHeight: number;
  readonly document: Pick<Element, 'querySelectorAll'> & { readonly scrollingElement: Element };
  getComputedStyle(element: Element): { readonly fontSize: string };
}

/** The overflow: the page, a part of it that is cut, or words outside the window; and the size of the items, in % of the height. */
const lookAt = (page: Page) =>
  page.evaluate(() => {
    const { document, innerWidth, innerHeight, getComputedStyle } = globalThis as unknown as Window;
    const all = [...document.querySelectorAll('[data-testid=projector], [data-testid=projector] *')];
    const isCut = (one: Element) =>
      one.clientHeight > 0 &&
      (one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2) &&
      [...one.querySelectorAll('*')].length > 0;
    const isOutside = (one: Element) => {
      const { left, right, top, bottom, width } = one.getBoundingClientRect();
      return width > 0 && (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1);
    };
    const parts = [...document.querySelectorAll('[data-testid=projector] > div, [data-testid=projector] > div > *')];
    const items = [...document.querySelectorAll('[data-item]')].filter((item) => !item.hidden);
    const sizes = items.map((item) => (100 * Number.parseFloat(getComputedStyle(item).fontSize)) / innerHeight);
    return {
      wrong: [
        ...parts.filter(isCut).map((one) => `cut: ${one.textContent.slice(0, 60)}`),
        ...all.filter(isOutside).map((one) => `outside: ${one.textContent.slice(0, 60)}`),
        ...(document.scrollingElement.scrollHeight > innerHeight ? ['the page scrolls'] : []),
      ],
      items: items.map(({ textContent }) => textContent.slice(0, 12)),
      smallest: Math.min(...sizes, 100),
    };
  });

async function open(kind: string, { locale = 'en', width = 1280, height = 720 } = {}) {
  const { page } = await halls.open(hub.url + path, { locale, width, height, reducedMotion: 'reduce' });
  await page.locator(`[data-testid=projector][data-shows=${kind}]`).waitFor();
  return page;
}

/** Half a page's time from both turns of pages, so that the clocks of the page and of the server may differ a little. */
const middleOfPage = (time: number) => (Math.floor(time / PAGE_MS) + 0.5) * PAGE_MS;

/** The number of pages may change, such as when a notice takes some of the space. */
async function showsPageOf(page: Page, time: number) {
  const [mark] = await page.getByText(/^Page \d+ of \d+$/).allTextContents();
  if (!mark) return true;
  const [shown, pages] = [...mark.matchAll(/\d+/g)].map(Number);
  return shown === (Math.floor(time / PAGE_MS) % pages!) + 1;
}

/** Waits until the content fits, at every size; returns what does not. */
async function fitsEverywhere(kind: string, locale = 'en') {
  const page = await open(kind, { locale });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    let seen = await lookAt(page);
    const isFitting = async () => (seen = await lookAt(page)).wrong.length === 0;
    await until('everything in its place', isFitting, 15_000).catch(() => undefined);
    expect([kind, size, seen.wrong]).toEqual([kind, size, []]);
  }
  return page;
}

describe('the projector fits the longest texts at every size', () => {
  it.each([
    { text: 'words', make: prose },
    { text: 'one word', make: unbroken },
  ])(
    'a question of 500 characters with its name and its reply: $text (WEB-81)',
    async ({ make }) => {
      await show({ kind: 'question', questionId: await question(make(500)) });
      await fitsEverywhere('question');
    },
    60_000,
  );

  it.each([
    { what: '8 answers of 90 characters', texts: options(8, prose).map((text) => text.slice(0, 90)), more: {} },
    { what: '30 answers of 120 characters', texts: options(30, prose), more: { type: 'multiple', min: 1, max: 30 } },
    { what: '30 answers of one word', texts: options(30, unbroken), more: {} },
    { what: 'a rating with 11 steps', texts: Array.from({ length: 11 }, (_, n) => `${n}`), more: { type: 'rating' } },
  ])(
    'a poll and its result: $what, and every answer is readable (WEB-81)',
    async ({ texts, more }) => {
      const pollId = await poll(texts, more);
      await show({ kind: 'poll', pollId });
      const page = await fitsEverywhere('poll');
      await until('answers that can be read', async () => (await lookAt(page)).smallest >= 2.3);
      const seen = new Set<string>();
      // Pages turn by the server's clock; without its answers the page's own clock can be moved.
      await page.route('**/state', (route) => route.abort());
      const now = middleOfPage(Date.now());
      for (let turn = 0; seen.size < texts.length && turn < 2 * texts.length; turn++) {
        const time = now + turn * PAGE_MS;
        await page.clock.setFixedTime(time);
        await until('the page of that time', () => showsPageOf(page, time));
        (await lookAt(page)).items.forEach((item) => seen.add(item));
      }
      expect(seen.size).toBe(texts.length);
      await page.unroute('**/state');
      await show({ kind: 'result', pollId });
      await fitsEverywhere('result');
    },
    90_000,
  );

  it('the most supported questions, all of them long (WEB-81)', async () => {
    for (const number of [9, 8, 7, 6, 5]) await question(`${number} ${prose(498)}`);
    await show({ kind: 'top' });
    await fitsEverywhere('top');
  }, 60_000);

  it.each(['en', 'fr'])(
    'a title of 200 characters, in its translation too: %s (WEB-81)',
    async (locale) => {
      await show({ kind: 'title' });
      await fitsEverywhere('title', locale);
    },
    60_000,
  );
});

describe('the pages of a projector', () => {
  it('say which one is shown, and take turns by the clock (WEB-81)', async () => {
    await show({ kind: 'poll', pollId: await poll(options(30, unbroken)) });
    const page = await open('poll');
    const mark = page.getByText(/^Page \d of \d$/);
    await mark.waitFor();
    const now = Math.floor(Date.now() / 60_000) * 60_000;
    await page.clock.setFixedTime(now);
    const first = await until('a page', () => mark.textContent());
    await page.clock.setFixedTime(now + PAGE_MS);
    await until('the next page', async () => (await mark.textContent()) !== first);
  }, 30_000);
});

describe('the address on a projector', () => {
  it('is short, and leads to the session (WEB-86, PROG-20)', async () => {
    await show({ kind: 'title' });
    const page = await open('title');
    const address = `${hub.url}/j/${String(session.join_code)}`;
    await page.getByText(address.replace('http://', '')).waitFor();
    await page.getByRole('img', { name: 'Code to scan with your phone' }).waitFor();
    await page.goto(address);
    expect(new URL(page.url()).pathname).toBe(path.replace('/present', '').replace(/\/(?=[^/]+$)/, '/s/'));
  }, 30_000);

  it('stands beside the number of people and the time that is left (WEB-86)', async () => {
    await show({ kind: 'top' });
    const page = await open('top');
    await page.getByText(/^\d+ (person|people)$/).waitFor();
    await page.getByText(/^(\d+:)?\d+:\d+ left$/).waitFor();
  }, 30_000);
});

describe('the screen of the projector', () => {
  /** The locks that the page asked the browser for, in order; true: it is held. */
  const held = (page: Page) =>
    page.evaluate(() =>
      (globalThis as unknown as { locks: { released: boolean }[] }).locks.map((lock) => !lock.released),
    );

  it('is kept on while it is shown: asked for again after the page was hidden, given back when it is left (WEB-179)', async () => {
    const { page } = await halls.open('about:blank');
    await page.addInitScript(() => {
      const locks: unknown[] = [];
      const { navigator } = globalThis as unknown as {
        navigator: { wakeLock: { request(kind: string): Promise<unknown> } };
      };
      const request = navigator.wakeLock.request.bind(navigator.wakeLock);
      navigator.wakeLock.request = async (kind) => {
        const lock = await request(kind);
        locks.push(lock);
        return lock;
      };
      Object.assign(globalThis, { locks });
    });
    await page.goto(hub.url + path);
    await until('the lock', async () => (await held(page)).join() === 'true');
    // What a browser does when the page is hidden, and what it says when it is shown again.
    await page.evaluate(`locks[0].release()`);
    expect(await held(page)).toEqual([false]);
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await until('another lock', async () => (await held(page)).join() === 'false,true');
    await page.evaluate(`history.pushState({}, '', '/'); dispatchEvent(new PopStateEvent('popstate'))`);
    await until('no lock any more', async () => (await held(page)).join() === 'false,false');
  }, 60_000);
});
