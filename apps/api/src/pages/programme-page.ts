import { type Event, type EventSummary, type Session } from '#libs/contract/programme';
import { type InterfaceLanguage, LANGUAGES } from '#libs/contract/text';
import { translate } from '../programme/translate.js';
import { toZoned } from '../programme/zoned-time.js';
import { html, type Html } from './html.js';
import { type Page, type PageSetting } from './page.js';
import { eventData, sessionData } from './structured-data.js';
import { WORDS } from './words.js';

/** How dates and lists are written; in English the European way. */
const LOCALES: Readonly<Record<InterfaceLanguage, string>> = { en: 'en-GB', fr: 'fr', nl: 'nl', de: 'de' };

/** The list of events. */
export function eventsPage(events: readonly EventSummary[], { language }: PageSetting): Page {
  const words = WORDS[language];
  const items = events.map((event) => {
    const { slug, title, description, start, end, timeZone } = translate(event, language);
    return html`<li>
      <h2><a href="/${slug}">${title}</a></h2>
      <p class="muted">${formatRange(start, end, timeZone, language)}</p>
      ${description && html`<p>${description}</p>`}
    </li>`;
  });
  const body = html`<h1>${words.events}</h1>
    <ul>
      ${items}
    </ul>`;
  return {
    status: 200,
    title: `${words.events} · Plenum`,
    description: words.hub,
    path: '/',
    languages: LANGUAGES,
    body,
  };
}

/** An event's whole programme, day by day, in the event's time zone. */
export function eventPage(original: Event, setting: PageSetting): Page {
  const { language } = setting;
  const words = WORDS[language];
  const event = translateEvent(original, language);
  const body = html`<h1>${event.title}</h1>
    <p class="muted">${formatRange(event.start, event.end, event.timeZone, language)}</p>
    ${event.description && html`<p>${event.description}</p>`}
    <p class="muted">
      ${words.times} ${event.timeZone}. <a href="/api/events/${event.slug}/schedule.ics">${words.calendar}</a>
    </p>
    ${daysOf(event).map(
      (sessions) =>
        html`<section>
          <h2>${formatDay(sessions[0]!.start, event.timeZone, language)}</h2>
          <ol>
            ${sessions.map((session) => sessionItem(session, event, language))}
          </ol>
        </section>`,
    )}`;
  return {
    status: 200,
    title: `${event.title} · Plenum`,
    description: event.description ?? words.hub,
    path: `/${event.slug}`,
    picture: `/api/events/${event.slug}/poster.png`,
    languages: translationsOf(original),
    data: eventData(event, setting),
    body,
  };
}

function daysOf({ sessions, timeZone }: Event): Session[][] {
  const days = new Map<string, Session[]>();
  for (const session of sessions) {
    const { date } = toZoned(new Date(session.start), timeZone);
    days.set(date, [...(days.get(date) ?? []), session]);
  }
  return [...days.values()];
}

function sessionItem(session: Session, event: Event, language: InterfaceLanguage): Html {
  return html`<li>
    <p class="numbers">${formatTimes(session, event, language)}</p>
    <div>
      <h3><a href="/${event.slug}/s/${session.slug}">${session.title}</a></h3>
      <p class="muted">${factsOf(session, event, language)}</p>
    </div>
  </li>`;
}

/** One session. */
export function sessionPage(originalEvent: Event, original: Session, setting: PageSetting): Page {
  const { language } = setting;
  const words = WORDS[language];
  const event = translateEvent(originalEvent, language);
  const session = translate(original, language);
  const day = formatDay(session.start, event.timeZone, language);
  const body = html`<p><a href="/${event.slug}">${event.title}</a></p>
    <h1>${session.title}</h1>
    <p class="muted numbers">${day}, ${formatTimes(session, event, language)} (${event.timeZone})</p>
    <p class="muted">${factsOf(session, event, language)}</p>
    ${session.abstract && paragraphs(session.abstract)}
    <p><a href="/api/sessions/${session.id}/schedule.ics">${words.calendar}</a></p>`;
  return {
    status: 200,
    title: `${session.title} · ${event.title} · Plenum`,
    description:
      session.abstract ?? [day, formatTimes(session, event, language), factsOf(session, event, language)].join(' · '),
    path: `/${event.slug}/s/${session.slug}`,
    picture: `/api/sessions/${session.id}/poster.png`,
    languages: translationsOf(originalEvent),
    data: sessionData(session, event, setting),
    body,
  };
}

function translateEvent(event: Event, language: InterfaceLanguage): Event {
  return {
    ...translate(event, language),
    rooms: event.rooms.map((room) => translate(room, language)),
    sessions: event.sessions.map((session) => translate(session, language)),
  };
}

function translationsOf({ translations = {}, languages }: Event): InterfaceLanguage[] {
  return LANGUAGES.filter((language) => language in translations || languages[0] === language);
}

function factsOf(session: Session, event: Event, language: InterfaceLanguage): string {
  const words = WORDS[language];
  const room = event.rooms.find(({ id }) => id === session.roomId);
  const names = session.speakerIds.flatMap((id) => event.speakers.find((speaker) => speaker.id === id)?.name ?? []);
  const state = session.state === 'scheduled' ? null : words[session.state];
  const place = [room?.name, room?.city].filter(Boolean).join(', ');
  const spoken = session.language && languageName(session.language);
  const speakers = names.length > 0 && `${words.with} ${new Intl.ListFormat(LOCALES[language]).format(names)}`;
  return [state, place, spoken, speakers].filter(Boolean).join(' · ');
}

/** A language in its own name. */
function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

function paragraphs(text: string): Html[] {
  return text.split(/\n{2,}/).map((paragraph) => html`<p>${paragraph}</p>`);
}

function formatDay(instant: string, timeZone: string, language: InterfaceLanguage): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(new Date(instant));
}

function formatRange(start: string, end: string, timeZone: string, language: InterfaceLanguage): string {
  const format = new Intl.DateTimeFormat(LOCALES[language], {
    timeZone,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  return format.formatRange(new Date(start), new Date(end));
}

function formatTimes({ start, end }: Session, { timeZone }: Event, language: InterfaceLanguage): string {
  const format = new Intl.DateTimeFormat(LOCALES[language], {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return `${format.format(new Date(start))} – ${format.format(new Date(end))}`;
}
