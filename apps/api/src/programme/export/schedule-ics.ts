import ical, { type ICalCalendar, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { type Programme } from '../programme.js';
import { type RoomEntity } from '../room.entity.js';
import { type SessionRow } from '../session-row.js';
import { translate } from '../translate.js';

const DAY = 86_400_000;
/** How often a subscribed calendar should ask again, in seconds. Without it some calendars ask once a day, and a moved session is missed. */
const REFRESH_SECONDS = 15 * 60;

export interface CalendarOptions {
  readonly publicUrl: string;
  /** The language of titles and descriptions, where there are translations. */
  readonly language?: string;
  readonly now: Date;
}

/** Sessions for a calendar, in UTC, so that every calendar shows them right whatever it knows of zones. Cancelled ones say so. */
export function exportCalendar(
  programme: Programme,
  sessions: readonly SessionRow[],
  options: CalendarOptions,
): string {
  return [...calendarPieces(programme, sessions, options)].join('');
}

const [BEGIN_EVENT, END_CALENDAR] = ['BEGIN:VEVENT', 'END:VCALENDAR'];

/**
 * The same in pieces, one a session. ical-generator writes a calendar in a time that grows with the square of its events, so that each
 * event is written in a calendar of its own, from which it is cut.
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
  const empty = emptyCalendar(title).toString();
  yield empty.slice(0, empty.lastIndexOf(END_CALENDAR));
  for (const session of sessions) {
    const calendar = emptyCalendar('');
    addEvent(calendar, session, byId.get(session.roomId), { ...options, base, host });
    const text = calendar.toString();
    yield text.slice(text.indexOf(BEGIN_EVENT), text.lastIndexOf(END_CALENDAR));
  }
  yield END_CALENDAR;
}

function emptyCalendar(name: string): ICalCalendar {
  return ical({
    name,
    prodId: { company: 'Plenum', product: 'Plenum' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: REFRESH_SECONDS,
  });
}

function addEvent(
  calendar: ICalCalendar,
  session: SessionRow,
  room: RoomEntity | undefined,
  { language, now, base, host }: CalendarOptions & { readonly base: string; readonly host: string },
): void {
  const { title: summary, abstract } = translate(session, language);
  calendar.createEvent({
    id: `${session.guid}@${host}`,
    // A stamp that stands still for a day keeps the ETag of what did not change; the sequence tells what did.
    stamp: startOfDay(now),
    sequence: session.sessionVersion,
    start: session.start,
    end: session.end,
    summary,
    ...(abstract && { description: abstract }),
    location: [room?.name, room?.city].filter(Boolean).join(', '),
    url: base + session.slug,
    status: session.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
}

export const startOfDay = (now: Date) => new Date(Math.floor(now.getTime() / DAY) * DAY);
