import { type Browser, type Page } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';

let hub: HubProcesses;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  hub = await startHubProcesses({ env: { LIMITS: 'on', ADDRESS_LIMIT_FACTOR: '0.01' } });
  browser = await launchChromium();
  page = await browser.newPage({ locale: 'en-GB' });
}, 120_000);
afterAll(async () => {
  await Promise.allSettled([browser?.close(), hub?.close()]);
}, 60_000);

/** Others behind the same address read until the hub refuses. */
async function othersRead(path: string, most: number) {
  for (let n = 0; n <= most; n++) {
    const answer = await fetch(`${hub.url}${path}`);
    await answer.arrayBuffer();
    if (answer.status === 429) return;
  }
  throw new Error(`${path} was never refused`);
}

const programme = () => page.locator('a[href^="/ai-week/s/"]').first();

describe('a page in a network of which the hub reads no more for a moment', () => {
  it('says so and opens by itself (ERR-37)', async () => {
    await othersRead('/api/events', 60);
    const answer = await page.goto(`${hub.url}/ai-week`);
    expect([answer?.status(), await page.locator('h1').innerText()]).toEqual([
      429,
      'Very many people on your network are opening pages at the same time.',
    ]);
    await programme().waitFor({ timeout: 30_000 });
  }, 60_000);

  it('says so inside the app, and goes on by itself (ERR-37)', async () => {
    await page.goto(`${hub.url}/sign-in`);
    await othersRead('/api/events', 60);
    await page.evaluate("history.pushState({}, '', '/ai-week'), dispatchEvent(new PopStateEvent('popstate'))");
    await page.getByText('Very many people on your network are reading').waitFor({ timeout: 15_000 });
    await programme().waitFor({ timeout: 30_000 });
  }, 60_000);

  it('keeps what it shows of a session while it waits (ERR-37)', async () => {
    const { sessions } = (await (await fetch(`${hub.url}/api/events/ai-week`)).json()) as {
      sessions: { id: string; slug: string; state: string }[];
    };
    const live = sessions.find(({ state }) => state === 'live')!;
    await page.goto(`${hub.url}/ai-week/s/${live.slug}`);
    const question = page.getByText('Being answered').first();
    await question.waitFor({ timeout: 15_000 });
    await othersRead(`/api/sessions/${live.id}/state`, 400);
    const notice = page.getByText('Very many people on your network are reading');
    await notice.waitFor({ timeout: 15_000 });
    expect(await question.isVisible()).toBe(true);
    await notice.waitFor({ state: 'detached', timeout: 30_000 });
  }, 90_000);
});
