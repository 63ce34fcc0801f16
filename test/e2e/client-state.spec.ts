import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type Page } from 'playwright-core';
import { newerStatics } from '../../scripts/lint/newer-apis.mjs';
import { launchChromium, launchProfile } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { startHttpOnlyProxy } from '../support/proxies/http-only-proxy.js';
import { type Proxy, startProxy } from '../support/proxies/tcp-proxy.js';
import { until } from '../support/until.js';
import { visitors } from '../support/browser/visitors.js';

const SESSION = '/ai-week/s/anniversary';
const FIELD = 'Ask the speakers a question';

let hub: HubProcesses;
let browser: Browser;
let people: ReturnType<typeof visitors>;
let line: Proxy;
let httpOnly: Awaited<ReturnType<typeof startHttpOnlyProxy>>;

beforeAll(async () => {
  [line, httpOnly] = await Promise.all([startProxy('http://127.0.0.1:1'), startHttpOnlyProxy()]);
  hub = await startHubProcesses({ env: { ALLOWED_ORIGINS: `${line.url},${httpOnly.url}` } });
  await hub.database.query(`UPDATE session SET premoderated = false WHERE slug = 'anniversary'`);
  line.lead(hub.url);
  httpOnly.lead(hub.url);
  browser = await launchChromium();
  people = visitors(browser);
}, 120_000);

afterEach(() => people.close());
afterAll(() => Promise.allSettled([browser?.close(), hub?.close(), line?.close(), httpOnly?.close()]), 60_000);

const field = (page: Page) => page.getByPlaceholder(FIELD);

async function ask(page: Page, text: string) {
  await field(page).fill(text);
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  const goOn = page.getByRole('button', { name: 'Go on without a name' });
  await goOn
    .or(page.locator('[data-question]', { hasText: text }))
    .first()
    .waitFor();
  if (await goOn.isVisible()) await goOn.click();
  await page.locator('[data-question]', { hasText: text }).first().waitFor();
}

/** A guest whose line is open, at this address of the hub. */
async function guest(url: string, text: string) {
  const visitor = await people.open(url + SESSION);
  await ask(visitor.page, text);
  return visitor;
}

/** News came: a question in the list, or the button that counts new questions while the person reads. */
const news = (page: Page, text: string) =>
  page
    .locator('[data-question]', { hasText: text })
    .or(page.getByRole('button', { name: /new question/ }))
    .first();

const wake = (page: Page) => page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);

describe('a device that slept', () => {
  it('is up to date soon after it wakes, though its connection is open in name only (WEB-64)', async () => {
    const { page } = await guest(line.url, 'Before the sleep?');
    line.strand();
    await guest(hub.url, 'Asked meanwhile?');
    const wokenAt = Date.now();
    await wake(page);
    await news(page, 'Asked meanwhile?').waitFor({ timeout: 12_000 });
    expect(Date.now() - wokenAt).toBeLessThan(12_000);
  }, 90_000);

  it('notices a silent network by itself (WEB-64)', async () => {
    const { page } = await guest(line.url, 'Before the silence?');
    line.strand();
    await guest(hub.url, 'Asked in the silence?');
    await news(page, 'Asked in the silence?').waitFor({ timeout: 20_000 });
  }, 90_000);
});

describe('a network without WebSockets', () => {
  it('lets people read on after they signed in, and says that the rest needs another one (WEB-65)', async () => {
    const { page } = await people.open(httpOnly.url + SESSION);
    await field(page).fill('Does this arrive?');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByRole('button', { name: 'Go on without a name' }).click();
    await page.getByText(/^This network blocks live connections/).waitFor({ timeout: 40_000 });
    await guest(hub.url, 'News over HTTP?');
    await news(page, 'News over HTTP?').waitFor();
    await expect(field(page).inputValue()).resolves.toBe('Does this arrive?');
  }, 120_000);
});

describe('a browser that keeps no cookies', () => {
  it('asks and votes all the same (WEB-66)', async () => {
    const profile = await mkdtemp(join(tmpdir(), 'plenum-cookies-'));
    const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
    await mkdir(join(profile, 'Default'));
    await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(blocked));
    const context = await launchProfile(profile);
    try {
      const page = await context.newPage();
      await page.goto(hub.url + SESSION);
      await ask(page, 'Without a cookie?');
      expect(await context.cookies()).toEqual([]);
    } finally {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    }
  }, 60_000);
});

describe('signing out in another tab', () => {
  it('leaves a viewer with their words (WEB-67, WEB-63)', async () => {
    const { page, context } = await guest(hub.url, 'Before signing out?');
    await field(page).fill('Half a que');
    const other = await context.newPage();
    await other.goto(hub.url + SESSION);
    await other.evaluate(`fetch('/api/auth/sign-out', { method: 'POST' })`);
    await page.getByRole('button', { name: /^Signed in as/ }).waitFor({ state: 'hidden' });
    await page.locator('[data-question]').first().waitFor();
    await expect(field(page).inputValue()).resolves.toBe('Half a que');
    await guest(hub.url, 'News for a viewer?');
    await news(page, 'News for a viewer?').waitFor();
  }, 60_000);
});

describe('words that were not sent', () => {
  it('are there after another tab of the page and after a reload (WEB-62)', async () => {
    const { page } = await people.open(hub.url + SESSION);
    await field(page).fill('Half a question');
    await page.getByRole('tab', { name: 'About' }).click();
    await page.getByRole('tab', { name: /Questions/ }).click();
    await expect(field(page).inputValue()).resolves.toBe('Half a question');
    await page.reload();
    await until('the words', async () => (await field(page).inputValue()) === 'Half a question');
  }, 60_000);
});

describe('a page that the browser translates', () => {
  /** What translators do: each text node goes into an element of its own, with other words. */
  const TRANSLATE = `{
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      if (!text.data.trim() || text.parentElement?.closest('font, script, style, textarea')) continue;
      const font = document.createElement('font');
      font.textContent = '«' + text.data + '»';
      text.replaceWith(font);
    }
  }`;

  it('outlives tabs, a sign-in and a new question (WEB-68)', async () => {
    const { page, complaints } = await guest(hub.url, 'Before the translation?');
    await page.evaluate(TRANSLATE);
    await page.getByRole('tab').nth(1).click();
    await page.evaluate(TRANSLATE);
    await page.getByRole('tab').nth(2).click();
    await page.getByRole('tab').nth(0).click();
    await page.evaluate(TRANSLATE);
    await guest(hub.url, 'After the translation?');
    await news(page, 'After the translation?').waitFor();
    expect(complaints.filter((complaint) => !/Failed to load resource/.test(complaint))).toEqual([]);
  }, 60_000);

  it('outlives a poll that opens, is answered and closes (WEB-68)', async () => {
    const { page, complaints } = await guest(hub.url, 'Before the poll?');
    const { page: desk } = await people.open(`${hub.url}/demo/moderator`);
    const running = desk.getByTestId('moderated-poll').filter({ has: desk.getByRole('button', { name: /^Close/ }) });
    const draft = desk
      .getByTestId('moderated-poll')
      .filter({ has: desk.getByRole('button', { name: 'Open', exact: true }) });
    await running.first().getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('tab').nth(1).click();
    await page.evaluate(TRANSLATE);
    await draft.first().getByRole('button', { name: 'Open', exact: true }).click();
    const choice = page.getByRole('tabpanel').getByRole('radio').or(page.getByRole('tabpanel').getByRole('checkbox'));
    await choice.first().waitFor();
    await page.evaluate(TRANSLATE);
    await choice.first().check();
    await page.evaluate(TRANSLATE);
    await page.getByRole('tabpanel').locator('button[type=submit]').first().click();
    await choice.first().waitFor({ state: 'detached' });
    await page.evaluate(TRANSLATE);
    await running.first().getByRole('button', { name: 'Close', exact: true }).click();
    await until('closed', async () => (await page.getByRole('tabpanel').textContent())?.includes('Closed'));
    await page.evaluate(TRANSLATE);
    await page.getByRole('tab').nth(0).click();
    await page.locator('[data-question]').first().waitFor();
    expect(complaints.filter((complaint) => !/Failed to load resource/.test(complaint))).toEqual([]);
  }, 60_000);
});

describe('a browser of the build’s target', () => {
  it('shows the session and asks, without the APIs that it lacks (WEB-69)', async () => {
    const { page, complaints } = await people.open('about:blank');
    await page.addInitScript((names) => {
      for (const [object, property] of names) {
        const owner = (globalThis as Record<string, unknown>)[object!] as Record<string, unknown> | undefined;
        if (owner) delete owner[property!];
      }
    }, newerStatics);
    await page.goto(hub.url + SESSION);
    expect(await page.evaluate(() => 'any' in AbortSignal)).toBe(false);
    await ask(page, 'From an old browser?');
    expect(complaints.filter((complaint) => !/Failed to load resource/.test(complaint))).toEqual([]);
  }, 60_000);
});

describe('texts that fail to load', () => {
  it('leave the language as it was, say so, and load when they are chosen again (WEB-71)', async () => {
    const { page, context } = await people.open(hub.url + SESSION);
    await field(page).waitFor();
    await context.route(/assets\/session-[^/]*\.json$/, (route) => route.abort());
    const choose = () => page.getByLabel('Language', { exact: true }).first().selectOption('nl');
    await choose();
    await page
      .getByText(/^A part of this page could not be loaded/)
      .first()
      .waitFor();
    await expect(page.getByRole('tab', { name: 'About' }).isVisible()).resolves.toBe(true);
    await context.unroute(/assets\/session-[^/]*\.json$/);
    await choose();
    await until('the page in Dutch', () => page.evaluate(`document.documentElement.lang === 'nl'`));
    await page.getByRole('tab', { name: 'About' }).waitFor({ state: 'hidden' });
  }, 60_000);
});

describe('a refusal while a dialog is open', () => {
  it('is shown in the dialog, where it can be heard and closed (WEB-70)', async () => {
    const { page, context } = await people.open(`${hub.url}/demo/moderator`);
    await page.getByRole('button', { name: 'New poll' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What do you ask?').fill('Which way?');
    await dialog.getByLabel('Answer 1', { exact: true }).fill('Same');
    await dialog.getByLabel('Answer 2', { exact: true }).fill('same');
    await dialog.getByRole('button', { name: 'Save' }).click();
    const toast = dialog.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Close' }) });
    await toast.waitFor();
    await expect(dialog.getByRole('status').last().count()).resolves.toBe(1);
    await toast.getByRole('button', { name: 'Close' }).click();
    await toast.waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'New poll' }).click();
    await expect(dialog.getByLabel('What do you ask?').inputValue()).resolves.toBe('Which way?');
    await context.close();
  }, 60_000);
});
