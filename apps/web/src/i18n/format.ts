import { usableLocale, usableTimeZone } from '#libs/contract/intl';
import { nextTask } from '../ui/next-task.js';
import { isInterfaceLanguage, localeOf } from './languages.js';

/** Objects of `Intl` cost much more to create than to use, some a millisecond on a phone. A page uses few locales, zones and styles. */
function memoize<Key extends readonly unknown[], T>(make: (...key: Key) => T): (...key: Key) => T {
  const made = new Map<string, { readonly value: T }>();
  return (...key) => {
    const name = JSON.stringify(key);
    const known = made.get(name) ?? { value: make(...key) };
    made.set(name, known);
    return known.value;
  };
}

type Style = Intl.DateTimeFormatOptions;
const formatter = memoize((locale: string, style: Style) => new Intl.DateTimeFormat(locale, style));
const numbers = memoize((locale: string, style?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, style));
const lists = memoize((locale: string) => new Intl.ListFormat(locale, { type: 'conjunction' }));
const usableZone = memoize(usableTimeZone);
/** The languages of the interface need no check of this browser's locales, which is slow. */
const knownLocale = (language: string) =>
  isInterfaceLanguage(language) ? localeOf(language) : usableLocale(language, 'en-GB');

/** A worker that has written no date by then is not waited for, in ms. */
const WORKER_WITHIN = 500;

/**
 * The first date of a page takes a phone 60 to 150 ms, in any language, later ones a few: a worker writes it beside the page, since
 * browsers load what it needs once for a process. Resolves when the first view can write dates without a delay.
 */
export async function prepareDates(): Promise<void> {
  await writeInWorker().catch(() => undefined); // then the page takes the time itself
  await nextTask();
  formatter('en', {});
}

async function writeInWorker(): Promise<void> {
  const worker = new Worker(new URL('./first-date.worker.ts', import.meta.url));
  await new Promise<void>((resolve) => {
    worker.onmessage = worker.onerror = () => {
      worker.terminate(); // not before: a late one still saves the page's next view the time
      resolve();
    };
    setTimeout(resolve, WORKER_WITHIN);
  });
}

export type Format = ReturnType<typeof makeFormat>;

/** Shown where a date cannot be formatted. */
const NO_DATE = '–';

function writeDate(locale: string, instant: string, style: Style): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? NO_DATE : formatter(locale, style).format(date);
}

/**
 * Dates and numbers in one language and one time zone, by default the viewer's; every instant is ISO 8601. The only place that formats:
 * it never throws, so that an invalid value cannot break a page. A zone that this browser does not know becomes UTC.
 */
export const createFormat = memoize(makeFormat);

function makeFormat(language: string, wantedZone?: string) {
  const locale = knownLocale(language);
  // Looked up on first use: many only format numbers, and a look-up is slow on a phone.
  const zone = () => (wantedZone === undefined ? viewerTimeZone() : usableZone(wantedZone));
  const write = (instant: string, style: Style) => writeDate(locale, instant, { timeZone: zone(), ...style });
  const time = (instant: string) => write(instant, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return {
    get timeZone() {
      return zone();
    },
    /** 09:30 */
    time,
    /** 09:30 – 11:00 */
    timeRange: (start: string, end: string) => `${time(start)}\u2009–\u2009${time(end)}`,
    /** Wednesday 17 March */
    day: (instant: string) => write(instant, { weekday: 'long', day: 'numeric', month: 'long' }).replace(',', ''),
    /** 16–20 March 2026 */
    days: (start: string, end: string) => writeDays(locale, zone(), start, end),
    /** Wed 17 */
    shortDay: (instant: string) => write(instant, { weekday: 'short', day: 'numeric' }).replace(/[.,]/g, ''),
    number: (value: number) => numbers(locale).format(value),
    decimal: (value: number) => numbers(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value),
    percent: (share: number) => numbers(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share),
    /** English, Français and Nederlands */
    list: (words: readonly string[]) => lists(locale).format(words),
    zoneName: () => zoneName(zone(), language),
  };
}

/** The days of something that lasts, with the year; one day where it begins and ends on the same. */
function writeDays(locale: string, timeZone: string, start: string, end: string): string {
  const style: Style = { timeZone, day: 'numeric', month: 'long', year: 'numeric' };
  const last = new Date(Date.parse(end) - 1); // what ends at midnight has its last day before
  try {
    return formatter(locale, style).formatRange(new Date(start), last);
  } catch {
    return writeDate(locale, start, style); // an end before the start, or no dates at all
  }
}

/** The calendar day of an instant in a zone, as 2026-03-17: the key of a day tab. */
export function dayKey(instant: string, timeZone: string): string {
  const style = { timeZone: usableZone(timeZone), year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  return writeDate('en-CA', instant, style);
}

/** A zone's name in a language: Europe/Brussels is “heure d’Europe centrale”. Falls back to the city of the zone's id. */
export function zoneName(timeZone: string, language: string): string {
  const name = zonePart(timeZone, language, 'longGeneric') ?? cityOf(timeZone);
  return /\d/.test(name) ? (zonePart(timeZone, language, 'long') ?? name) : name; // UTC has no generic name, only GMT+00:00
}

function zonePart(timeZone: string, language: string, timeZoneName: 'longGeneric' | 'long'): string | undefined {
  try {
    const parts = formatter(localeOf(language), { timeZone, timeZoneName }).formatToParts();
    return parts.find(({ type }) => type === 'timeZoneName')?.value;
  } catch {
    return undefined; // a zone or a style that this browser does not know
  }
}

function cityOf(timeZone: string): string {
  return timeZone.split('/').at(-1)!.replaceAll('_', ' ');
}

/** The zone of this browser; UTC where the system names none that `Intl` accepts, such as Etc/Unknown. */
export function viewerTimeZone(): string {
  return usableZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
}
