import { usableLocale } from '#libs/contract/intl';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A countdown in words, such as "in 12 minutes"; null once the time has come. Seconds only in the last minute. */
export function startsIn(language: string, milliseconds: number): string | null {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds <= 0) return null;
  const words = new Intl.RelativeTimeFormat(usableLocale(language, 'en'), { numeric: 'always' });
  if (seconds <= MINUTE) return words.format(seconds, 'second');
  if (seconds <= 90 * MINUTE) return words.format(Math.ceil(seconds / MINUTE), 'minute');
  if (seconds <= 2 * DAY) return words.format(Math.round(seconds / HOUR), 'hour');
  return words.format(Math.round(seconds / DAY), 'day');
}
