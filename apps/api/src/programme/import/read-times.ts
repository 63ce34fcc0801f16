import { z } from 'zod';
import { type Problems } from './problems.js';
import { type Fields } from './values.js';

const instant = z.iso.datetime({ offset: true });
/** `hh:mm`, or `d:hh:mm` as older tools write what lasts longer than a day. */
const DURATION = /^(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)$/;
const MINUTE = 60_000;
/** Nothing on a programme lasts longer; what does is a mistake. */
const LONGEST = 14 * 24 * 60 * MINUTE;

/** When a session starts and ends; null, with an error, when the file does not say it in a way that can be used. */
export function readTimes(fields: Fields, at: string, problems: Problems): { start: Date; end: Date } | null {
  const start = readInstant(fields.date);
  if (!start) {
    problems.error(`${at}.date`, 'is not a date and time with its offset, such as 2026-03-16T09:30:00+01:00');
    return null;
  }
  const end =
    fields.end === undefined || fields.end === null ? endAfter(start, fields.duration) : readInstant(fields.end);
  const place = fields.end === undefined || fields.end === null ? `${at}.duration` : `${at}.end`;
  if (!end) problems.error(place, 'is not a duration such as 01:30, nor is there an end');
  else if (end <= start) problems.error(place, 'the session ends before it lasted a minute');
  else if (end.getTime() - start.getTime() > LONGEST) problems.error(place, 'the session lasts longer than two weeks');
  else return { start, end };
  return null;
}

function readInstant(value: unknown): Date | null {
  return instant.safeParse(value).success ? new Date(String(value)) : null;
}

function endAfter(start: Date, duration: unknown): Date | null {
  const match = typeof duration === 'string' ? DURATION.exec(duration.trim()) : null;
  if (!match) return null;
  const [, days = 0, hours, minutes] = match;
  return new Date(start.getTime() + ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * MINUTE);
}
