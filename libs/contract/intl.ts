/** Needs no zod: the web's first load imports it. */

let names: Intl.DisplayNames | undefined;

/** Whether `Intl` accepts a language tag everywhere it is used: as a locale and as a language to be named. Never throws. */
export function isLanguageTag(tag: string): boolean {
  return succeeds(() => {
    names ??= new Intl.DisplayNames('en', { type: 'language' });
    return Intl.getCanonicalLocales(tag).length === 1 && names.of(tag);
  });
}

/** Whether `Intl` accepts a time zone. Names only: an offset such as `+01:00` is refused by many browsers. Never throws. */
export function isTimeZone(zone: string): boolean {
  return /^[A-Za-z]/.test(zone) && succeeds(() => new Intl.DateTimeFormat('en', { timeZone: zone }));
}

/** The zone itself where `Intl` knows it here, else UTC: a name that is stored or comes from the system may be unknown to this device. */
export function usableTimeZone(zone: string): string {
  return isTimeZone(zone) ? zone : 'UTC';
}

/** The tag itself where `Intl` accepts it, else its language alone, else `fallback`. */
export function usableLocale(tag: string, fallback: string): string {
  return [tag, tag.split(/[^A-Za-z]/)[0] ?? ''].find(isLanguageTag) ?? fallback;
}

/** A language in its own name, such as `français`; the tag itself where there is no name for it. Never throws. */
export function nameOfLanguage(tag: string): string {
  const locale = usableLocale(tag, '');
  return (locale && new Intl.DisplayNames(locale, { type: 'language' }).of(locale)) || tag;
}

function succeeds(attempt: () => unknown): boolean {
  try {
    return Boolean(attempt());
  } catch {
    return false;
  }
}
