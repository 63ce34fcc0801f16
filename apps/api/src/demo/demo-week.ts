import { type EventDraft } from '#libs/contract/programme';
import { addDays, fromZoned, toZoned, toZonedIso } from '../programme/zoned-time.js';
import { AI_WEEK, DEMO_ROOMS, DEMO_SESSIONS, DEMO_SPEAKERS, type DemoSession } from './ai-week.js';

/** The plenary, the workshop and the debate that are live whenever the demo starts; all of the third day. */
const LIVE_SLUGS = ['anniversary', 'trustworthy-ai', 'debate-society'] as const;
/** The sessions with the demo's questions and polls. */
export const PLENARY_SLUG = LIVE_SLUGS[0];

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const TODAY = 3;
/** When the live sessions begin, on the week's own clock: the other sessions of their rooms on that day move along. */
const LIVE_START: Readonly<Record<string, string>> = {
  Plenary: '09:30',
  'Workshop Brussels': '14:00',
  'Hub Brussels': '18:30',
  'Workshop South': '11:30',
};
/** A live session with less time left than this is moved again at the next start. */
const TIME_LEFT = 30 * MINUTE;

/** When the live sessions of a demo that starts now began: half an hour to three quarters ago, at a round time. */
export function anchorOf(now: Date): Date {
  return new Date(Math.floor((now.getTime() - 2 * QUARTER) / QUARTER) * QUARTER);
}

/** Whether sessions that began at `anchor` are all still running, with time left to try the demo. */
export function isStillLive(anchor: Date, now: Date): boolean {
  const shortest = Math.min(...DEMO_SESSIONS.filter(isLive).map(({ minutes }) => minutes)) * MINUTE;
  return anchor <= now && anchor.getTime() + shortest - now.getTime() >= TIME_LEFT;
}

export function isLive({ slug }: { readonly slug: string }): boolean {
  return LIVE_SLUGS.some((live) => live === slug);
}

/** The event of the week whose third day's live sessions begin at `anchor`. */
export function demoEvent(anchor: Date): EventDraft {
  const { slug, title, description, timeZone, languages, translations } = AI_WEEK;
  const start = fromZoned(dayOf(anchor, 1), '08:00', timeZone).toISOString();
  const end = fromZoned(dayOf(anchor, 5), '22:00', timeZone).toISOString();
  return {
    slug,
    title,
    description,
    timeZone,
    languages: [...languages],
    translations,
    start,
    end,
    access: 'open',
    guests: 'open',
    blockedWords: [],
    guestDevices: false,
    guestProof: false,
  };
}

/** The week as a schedule.json, so that the demo uses the import and a later start moves existing sessions. */
export function demoSchedule(anchor: Date) {
  const days = [1, 2, 3, 4, 5].map((day) => ({
    index: day,
    date: dayOf(anchor, day),
    rooms: Object.fromEntries(
      DEMO_ROOMS.map(({ name }) => [
        name,
        DEMO_SESSIONS.filter((session) => session.day === day && session.room === name).map((session) =>
          toItem(session, anchor),
        ),
      ]),
    ),
  }));
  return { schedule: { version: '1.0', conference: { title: AI_WEEK.title, rooms: DEMO_ROOMS, days } } };
}

function toItem(session: DemoSession, anchor: Date) {
  const { guid, slug, title, kind, language, track, abstract, minutes, speakers = [] } = session;
  const persons = DEMO_SPEAKERS.filter(({ name }) => speakers.includes(name));
  const date = toZonedIso(startOf(session, anchor), AI_WEEK.timeZone);
  const duration = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  return { guid, slug, title, type: kind, language, track, abstract, persons, date, duration };
}

function startOf({ day, room, start }: DemoSession, anchor: Date): Date {
  const base = day === TODAY ? LIVE_START[room] : undefined;
  if (base === undefined) return fromZoned(dayOf(anchor, day), start, AI_WEEK.timeZone);
  return new Date(anchor.getTime() + (minutesOf(start) - minutesOf(base)) * MINUTE);
}

function dayOf(anchor: Date, day: number): string {
  return addDays(toZoned(anchor, AI_WEEK.timeZone).date, day - TODAY);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
