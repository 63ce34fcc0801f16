import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Html, jsonBlockPieces } from './html.js';
import { pageHead } from './page-head.js';
import { PagePreloads } from './page-preloads.js';
import { type Page, type PageSetting } from './page.js';

const PARTS =
  /^([\s\S]*?<html) lang="[^"]*"([\s\S]*?)<title>[\s\S]*?<\/title>([\s\S]*?)(<\/head>[\s\S]*?<div id="root">)(<\/div>[\s\S]*)$/;

/** The built app's own page, with placeholders for a language, a head and the content for readers before the app runs. */
export class PageTemplate {
  private constructor(
    private readonly parts: readonly string[],
    private readonly preloads: PagePreloads,
  ) {}

  /** Null when the web app was not built, as in development: then its own server shows it. */
  static read(webRoot: string): PageTemplate | null {
    try {
      return PageTemplate.parse(readFileSync(join(webRoot, 'index.html'), 'utf8'), PagePreloads.read(webRoot));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  static parse(text: string, preloads = new PagePreloads({})): PageTemplate {
    const match = PARTS.exec(text);
    if (!match) throw new Error('index.html of the web app has no lang, no title or no root');
    return new PageTemplate(match.slice(1), preloads);
  }

  render(page: Page, setting: PageSetting): string {
    return [...this.pieces(page, setting)].join('');
  }

  /** The page in pieces, yielding in between while a long one is made. */
  *pieces(page: Page, setting: PageSetting): Generator<string> {
    const [start, beforeTitle, assets, body, end] = this.parts;
    yield `${start} lang="${setting.language}"${beforeTitle}${pageHead(page, setting).toString()}`;
    // Browsers load in this order: the style sheets of the readable page come before what the app adds.
    yield assets!;
    if (page.view) yield this.preloads.links(page.view, setting.language).toString();
    if (page.data) yield* jsonBlockPieces(page.data);
    yield body!;
    if (page.body) yield* readable(page.body);
    yield end!;
  }
}

function* readable(body: Iterable<Html>): Generator<string> {
  yield '<main class="readable">';
  for (const piece of body) yield piece.toString();
  yield '</main>';
}
