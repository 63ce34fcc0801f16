import { parseCookie } from 'cookie';
import { type InterfaceLanguage, LANGUAGES } from '#libs/contract/text';

interface Asked {
  readonly query: unknown;
  readonly cookie: string | undefined;
  readonly acceptLanguage: string | undefined;
}

/** The language of a page: from the address, else from an earlier choice, else from the browser, else English. */
export function pageLanguage({ query, cookie, acceptLanguage }: Asked): InterfaceLanguage {
  const wanted = [query, parseCookie(cookie ?? '').lang, ...byPreference(acceptLanguage ?? '')];
  return wanted.map(asLanguage).find((language) => language !== undefined) ?? 'en';
}

export function asLanguage(value: unknown): InterfaceLanguage | undefined {
  const primary = typeof value === 'string' ? value.trim().toLowerCase().split('-')[0] : undefined;
  return LANGUAGES.find((language) => language === primary);
}

/** The tags of an Accept-Language header, by preference; more than twenty are ignored. */
function byPreference(header: string): string[] {
  const tags = header.slice(0, 500).split(',').slice(0, 20);
  const weighted = tags.map((tag) => {
    const [name = '', quality = 'q=1'] = tag.trim().split(';');
    return { name, weight: Number(quality.trim().replace(/^q=/, '')) || 0 };
  });
  return weighted
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ name }) => name);
}
