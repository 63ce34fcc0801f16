import { type BrowserContext, type Page } from 'playwright-core';

/** The parts of a page that this uses; it runs outside a browser and has no DOM types. */
interface Element {
  readonly tagName: string;
  readonly outerHTML: string;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
}
interface TextNode {
  readonly data: string;
}
interface Window {
  readonly document: {
    querySelectorAll(css: string): Iterable<Element>;
    createTreeWalker(root: unknown, what: number): { nextNode(): TextNode | null };
    readonly body: unknown;
  };
}

/** Records everything that a page does that no text may cause: running scripts, requests, violations of the policy. */
export async function watchHostile(context: BrowserContext): Promise<string[]> {
  const done: string[] = [];
  await context.exposeFunction('pwned', () => void done.push('something ran'));
  await context.exposeFunction('violated', (what: string) => void done.push(`policy: ${what}`));
  await context.addInitScript(() => {
    const page = globalThis as unknown as {
      addEventListener(name: string, hear: (event: Record<string, string>) => void): void;
      violated(what: string): void;
    };
    page.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) =>
      page.violated(`${effectiveDirective} ${blockedURI} ${sourceFile}`),
    );
  });
  context.on('page', (page) => {
    page.on('dialog', (dialog) => {
      done.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('pageerror', (error) => done.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/i.test(message.text())) done.push(`console: ${message.text()}`);
    });
  });
  return done;
}

/** Elements, attributes and characters that can only come from a hostile text. */
export const injected = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { document } = globalThis as unknown as Window;
    const brought = [...document.querySelectorAll('*')].filter(
      (element) =>
        ['IFRAME', 'OBJECT', 'EMBED', 'BASE'].includes(element.tagName) ||
        [...element.attributes].some(
          ({ name, value }) => name === 'data-hostile' || /^on/.test(name) || /^\s*javascript:/i.test(value),
        ),
    );
    const turning: string[] = [];
    const texts = document.createTreeWalker(document.body, 4);
    for (let node = texts.nextNode(); node; node = texts.nextNode())
      if (/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(node.data))
        turning.push(`turns: ${node.data.slice(0, 200)}`);
    return [...brought.map(({ outerHTML }) => outerHTML.slice(0, 200)), ...turning];
  });
