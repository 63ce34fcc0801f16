import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { type Programme } from '../programme.js';
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
  { event, rooms }: Programme,
  sessions: readonly SessionRow[],
  options: CalendarOptions,
): string {
  const { publicUrl, language, now } = options;
  const { title: name } = translate(event, language);
  const calendar = ical({
    name,
    prodId: { company: 'Plenum', product: 'Plenum' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: REFRESH_SECONDS,
  });
  for (const session of sessions) {
    const { title: summary, abstract } = translate(session, language);
    const room = rooms.find(({ id }) => id === session.roomId);
    calendar.createEvent({
      id: `${session.guid}@${new URL(publicUrl).hostname}`,
      // A stamp that stands still for a day keeps the ETag of what did not change; the sequence tells what did.
      stamp: new Date(Math.floor(now.getTime() / DAY) * DAY),
      sequence: session.sessionVersion,
      start: session.start,
      end: session.end,
      summary,
      ...(abstract && { description: abstract }),
      location: [room?.name, room?.city].filter(Boolean).join(', '),
      url: `${publicUrl}/${event.slug}/s/${session.slug}`,
      status: session.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return calendar.toString();
}
