import { z } from 'zod';
import { type Problems } from './problems.js';
import { type Fields } from './values.js';

const instant = z.iso.datetime({ offset: true });
const DURATION = /^(\d{1,3}):([0-5]\d)$/;
/** Read as hours:minutes:seconds by some tools and as days:hours:minutes by others. */
const AMBIGUOUS = /^\d{1,3}:\d{1,2}:\d{1,2}$/;
const SECOND = 1_000;
const MINUTE = 60_000;
/** Nothing on a programme lasts longer; a longer duration is an error. */
const LONGEST = 14 * 24 * 60 * MINUTE;

/** The start and end of a session, in whole seconds; null, with an error, when the file does not contain them in a usable form. */
export function readTimes(fields: Fields, at: string, problems: Problems): { start: Date; end: Date } | null {
  const start = readInstant(fields.date ?? fields.start);
  if (!start) {
    const field = isGiven(fields.date) || !/^\d{4}-/.test(String(fields.start)) ? 'date' : 'start';
    problems.error(`${at}.${field}`, 'is not a date and time with its offset, such as 2026-03-16T09:30:00+01:00');
    return null;
  }
  const isEndGiven = isGiven(fields.end);
  const end = isEndGiven ? readInstant(fields.end) : endAfter(start, fields.duration);
  const refusal = refuseEnd(start, end, isEndGiven ? undefined : fields.duration);
  if (end && !refusal) return { start, end };
  problems.error(`${at}.${isEndGiven ? 'end' : 'duration'}`, refusal ?? '');
  return null;
}

function refuseEnd(start: Date, end: Date | null, duration: unknown): string | null {
  if (typeof duration === 'string' && AMBIGUOUS.test(duration.trim()))
    return `is ${duration.trim()}: hours:minutes:seconds or days:hours:minutes? Write hours:minutes, such as 01:30, or give the end`;
  if (!end) return 'is not a duration such as 01:30, nor is there an end';
  if (end <= start) return 'the session ends before it lasted a minute';
  return end.getTime() - start.getTime() > LONGEST ? 'the session lasts longer than two weeks' : null;
}

const isGiven = (value: unknown) => value !== undefined && value !== null;

/** Fractions of a second are cut off: exports have none, and a time without them must not look moved. */
function readInstant(value: unknown): Date | null {
  return instant.safeParse(value).success ? toWholeSecond(new Date(String(value))) : null;
}

export function toWholeSecond(time: Date): Date {
  return new Date(Math.floor(time.getTime() / SECOND) * SECOND);
}

function endAfter(start: Date, duration: unknown): Date | null {
  const match = typeof duration === 'string' ? DURATION.exec(duration.trim()) : null;
  if (!match) return null;
  const [, hours, minutes] = match;
  return new Date(start.getTime() + (Number(hours) * 60 + Number(minutes)) * MINUTE);
}
