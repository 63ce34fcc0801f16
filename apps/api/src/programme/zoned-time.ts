import { LRUCache } from 'lru-cache';
import { usableTimeZone } from '#libs/contract/intl';

/** An instant in the local time of a time zone. */
export interface ZonedTime {
  /** YYYY-MM-DD */
  readonly date: string;
  /** HH:MM */
  readonly time: string;
  /** The zone's distance from UTC at that instant, such as +01:00. */
  readonly offset: string;
}

/** A zone's distance from UTC, in ms and as ISO 8601 writes it. */
interface Offset {
  readonly ms: number;
  readonly text: string;
}

/** A zone's distance from UTC on one day of UTC; most days have one, a day with a change of the clocks has two. */
interface DayOffsets {
  readonly first: Offset;
  readonly last: Offset;
  /** The instant from which `last` holds. */
  readonly changesAt: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** `Intl` takes some 5 µs for an offset, so a zone caches it by day: 400 days of an event and those around them. */
const AT_MOST = { zones: 100, daysOfZone: 2_000 };

/** A time zone whose offsets are read from `Intl` once a day, and found by bisection on days with a clock change. */
class Zone {
  private readonly format: Intl.DateTimeFormat;
  private readonly days = new LRUCache<number, DayOffsets>({
    max: AT_MOST.daysOfZone,
    memoMethod: (day) => this.offsetsOf(day * DAY),
  });

  constructor(timeZone: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: usableTimeZone(timeZone),
      timeZoneName: 'longOffset',
    });
  }

  offsetAt(instant: number): Offset {
    const day = Math.floor(instant / DAY);
    const { first, last, changesAt } = this.days.memo(day);
    return instant < changesAt ? first : last;
  }

  private offsetsOf(start: number): DayOffsets {
    const [first, last] = [this.ask(start), this.ask(start + DAY)];
    let [before, changesAt] = [start, start + DAY];
    while (first !== last && changesAt - before > MINUTE) {
      const middle = before + Math.floor((changesAt - before) / 2 / MINUTE) * MINUTE;
      if (this.ask(middle) === first) before = middle;
      else changesAt = middle;
    }
    return { first: toOffset(first), last: toOffset(last), changesAt };
  }

  private ask(instant: number): number {
    const name = this.format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = 0, minutes = 0, seconds = 0] = /([+-])(\d+):(\d+)(?::(\d+))?$/.exec(name) ?? [];
    const distance = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
    return sign === '-' ? -distance : distance;
  }
}

const zones = new LRUCache<string, Zone>({ max: AT_MOST.zones, memoMethod: (timeZone) => new Zone(timeZone) });

/** How many zones have cached offsets: names are distinguished by spelling, and there are at most 100. */
export const keptZones = () => zones.size;

export function toZoned(instant: Date, timeZone: string): ZonedTime {
  const offset = zones.memo(timeZone).offsetAt(instant.getTime());
  const [date = '', time = ''] = new Date(instant.getTime() + offset.ms).toISOString().split('T');
  return { date, time: time.slice(0, 5), offset: offset.text };
}

function toOffset(ms: number): Offset {
  const minutes = Math.floor(Math.abs(ms) / MINUTE);
  return { ms, text: `${ms < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}` };
}

const pad = (digits: number) => String(digits).padStart(2, '0');

/** The instant of a local date and time in a zone; a skipped hour is read with the offset before it. */
export function fromZoned(date: string, time: string, timeZone: string): Date {
  const asUtc = new Date(`${date}T${time}:00Z`);
  const guess = new Date(`${date}T${time}:00${toZoned(asUtc, timeZone).offset}`);
  return new Date(`${date}T${time}:00${toZoned(guess, timeZone).offset}`);
}

/** ISO 8601 with the zone's offset, such as 2026-03-16T09:30:00+01:00. */
export function toZonedIso(instant: Date, timeZone: string): string {
  const { date, time, offset } = toZoned(instant, timeZone);
  return `${date}T${time}:${pad(instant.getUTCSeconds())}${offset}`;
}

/** The date `days` later, both as YYYY-MM-DD. */
export function addDays(date: string, days: number): string {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}
