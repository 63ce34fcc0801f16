import { html, type Html } from './html.js';
import { type Page, type PageSetting } from './page.js';

const LOCALES = { en: 'en_GB', fr: 'fr_BE', nl: 'nl_BE', de: 'de_BE' } as const;
const PICTURE = { width: 1200, height: 630 };
/** The length of a description in chats and search engines. */
const DESCRIPTION_LENGTH = 200;

/** The content of a page's head, in place of the app's own title; its data follow. */
export function pageHead(page: Page, setting: PageSetting): Html {
  const { language, isLanguageAsked, publicUrl } = setting;
  const description = page.description && shorten(page.description);
  const address = page.path === null ? null : publicUrl + page.path;
  const canonical = address && isLanguageAsked ? `${address}?lang=${language}` : address;
  return html`<title>${page.title}</title>
    ${description && html`<meta name="description" content="${description}" />`}
    ${address ? '' : html`<meta name="robots" content="noindex" />`}
    ${canonical && html`<link rel="canonical" href="${canonical}" />`}
    ${address && (page.languages ?? []).map((other) => html`<link rel="alternate" hreflang="${other}" href="${address}?lang=${other}" />`)}
    <meta property="og:site_name" content="Plenum" />
    <meta property="og:type" content="website" />
    <meta property="og:locale" content="${LOCALES[language]}" />
    <meta property="og:title" content="${page.title}" />
    ${description && html`<meta property="og:description" content="${description}" />`}
    ${canonical && html`<meta property="og:url" content="${canonical}" />`}
    ${page.picture && pictureTags(publicUrl + page.picture, page.title)}
    <meta name="twitter:card" content="${page.picture ? 'summary_large_image' : 'summary'}" />
    <link rel="stylesheet" href="/readable.css" />`;
}

function pictureTags(picture: string, alt: string): Html {
  return html`<meta property="og:image" content="${picture}" />
    <meta property="og:image:type" content="image/png" />
    <meta property="og:image:width" content="${PICTURE.width}" />
    <meta property="og:image:height" content="${PICTURE.height}" />
    <meta property="og:image:alt" content="${alt}" />`;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  if (characters.length <= DESCRIPTION_LENGTH) return line;
  const cut = characters.slice(0, DESCRIPTION_LENGTH - 1).join('');
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), DESCRIPTION_LENGTH / 2)).trimEnd()}…`;
}
