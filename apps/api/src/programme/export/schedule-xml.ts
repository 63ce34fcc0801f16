import { type ExportedItem, type ExportedPerson, type ExportedSchedule } from './schedule-json.js';

/** The programme in frab's schedule.xml, which older players and signage read. */
export function exportXml({ schedule }: ExportedSchedule): string {
  const { conference } = schedule;
  const days = conference.days.map(({ index, date, day_start: start, day_end: end, rooms }) =>
    element('day', { index, date, start, end }, [
      ...Object.entries(rooms).map(([name, items]) =>
        element('room', { name, guid: conference.rooms.find((room) => room.name === name)?.guid }, items.map(toEvent)),
      ),
    ]),
  );
  const root = element('schedule', {}, [
    element('generator', { name: 'Plenum' }),
    element('version', {}, schedule.version),
    element('conference', {}, [
      element('acronym', {}, conference.acronym),
      element('title', {}, conference.title),
      element('start', {}, conference.start),
      element('end', {}, conference.end),
      element('days', {}, conference.daysCount),
      element('timeslot_duration', {}, conference.timeslot_duration),
      element('base_url', {}, schedule.base_url),
      element('time_zone_name', {}, conference.time_zone_name),
      ...conference.tracks.map(({ name, slug }) => element('track', { name, slug })),
    ]),
    ...days,
  ]);
  return `<?xml version="1.0" encoding="utf-8"?>\n${root}\n`;
}

function toEvent(item: ExportedItem): string {
  const texts = ['date', 'start', 'duration', 'room', 'slug', 'url'] as const;
  const words = ['title', 'subtitle', 'track', 'type', 'language', 'abstract', 'description'] as const;
  return element('event', { guid: item.guid, id: item.id }, [
    ...texts.map((name) => element(name, {}, item[name])),
    element('recording', {}, [element('license'), element('optout', {}, 'false')]),
    ...words.map((name) => element(name, {}, item[name])),
    element('logo'),
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
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const head = [name, ...given.map(([key, value]) => `${key}="${escape(String(value))}"`)].join(' ');
  const body = Array.isArray(content)
    ? content.join('')
    : escape(String((content as string | number | null | undefined) ?? ''));
  return body === '' ? `<${head}/>` : `<${head}>${body}</${name}>`;
}

const NAMES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML has no way at all to write most control characters: they are left out. */
function escape(text: string): string {
  // eslint-disable-next-line no-control-regex -- these characters are what is looked for
  const writable = text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
  return writable.replace(/[&<>"']/g, (character) => NAMES[character]!).replace(/\r/g, '&#13;');
}
