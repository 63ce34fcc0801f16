import ical, {
  ICalAlarmType,
  type ICalCalendar,
  ICalCalendarMethod,
  type ICalEvent,
  ICalEventStatus,
} from 'ical-generator';
import { type Programme } from '../programme.js';
import { type RoomEntity } from '../room.entity.js';
import { type SessionRow } from '../session-rows.repository.js';
import { translate } from '../translate.js';

const DAY = 86_400_000;
const LINE_BYTES = 75;
/** RFC 5545, 3.1: no control characters in a text of a calendar; a tab is allowed. */
// eslint-disable-next-line no-control-regex -- these are searched for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
/** How often a subscribed calendar should refresh, in seconds. Without it some calendars refresh once a day, and a moved session is missed. */
const REFRESH_SECONDS = 15 * 60;
const ALARM_SECONDS_BEFORE = 10 * 60;

export interface CalendarOptions {
  readonly publicUrl: string;
  /** The language of titles and descriptions, where there are translations. */
  readonly language?: string;
  readonly now: Date;
  /** Whether sessions that have not begun get an alarm. Not in the calendar of a whole programme: nobody wants one for each session. */
  readonly hasAlarms?: boolean;
}

/** Sessions for a calendar, in UTC, so that every calendar shows them correctly regardless of its knowledge of zones. Cancelled ones are marked. */
export function exportCalendar(
  programme: Programme,
  sessions: readonly SessionRow[],
  options: CalendarOptions,
): string {
  return [...calendarPieces(programme, sessions, options)].join('');
}

const END_CALENDAR = 'END:VCALENDAR';

/**
 * The same in pieces, one a session. Lines are folded here: ical-generator's own folding takes two milliseconds an event of a few words.
 */
export function* calendarPieces(
  { event, rooms }: Programme,
  sessions: Iterable<SessionRow>,
  options: CalendarOptions,
): Generator<string> {
  const byId = new Map(rooms.map((room) => [room.id, translate(room, options.language)]));
  const base = `${options.publicUrl}/${event.slug}/s/`;
  const host = new URL(options.publicUrl).hostname;
  const { title } = translate(event, options.language);
  const empty = foldLines(emptyCalendar(title).toString());
  yield empty.slice(0, empty.lastIndexOf(END_CALENDAR));
  for (const session of sessions)
    yield foldLines(toEvent(session, byId.get(session.roomId), { ...options, base, host }).toString());
  yield END_CALENDAR;
}

/** RFC 5545, 3.1: lines have at most 75 bytes; longer ones continue in the next line, after a space. */
function foldLines(text: string): string {
  return text
    .replace(CONTROL, '')
    .split('\r\n')
    .map((line) => (Buffer.byteLength(line) <= LINE_BYTES ? line : foldLine(line)))
    .join('\r\n');
}

function foldLine(line: string): string {
  const bytes = Buffer.from(line);
  const parts: string[] = [];
  for (let from = 0, room = LINE_BYTES; from < bytes.length; room = LINE_BYTES - 1) {
    let to = Math.min(bytes.length, from + room);
    // not between the bytes of one character: those after the first begin with the bits 10
    while (to < bytes.length && (bytes[to]! & 0xc0) === 0x80) to--;
    parts.push(bytes.toString('utf8', from, to));
    from = to;
  }
  return parts.join('\r\n ');
}

function emptyCalendar(name: string): ICalCalendar {
  return ical({
    name,
    prodId: { company: 'Plenum', product: 'Plenum' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: REFRESH_SECONDS,
  });
}

function toEvent(
  session: SessionRow,
  room: RoomEntity | undefined,
  { language, now, base, host, hasAlarms }: CalendarOptions & { readonly base: string; readonly host: string },
): ICalEvent {
  const { title: summary, abstract } = translate(session, language);
  return emptyCalendar('').createEvent({
    id: `${session.guid}@${host}`,
    // A stamp that is constant for a day keeps the ETag of unchanged content; the sequence shows changes.
    stamp: startOfDay(now),
    sequence: session.sessionVersion,
    start: session.start,
    end: session.end,
    summary,
    ...(abstract && { description: abstract }),
    location: [room?.name, room?.city].filter(Boolean).join(', '),
    url: base + session.slug,
    status: session.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(hasAlarms && session.state === 'scheduled' && { alarms: [alarmOf(summary)] }),
  });
}

/** RFC 5545, 3.6.6: shows the title ten minutes before. */
const alarmOf = (description: string) => ({
  type: ICalAlarmType.display as const,
  trigger: ALARM_SECONDS_BEFORE,
  description,
});

export const startOfDay = (now: Date) => new Date(Math.floor(now.getTime() / DAY) * DAY);
