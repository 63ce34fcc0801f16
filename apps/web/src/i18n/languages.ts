import { nameOfLanguage, usableLocale } from '#libs/contract/intl';
import type { InterfaceLanguage } from '#libs/contract/text';

/** The languages of the interface, in their own names. Repeated here so that the first load does not contain the contract's zod. */
export const LANGUAGE_NAMES: Readonly<Record<InterfaceLanguage, string>> = {
  en: 'English',
  fr: 'Français',
  nl: 'Nederlands',
  de: 'Deutsch',
};

export const LANGUAGES = Object.keys(LANGUAGE_NAMES) as readonly InterfaceLanguage[];

/** What Intl needs to write dates as people here do: 09:30, 17 March. */
const LOCALES: Readonly<Record<InterfaceLanguage, string>> = { en: 'en-GB', fr: 'fr-BE', nl: 'nl-BE', de: 'de-DE' };

export function isInterfaceLanguage(tag: string | null | undefined): tag is InterfaceLanguage {
  return LANGUAGES.some((language) => language === tag);
}

export function localeOf(language: string): string {
  return isInterfaceLanguage(language) ? LOCALES[language] : language;
}

const baseOf = (tag: string) => tag.toLowerCase().split('-')[0];

/** The first wish that the interface speaks, else English. */
export function chooseLanguage(wishes: readonly (string | null | undefined)[]): InterfaceLanguage {
  return wishes.map((wish) => wish && baseOf(wish)).find(isInterfaceLanguage) ?? 'en';
}

/** A language in its own name: `fr` is Français. */
export function ownNameOf(tag: string): string {
  const base = baseOf(tag);
  if (isInterfaceLanguage(base)) return LANGUAGE_NAMES[base];
  const name = nameOfLanguage(tag);
  return name.charAt(0).toLocaleUpperCase(usableLocale(tag, 'en')) + name.slice(1);
}
