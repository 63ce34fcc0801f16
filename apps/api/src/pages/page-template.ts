import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html, type Html } from './html.js';
import { pageHead } from './page-head.js';
import { type Page, type PageSetting } from './page.js';

const PARTS =
  /^([\s\S]*?<html) lang="[^"]*"([\s\S]*?)<title>[\s\S]*?<\/title>([\s\S]*?<div id="root">)(<\/div>[\s\S]*)$/;

/** The built app's own page, with places for a language, a head and what can be read before the app runs. */
export class PageTemplate {
  private constructor(private readonly parts: readonly string[]) {}

  /** Null when the web app was not built, as in development: then its own server shows it. */
  static read(webRoot: string): PageTemplate | null {
    try {
      return PageTemplate.parse(readFileSync(join(webRoot, 'index.html'), 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  static parse(text: string): PageTemplate {
    const match = PARTS.exec(text);
    if (!match) throw new Error('index.html of the web app has no lang, no title or no root');
    return new PageTemplate(match.slice(1));
  }

  render(page: Page, setting: PageSetting): string {
    const [start, beforeTitle, afterTitle, end] = this.parts;
    return [
      start,
      ` lang="${setting.language}"`,
      beforeTitle,
      pageHead(page, setting),
      afterTitle,
      readable(page),
      end,
    ].join('');
  }
}

function readable({ body }: Page): Html {
  return body ? html`<main class="readable">${body}</main>` : html``;
}
