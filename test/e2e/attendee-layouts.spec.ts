import { jest } from '@jest/globals';
import { type Browser, type Locator, type Page } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.js';
import { type HubProcesses, startHubProcesses } from '../support/hub/hub-process.js';
import { until } from '../support/until.js';
import { visitors } from '../support/browser/visitors.js';

jest.setTimeout(60_000);

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

interface Size {
  readonly width: number;
  readonly height: number;
}

async function open({ width, height }: Size, path = SESSION): Promise<Page> {
  const { page } = await people.open(hub.url + path, { width, height, hasTouch: true });
  await page.locator('[data-question]').first().waitFor();
  return page;
}

/** Whether all of an element lies within the part of the window that can be seen. */
async function isInSight(element: Locator, height: number): Promise<boolean> {
  const box = await element.boundingBox();
  return box !== null && box.y >= 0 && box.y + box.height <= height && box.height > 0;
}

async function questionsInSight(page: Page, { height }: Size): Promise<number> {
  const composer = await page.getByRole('form', { name: 'Ask a question' }).boundingBox();
  const questions = await page.locator('[data-question]').all();
  const bottom = Math.min(height, composer?.y ?? height);
  const inSight = await Promise.all(questions.map((question) => isInSight(question.locator('p').last(), bottom)));
  return inSight.filter(Boolean).length;
}

const field = (page: Page) => page.getByPlaceholder('Ask the speakers a question');
const ask = (page: Page) => page.getByRole('button', { name: 'Ask', exact: true });

describe('writing a question', () => {
  it.each([
    { width: 390, height: 508 },
    { width: 360, height: 400 },
    { width: 412, height: 560 },
    { width: 320, height: 400 },
    { width: 844, height: 390 },
    { width: 844, height: 190 },
  ])('has the field and the button in view at $width×$height, with the words typed so far (WEB-100)', async (size) => {
    const page = await open(size);
    await field(page).tap();
    await field(page).fill('Can the national plan still change after the debates? '.repeat(4));
    await until('the field in sight', () => isInSight(field(page), size.height));
    await until('the button in sight', () => isInSight(ask(page), size.height));
    const [fieldBox, askBox] = [await field(page).boundingBox(), await ask(page).boundingBox()];
    expect(fieldBox!.y + fieldBox!.height).toBeLessThanOrEqual(askBox!.y);
  });

  it('follows what can be seen where the keyboard takes nothing from the window (WEB-100)', async () => {
    const page = await open({ width: 390, height: 844 });
    await field(page).tap();
    await page.evaluate(() => {
      const { visualViewport, Event } = globalThis as unknown as {
        visualViewport: { dispatchEvent(event: object): void };
        Event: new (name: string) => object;
      };
      Object.defineProperties(visualViewport, { height: { value: 420 }, offsetTop: { value: 60 } });
      visualViewport.dispatchEvent(new Event('resize'));
    });
    await until('the button above the keyboard', async () => {
      const box = await ask(page).boundingBox();
      return box !== null && box.y + box.height <= 480 && box.y > 400;
    });
    const box = await field(page).boundingBox();
    expect(box!.y).toBeGreaterThanOrEqual(60);
  });

  it('makes a strip of the stream, which is whole again when the form is closed (WEB-100)', async () => {
    const page = await open({ width: 390, height: 508 });
    const stream = page.getByRole('region', { name: 'Stream' });
    const before = await stream.boundingBox();
    await field(page).tap();
    await until('a strip', async () => ((await stream.boundingBox())?.height ?? 999) <= 72);
    await page.getByRole('button', { name: 'Close' }).tap();
    await until('the whole stream', async () => (await stream.boundingBox())?.height === before!.height);
    expect(await isInSight(field(page), 508)).toBe(true);
  });
});

describe('a phone held sideways', () => {
  it.each([
    { width: 844, height: 390 },
    { width: 667, height: 375 },
  ])('shows the stream, a question and the field side by side at $width×$height (WEB-101)', async (size) => {
    const page = await open(size);
    const stream = await page.getByRole('region', { name: 'Stream' }).boundingBox();
    expect(stream!.height).toBeGreaterThan(180);
    expect(stream!.y + stream!.height).toBeLessThanOrEqual(size.height);
    expect(await questionsInSight(page, size)).toBeGreaterThanOrEqual(1);
    expect(await isInSight(field(page), size.height)).toBe(true);
    await until('no page that scrolls', () =>
      page.evaluate(() => {
        const { scrollingElement: root } = (
          globalThis as unknown as { document: { scrollingElement: { scrollHeight: number; clientHeight: number } } }
        ).document;
        return root.scrollHeight <= root.clientHeight + 1;
      }),
    );
  });
});

describe('the tabs of a session', () => {
  it.each(['en', 'fr', 'nl', 'de'])('are whole in %s, beside a stream and on a phone (WEB-188)', async (locale) => {
    const { page } = await people.open(hub.url + SESSION, { width: 1280, height: 720, locale });
    await page.locator('[data-question]').first().waitFor();
    for (const width of [1280, 1024, 390]) {
      await page.setViewportSize({ width, height: 720 });
      const last = page.getByRole('tab').last();
      await until(`the last tab within ${width} px`, async () => {
        const box = await last.boundingBox();
        return box !== null && box.x + box.width <= width;
      });
    }
  });
});
