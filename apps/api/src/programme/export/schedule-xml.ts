import { type Programme } from '../programme.js';
import { type ExportedItem, type ExportedPerson, outlineSteps, type ScheduleOutline } from './schedule-outline.js';

/** The programme in frab's schedule.xml, which older players and signage read, in pieces: about one a session. */
export function* xmlPieces(programme: Programme, publicUrl: string): Generator<string> {
  const { schedule, conference, days, itemOf } = yield* outlineSteps(programme, publicUrl);
  yield `<?xml version="1.0" encoding="utf-8"?>\n<schedule>${element('generator', { name: 'Plenum' })}`;
  yield element('version', {}, schedule.version) + conferenceElement(schedule, conference);
  const guids = new Map(conference.rooms.map(({ name, guid }) => [name, guid]));
  for (const { index, date, day_start: start, day_end: end, rooms } of days) {
    yield `<${head('day', { index, date, start, end })}>`;
    for (const [name, sessions] of rooms) {
      yield `<${head('room', { name, guid: guids.get(name) })}>`;
      for (const session of sessions) yield toEvent(itemOf(session, name));
      yield '</room>';
    }
    yield '</day>';
  }
  yield '</schedule>\n';
}

function conferenceElement(
  { base_url: baseUrl }: ScheduleOutline['schedule'],
  conference: ScheduleOutline['conference'],
): string {
  return element('conference', {}, [
    element('acronym', {}, conference.acronym),
    element('title', {}, conference.title),
    element('start', {}, conference.start),
    element('end', {}, conference.end),
    element('days', {}, conference.daysCount),
    element('timeslot_duration', {}, conference.timeslot_duration),
    element('base_url', {}, baseUrl),
    element('time_zone_name', {}, conference.time_zone_name),
    ...conference.tracks.map(({ name, slug }) => element('track', { name, slug })),
  ]);
}

function toEvent(item: ExportedItem): string {
  const texts = ['date', 'start', 'duration', 'room', 'slug', 'url'] as const;
  const words = ['title', 'subtitle', 'track', 'type', 'language', 'abstract', 'description'] as const;
  return element('event', { guid: item.guid, id: item.id }, [
    ...texts.map((name) => element(name, {}, item[name])),
    element('recording', {}, [
      element('license', {}, item.recording_license),
      element('optout', {}, String(item.do_not_record)),
    ]),
    ...words.map((name) => element(name, {}, item[name])),
    element('logo', {}, item.logo),
    element('persons', {}, item.persons.map(toPerson)),
    element('links', {}, item.links.map(toLink)),
    element('attachments', {}, item.attachments.map(toAttachment)),
  ]);
}

const toPerson = ({ id, guid, code, name }: ExportedPerson) => element('person', { id, guid, code }, name);
const toLink = ({ url, title }: { url: string; title?: string }) => element('link', { href: url }, title ?? url);
const toAttachment = ({ url, title }: { url: string; title?: string }) =>
  element('attachment', { href: url }, title ?? url);

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with escaped text, or with children that are elements already. */
function element(
  name: string,
  attributes: Attributes = {},
  content: string | number | null | undefined | readonly string[] = '',
): string {
  const opened = head(name, attributes);
  const body = Array.isArray(content)
    ? content.join('')
    : escape(String((content as string | number | null | undefined) ?? ''));
  return body === '' ? `<${opened}/>` : `<${opened}>${body}</${name}>`;
}

/** The name of an element with its attributes, without the brackets. */
function head(name: string, attributes: Attributes): string {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return [name, ...given.map(([key, value]) => `${key}="${escape(String(value))}"`)].join(' ');
}

const NAMES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML cannot express most control characters: they are omitted. */
function escape(text: string): string {
  // eslint-disable-next-line no-control-regex -- these characters are searched for
  const writable = text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
  return writable.replace(/[&<>"']/g, (character) => NAMES[character]!).replace(/\r/g, '&#13;');
}
