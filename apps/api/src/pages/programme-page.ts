import { type Event, type EventSummary, type Room, type Session } from '#libs/contract/programme';
import { type InterfaceLanguage, LANGUAGES } from '#libs/contract/text';
import { translate } from '../programme/translate.js';
import { toZoned } from '../programme/zoned-time.js';
import { formatDay, formatList, formatRange, formatTimes, languageName } from './formats.js';
import { Html, html } from './html.js';
import { type Page, type PageSetting } from './page.js';
import { eventData, sessionData } from './structured-data.js';
import { WORDS } from './words.js';

/** The list of events. */
export function eventsPage(events: readonly EventSummary[], { language }: PageSetting): Page {
  const words = WORDS[language];
  const items = events.map((event) => {
    const { slug, title, description, start, end, timeZone } = translate(event, language);
    return html`<li>
      <h2 dir="auto"><a href="/${slug}">${title}</a></h2>
      <p class="muted">${formatRange(start, end, timeZone, language)}</p>
      ${description && html`<p dir="auto">${description}</p>`}
    </li>`;
  });
  const body = [
    html`<h1>${words.events}</h1>
      <ul>
        ${items}
      </ul>`,
  ];
  return {
    status: 200,
    title: `${words.events} · Plenum`,
    description: words.hub,
    path: '/',
    languages: LANGUAGES,
    body,
  };
}

/** An event's whole programme, day by day, in the event's time zone. Its body and its data are made while they are read. */
export function eventPage(original: Event, setting: PageSetting): Page {
  const { language } = setting;
  const event = translateEvent(original, language);
  return {
    status: 200,
    title: `${event.title} · Plenum`,
    description: event.description ?? WORDS[language].hub,
    path: `/${event.slug}`,
    view: { kind: 'programme', event: event.slug },
    picture: `/api/events/${event.slug}/poster.png`,
    languages: translationsOf(original),
    data: eventData(event, translated(event.sessions, language), setting),
    body: eventBody(event, language),
  };
}

/** The event and its rooms; sessions, which may be thousands, are translated one by one. */
function translateEvent(event: Event, language: InterfaceLanguage): Event {
  return { ...translate(event, language), rooms: event.rooms.map((room) => translate(room, language)) };
}

function* translated(sessions: readonly Session[], language: InterfaceLanguage): Generator<Session> {
  for (const session of sessions) yield translate(session, language);
}

function* eventBody(event: Event, language: InterfaceLanguage): Generator<Html> {
  const words = WORDS[language];
  yield html`<h1 dir="auto">${event.title}</h1>
    <p class="muted">${formatRange(event.start, event.end, event.timeZone, language)}</p>
    ${event.description && html`<p dir="auto">${event.description}</p>`}
    <p class="muted">
      ${words.times} ${event.timeZone}. <a href="/api/events/${event.slug}/schedule.ics">${words.calendar}</a>
    </p>`;
  const names = namesIn(event);
  for (const sessions of daysOf(event)) {
    yield markup('<section>');
    yield html`<h2>${formatDay(sessions[0]!.start, event.timeZone, language)}</h2>`;
    yield markup('<ol>');
    for (const session of translated(sessions, language)) yield sessionItem(session, event, names, language);
    yield markup('</ol></section>');
  }
}

/** Tags that open in one piece and close in another. */
const markup = (tags: string) => new Html(tags);

function daysOf({ sessions, timeZone }: Event): Session[][] {
  const days = new Map<string, Session[]>();
  for (const session of sessions) {
    const { date } = toZoned(new Date(session.start), timeZone);
    const day = days.get(date);
    if (day) day.push(session);
    else days.set(date, [session]);
  }
  return [...days.values()];
}

function sessionItem(session: Session, event: Event, names: Names, language: InterfaceLanguage): Html {
  return html`<li>
    <p class="numbers">${formatTimes(session, event)}</p>
    <div>
      <h3 dir="auto"><a href="/${event.slug}/s/${session.slug}">${session.title}</a></h3>
      <p class="muted">${isolated(factsOf(session, names, language))}</p>
    </div>
  </li>`;
}

/** Rooms and speakers by their ids. */
interface Names {
  readonly rooms: ReadonlyMap<string, Room>;
  readonly speakers: ReadonlyMap<string, string>;
}

function namesIn({ rooms, speakers }: Event): Names {
  return {
    rooms: new Map(rooms.map((room) => [room.id, room])),
    speakers: new Map(speakers.map(({ id, name }) => [id, name])),
  };
}

/** One session. */
export function sessionPage(originalEvent: Event, original: Session, setting: PageSetting): Page {
  const { language } = setting;
  const words = WORDS[language];
  const event = translateEvent(originalEvent, language);
  const session = translate(original, language);
  const day = formatDay(session.start, event.timeZone, language);
  const times = formatTimes(session, event);
  const facts = factsOf(session, namesIn(event), language);
  const body = html`<p dir="auto"><a href="/${event.slug}">${event.title}</a></p>
    <h1 dir="auto">${session.title}</h1>
    <p class="muted numbers">${day}, ${times} (${event.timeZone})</p>
    <p class="muted">${isolated(facts)}</p>
    ${session.abstract && paragraphs(session.abstract)}
    <p><a href="/api/sessions/${session.id}/schedule.ics">${words.calendar}</a></p>`;
  return {
    status: 200,
    title: `${session.title} · ${event.title} · Plenum`,
    description: session.abstract ?? [day, times, ...facts].join(' · '),
    path: `/${event.slug}/s/${session.slug}`,
    view: { kind: 'session', event: event.slug, session: session.slug },
    picture: `/api/sessions/${session.id}/poster.png`,
    languages: translationsOf(originalEvent),
    data: [JSON.stringify(sessionData(session, event, setting))],
    body: [body],
  };
}

function translationsOf({ translations = {}, languages }: Event): InterfaceLanguage[] {
  return LANGUAGES.filter((language) => language in translations || languages[0] === language);
}

function factsOf(session: Session, { rooms, speakers }: Names, language: InterfaceLanguage): string[] {
  const words = WORDS[language];
  const room = rooms.get(session.roomId);
  const names = session.speakerIds.flatMap((id) => speakers.get(id) ?? []);
  const state = session.state === 'scheduled' ? null : words[session.state];
  const place = [room?.name, room?.city].filter(Boolean).join(', ');
  const spoken = session.language && languageName(session.language);
  const together = names.length > 0 && `${words.with} ${formatList(names, language)}`;
  return [state, place, spoken, together].filter((fact): fact is string => Boolean(fact));
}

/** Facts in a line, each with its own direction. */
function isolated(facts: readonly string[]): Html[] {
  return facts.map((fact, index) => html`${index > 0 && ' · '}<bdi>${fact}</bdi>`);
}

function paragraphs(text: string): Html[] {
  return text.split(/\n{2,}/).map((paragraph) => html`<p dir="auto">${paragraph}</p>`);
}
