import { localeOf } from './languages.js';

type Style = Intl.DateTimeFormatOptions;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Building a formatter costs much more than using one. */
function formatter(locale: string, style: Style): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(style);
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, style);
  formatters.set(key, known);
  return known;
}

export type Format = ReturnType<typeof createFormat>;

/** Dates and numbers in one language and one time zone. Every instant is ISO 8601. */
export function createFormat(language: string, timeZone: string) {
  const locale = localeOf(language);
  const write = (instant: string, style: Style) => formatter(locale, { timeZone, ...style }).format(new Date(instant));
  const time = (instant: string) => write(instant, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return {
    timeZone,
    /** 09:30 */
    time,
    /** 09:30 – 11:00 */
    timeRange: (start: string, end: string) => `${time(start)}\u2009–\u2009${time(end)}`,
    /** Wednesday 17 March */
    day: (instant: string) => write(instant, { weekday: 'long', day: 'numeric', month: 'long' }).replace(',', ''),
    /** Wed 17 */
    shortDay: (instant: string) => write(instant, { weekday: 'short', day: 'numeric' }).replace(/[.,]/g, ''),
    number: (value: number) => new Intl.NumberFormat(locale).format(value),
    decimal: (value: number) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value),
    percent: (share: number) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share),
    /** English, Français and Nederlands */
    list: (words: readonly string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(words),
    zoneName: () => zoneName(timeZone),
  };
}

/** The calendar day of an instant in a zone, as 2026-03-17: the key of a day tab. */
export function dayKey(instant: string, timeZone: string): string {
  return formatter('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(instant));
}

/** The city that a zone is named after, as people say it: Europe/Brussels is Brussels. */
export function zoneName(timeZone: string): string {
  return timeZone.split('/').at(-1)!.replaceAll('_', ' ');
}

/** The zone of this browser. */
export function viewerTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
