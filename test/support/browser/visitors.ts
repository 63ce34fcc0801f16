import { type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

/** A person with a separate browser: no cookie, storage or cache is shared. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Exceptions and console errors of the page, including refused content. */
  readonly complaints: string[];
}

interface VisitorOptions extends BrowserContextOptions {
  readonly width?: number;
  readonly height?: number;
}

/** Opens a browser profile for one person; `close` ends all of them. */
export function visitors(browser: Browser) {
  const contexts: BrowserContext[] = [];

  async function open(
    address: string,
    { width = 1280, height = 800, ...options }: VisitorOptions = {},
  ): Promise<Visitor> {
    const context = await browser.newContext({ viewport: { width, height }, locale: 'en', ...options });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(address);
    if (options.javaScriptEnabled !== false) await appOf(page);
    return { page, context, complaints };
  }

  return { open, close: () => Promise.allSettled(contexts.map((context) => context.close())) };
}

/** Waits for the app itself: the page that the server writes for people without scripts has headings and links too. */
export async function appOf(page: Page): Promise<void> {
  await page.locator('main.readable').waitFor({ state: 'detached' });
}
