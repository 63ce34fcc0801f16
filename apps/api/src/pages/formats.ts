import { nameOfLanguage, usableTimeZone } from '#libs/contract/intl';
import { type Event, type Session } from '#libs/contract/programme';
import { type InterfaceLanguage } from '#libs/contract/text';
import { LruCache } from '../platform/concurrency/lru-cache.js';
import { toZoned } from '../programme/zoned-time.js';

/** How dates and lists are written; in English the European way. */
const LOCALES: Readonly<Record<InterfaceLanguage, string>> = { en: 'en-GB', fr: 'fr', nl: 'nl', de: 'de' };

const DATE = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const SHAPES = { day: { weekday: 'long', ...DATE }, range: DATE } as const;

/** Formats of `Intl` take some 50 µs each to create. Zones and tags come from people, so the caches are bounded. */
const dates = new LruCache<Intl.DateTimeFormat>({ entries: 200 });
const lists = new LruCache<Intl.ListFormat>({ entries: 10 });
const languages = new LruCache<{ name: string }>({ entries: 500 });

export function formatDay(instant: string, timeZone: string, language: InterfaceLanguage): string {
  return dateFormat('day', timeZone, language).format(new Date(instant));
}

export function formatRange(start: string, end: string, timeZone: string, language: InterfaceLanguage): string {
  return dateFormat('range', timeZone, language).formatRange(new Date(start), new Date(end));
}

/** Times of 24 hours are written alike in all languages of the interface. */
export function formatTimes({ start, end }: Session, { timeZone }: Event): string {
  return [start, end].map((instant) => toZoned(new Date(instant), timeZone).time).join(' – ');
}

export function formatList(names: readonly string[], language: InterfaceLanguage): string {
  return lists.getOrMake(language, () => new Intl.ListFormat(LOCALES[language])).format(names);
}

/** A language in its own name. */
export function languageName(tag: string): string {
  return languages.getOrMake(tag, () => ({ name: nameOfLanguage(tag) })).name;
}

function dateFormat(shape: keyof typeof SHAPES, timeZone: string, language: InterfaceLanguage): Intl.DateTimeFormat {
  const make = () =>
    new Intl.DateTimeFormat(LOCALES[language], { timeZone: usableTimeZone(timeZone), ...SHAPES[shape] });
  return dates.getOrMake(`${shape} ${language} ${timeZone}`, make);
}
