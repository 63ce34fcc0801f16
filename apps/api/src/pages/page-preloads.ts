import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type InterfaceLanguage } from '#libs/contract/text';
import { html, type Html } from './html.js';

/** The view of the app at an address. */
export type PageView =
  | { readonly kind: 'programme'; readonly event: string }
  | { readonly kind: 'session' | 'moderate' | 'speak' | 'present'; readonly event: string; readonly session: string };

/** The module of each view and the texts that it loads, as in the app's router: an e2e test compares them. */
export const PARTS: Readonly<Record<PageView['kind'], { readonly module: string; readonly texts: readonly string[] }>> =
  {
    programme: { module: 'attendee/programme-page', texts: ['programme'] },
    session: { module: 'attendee/session-page', texts: ['session', 'questions', 'polls', 'stream', 'sign-in'] },
    moderate: {
      module: 'moderator/moderator-page',
      texts: ['moderate', 'cues', 'session', 'questions', 'polls', 'present'],
    },
    speak: { module: 'speaker/speaker-page', texts: ['speak', 'cues', 'session', 'questions', 'polls', 'stream'] },
    present: { module: 'projector/projector-page', texts: ['present', 'session', 'questions', 'polls'] },
  };
const TEXTS_OF_ALL = ['common', 'errors'];
/** The projector needs no sign-in. */
const ASKS_WHO: ReadonlySet<PageView['kind']> = new Set(['programme', 'session', 'moderate', 'speak']);

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}
export type Manifest = Readonly<Record<string, Chunk>>;

/** Addresses that a view loads first, so that the browser need not run one script to discover the next. */
export class PagePreloads {
  constructor(private readonly manifest: Manifest) {}

  /** None where the build has no manifest. */
  static read(webRoot: string): PagePreloads {
    try {
      return new PagePreloads(JSON.parse(readFileSync(join(webRoot, '.vite/manifest.json'), 'utf8')) as Manifest);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new PagePreloads({});
      throw error;
    }
  }

  links(view: PageView, language: InterfaceLanguage): Html {
    const { module, texts } = PARTS[view.kind];
    const chunks = this.chunksOf(`src/views/${module}.tsx`);
    const catalogues = [...TEXTS_OF_ALL, ...texts].flatMap(
      (namespace) => this.manifest[`src/i18n/${language}/${namespace}.json`]?.file ?? [],
    );
    const answers = [addressOf(view), ...(ASKS_WHO.has(view.kind) ? ['/api/me'] : [])];
    return html`${answers.map(fetchLink)}
    ${chunks.map(({ file }) => html`<link rel="modulepreload" crossorigin href="/${file}" />`)}
    ${chunks.flatMap(({ css = [] }) => css.map((file) => html`<link rel="preload" as="style" crossorigin href="/${file}" />`))}
    ${catalogues.map((file) => fetchLink(`/${file}`))}`;
  }

  /** The module's chunk and its imports, except those that the page names already, which the entry imports. */
  private chunksOf(module: string): Chunk[] {
    const known = new Set(this.withImports('index.html', new Set()));
    return [...this.withImports(module, new Set())].filter((key) => !known.has(key)).map((key) => this.manifest[key]!);
  }

  private withImports(key: string, found: Set<string>): Set<string> {
    const chunk = this.manifest[key];
    if (!chunk || found.has(key)) return found;
    found.add(key);
    for (const next of chunk.imports ?? []) this.withImports(next, found);
    return found;
  }
}

const fetchLink = (address: string) => html`<link rel="preload" as="fetch" crossorigin href="${address}" />`;

const addressOf = (view: PageView) =>
  view.kind === 'programme' ? `/api/events/${view.event}` : `/api/events/${view.event}/s/${view.session}`;
