import { usableTimeZone } from '#libs/contract/intl';

/** An instant as the clocks of a time zone show it. */
export interface ZonedTime {
  /** YYYY-MM-DD */
  readonly date: string;
  /** HH:MM */
  readonly time: string;
  /** The zone's distance from UTC at that instant, such as +01:00. */
  readonly offset: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const digits = '2-digit';
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: usableTimeZone(timeZone),
    hourCycle: 'h23',
    year: 'numeric',
    month: digits,
    day: digits,
    hour: digits,
    minute: digits,
    timeZoneName: 'longOffset',
  });
  formats.set(timeZone, format);
  return format;
}

export function toZoned(instant: Date, timeZone: string): ZonedTime {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const { year = '', month = '', day = '', hour = '', minute = '', timeZoneName = '' } = parts;
  const offset = timeZoneName.replace('GMT', '') || '+00:00';
  return { date: `${year.padStart(4, '0')}-${month}-${day}`, time: `${hour}:${minute}`, offset: offset.slice(0, 6) };
}

/** The instant at which a zone's clocks show a date and time; an hour that the clocks skip is read with the offset before it. */
export function fromZoned(date: string, time: string, timeZone: string): Date {
  const asUtc = new Date(`${date}T${time}:00Z`);
  const guess = new Date(`${date}T${time}:00${toZoned(asUtc, timeZone).offset}`);
  return new Date(`${date}T${time}:00${toZoned(guess, timeZone).offset}`);
}

/** ISO 8601 with the zone's offset, such as 2026-03-16T09:30:00+01:00. */
export function toZonedIso(instant: Date, timeZone: string): string {
  const { date, time, offset } = toZoned(instant, timeZone);
  return `${date}T${time}:${String(instant.getUTCSeconds()).padStart(2, '0')}${offset}`;
}

/** The date so many days later, both as YYYY-MM-DD. */
export function addDays(date: string, days: number): string {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}
