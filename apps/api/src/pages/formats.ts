import { LRUCache } from 'lru-cache';
import { nameOfLanguage, usableTimeZone } from '#libs/contract/intl';
import { type Event, type Session } from '#libs/contract/programme';
import { type InterfaceLanguage } from '#libs/contract/text';
import { toZoned } from '../programme/zoned-time.js';

/** How dates and lists are written; in English the European way. */
const LOCALES: Readonly<Record<InterfaceLanguage, string>> = { en: 'en-GB', fr: 'fr', nl: 'nl', de: 'de' };

const DATE = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const SHAPES = { day: { weekday: 'long', ...DATE }, range: DATE } as const;

interface DateStyle {
  readonly shape: keyof typeof SHAPES;
  readonly timeZone: string;
  readonly language: InterfaceLanguage;
}

/** Formats of `Intl` take some 50 µs each to create. Zones and tags come from people, so the caches are bounded. */
const dates = new LRUCache<string, Intl.DateTimeFormat, DateStyle>({
  max: 200,
  memoMethod: (_key, _stale, { context: { shape, timeZone, language } }) =>
    new Intl.DateTimeFormat(LOCALES[language], { timeZone: usableTimeZone(timeZone), ...SHAPES[shape] }),
});
const lists = new LRUCache<InterfaceLanguage, Intl.ListFormat>({
  max: 10,
  memoMethod: (language) => new Intl.ListFormat(LOCALES[language]),
});
const languages = new LRUCache<string, string>({ max: 500, memoMethod: (tag) => nameOfLanguage(tag) });

export function formatDay(instant: string, timeZone: string, language: InterfaceLanguage): string {
  return dateFormat({ shape: 'day', timeZone, language }).format(new Date(instant));
}

export function formatRange(start: string, end: string, timeZone: string, language: InterfaceLanguage): string {
  return dateFormat({ shape: 'range', timeZone, language }).formatRange(new Date(start), new Date(end));
}

/** Times of 24 hours are written alike in all languages of the interface. */
export function formatTimes({ start, end }: Session, { timeZone }: Event): string {
  return [start, end].map((instant) => toZoned(new Date(instant), timeZone).time).join(' – ');
}

export function formatList(names: readonly string[], language: InterfaceLanguage): string {
  return lists.memo(language).format(names);
}

/** A language in its own name. */
export function languageName(tag: string): string {
  return languages.memo(tag);
}

function dateFormat(style: DateStyle): Intl.DateTimeFormat {
  const { shape, timeZone, language } = style;
  return dates.memo(`${shape} ${language} ${timeZone}`, { context: style });
}
