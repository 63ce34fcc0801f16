import { type Browser, type BrowserContext, type Page } from 'playwright-core';

/** Somebody with a browser of their own: no cookie, storage or cache is shared. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complained about: exceptions and errors on its console, refused content among them. */
  readonly complaints: string[];
}

/** Opens a browser profile for one person; `close` ends all of them. */
export function visitors(browser: Browser) {
  const contexts: BrowserContext[] = [];

  async function open(address: string, { width = 1280, height = 800, locale = 'en' } = {}): Promise<Visitor> {
    const context = await browser.newContext({ viewport: { width, height }, locale });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(address);
    return { page, context, complaints };
  }

  return { open, close: () => Promise.allSettled(contexts.map((context) => context.close())) };
}
