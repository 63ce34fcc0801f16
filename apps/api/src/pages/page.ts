import { type InterfaceLanguage } from '#libs/contract/text';
import { type Html } from './html.js';
import { type PageView } from './page-preloads.js';

/** The page's metadata before any script ran: for people, for chats that show a preview, for search engines. */
export interface Page {
  readonly status: 200 | 404 | 503;
  readonly title: string;
  readonly description?: string;
  /** The page's canonical address, as a path; null for pages that search engines should not list. */
  readonly path: string | null;
  /** The view of the app, where it loads something for it. */
  readonly view?: PageView;
  /** The path of its picture. */
  readonly picture?: string;
  /** Other languages that its texts exist in. */
  readonly languages?: readonly InterfaceLanguage[];
  /** schema.org data: JSON, in pieces that are read once. */
  readonly data?: Iterable<string>;
  /** In pieces that are read once. */
  readonly body?: Iterable<Html>;
}

/** The address and the reader of a page. */
export interface PageSetting {
  readonly language: InterfaceLanguage;
  /** Whether the address itself contains the language. */
  readonly isLanguageAsked: boolean;
  readonly publicUrl: string;
}
