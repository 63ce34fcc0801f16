import type { Session } from '#libs/contract/programme';

/** The whole programme for a calendar that follows it. */
export function eventCalendar(event: string): string {
  return `/api/events/${encodeURIComponent(event)}/schedule.ics`;
}

/** One session for a calendar. */
export function sessionCalendar(event: string, session: Session): string {
  return `${eventCalendar(event)}?session=${encodeURIComponent(session.slug)}`;
}
