import type { Session } from '#libs/contract/programme';

/** The address of the whole programme for a calendar that subscribes to it. */
export function eventCalendar(event: string): string {
  return `/api/events/${encodeURIComponent(event)}/schedule.ics`;
}

/** One session for a calendar. */
export function sessionCalendar(event: string, session: Session): string {
  return `${eventCalendar(event)}?session=${encodeURIComponent(session.slug)}`;
}

interface Entry {
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly place?: string | undefined;
  /** The address of the session's page. */
  readonly url: string;
}

/** 20260317T080000Z, as calendars write an instant. */
const compact = (instant: string) => new Date(instant).toISOString().replace(/[-:]|\.\d+/g, '');

/** The page of Google Calendar that offers a new entry with what stands here; nothing is sent before it is opened. */
export function googleCalendar({ title, start, end, place, url }: Entry): string {
  const query = new URLSearchParams({
    action: 'TEMPLATE',
    text: title,
    dates: `${compact(start)}/${compact(end)}`,
    details: url,
    ...(place && { location: place }),
  });
  return `https://calendar.google.com/calendar/render?${query.toString()}`;
}

/** The same for Outlook on the web. */
export function outlookCalendar({ title, start, end, place, url }: Entry): string {
  const query = new URLSearchParams({
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: title,
    startdt: new Date(start).toISOString(),
    enddt: new Date(end).toISOString(),
    body: url,
    ...(place && { location: place }),
  });
  return `https://outlook.live.com/calendar/0/deeplink/compose?${query.toString()}`;
}
