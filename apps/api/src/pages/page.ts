import { type InterfaceLanguage } from '#libs/contract/text';
import { type Html } from './html.js';
import { type View } from './page-preloads.js';

/** What a page says of itself before any script ran: to people, to chats that show a preview, to search engines. */
export interface Page {
  readonly status: 200 | 404 | 503;
  readonly title: string;
  readonly description?: string;
  /** The page's one address, as a path; null for pages that no search engine should list. */
  readonly path: string | null;
  /** What the app shows here, where it loads something of its own for that. */
  readonly view?: View;
  /** The path of its picture. */
  readonly picture?: string;
  /** Other languages that its texts exist in. */
  readonly languages?: readonly InterfaceLanguage[];
  /** schema.org data: JSON, in pieces that are read once. */
  readonly data?: Iterable<string>;
  /** In pieces that are read once. */
  readonly body?: Iterable<Html>;
}

/** Where and for whom a page is made. */
export interface PageSetting {
  readonly language: InterfaceLanguage;
  /** Whether the address itself asks for the language. */
  readonly isLanguageAsked: boolean;
  readonly publicUrl: string;
}
