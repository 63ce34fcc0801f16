import { type Event, type Room, type Session } from '#libs/contract/programme';
import { type PageSetting } from './page.js';

/** An Event of schema.org for a whole event, with its sessions by address; JSON in pieces, one a session. */
export function* eventData(event: Event, sessions: Iterable<Session>, setting: PageSetting): Generator<string> {
  yield `${JSON.stringify(eventFacts(event, setting)).slice(0, -1)},"subEvent":[`;
  const rooms = new Map(event.rooms.map((room) => [room.id, room]));
  let index = 0;
  for (const session of sessions) {
    const facts = sessionFacts(session, event, rooms.get(session.roomId), setting);
    yield (index++ === 0 ? '' : ',') + JSON.stringify(facts);
  }
  yield ']}';
}

function eventFacts(event: Event, { publicUrl, language }: PageSetting): object {
  const address = `${publicUrl}/${event.slug}`;
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: event.title,
    ...(event.description && { description: event.description }),
    startDate: event.start,
    endDate: event.end,
    eventStatus: 'https://schema.org/EventScheduled',
    eventAttendanceMode: 'https://schema.org/MixedEventAttendanceMode',
    location: [
      ...cities(event.rooms).map((city) => ({ '@type': 'Place', name: city, address: city })),
      online(address),
    ],
    image: `${publicUrl}/api/events/${event.slug}/poster.png`,
    url: address,
    inLanguage: event.languages.length > 0 ? event.languages : language,
  };
}

/** An Event of schema.org for one session, inside its event. */
export function sessionData(session: Session, event: Event, setting: PageSetting): object {
  const { publicUrl } = setting;
  const named = new Set(session.speakerIds);
  const performers = event.speakers.filter(({ id }) => named.has(id));
  const room = event.rooms.find(({ id }) => id === session.roomId);
  return {
    '@context': 'https://schema.org',
    ...sessionFacts(session, event, room, setting),
    ...(session.abstract && { description: session.abstract }),
    image: `${publicUrl}/api/sessions/${session.id}/poster.png`,
    ...(session.language && { inLanguage: session.language }),
    ...(performers.length > 0 && {
      performer: performers.map(({ name, affiliation }) => ({
        '@type': 'Person',
        name,
        ...(affiliation && { affiliation }),
      })),
    }),
    superEvent: {
      '@type': 'Event',
      name: event.title,
      startDate: event.start,
      endDate: event.end,
      url: `${publicUrl}/${event.slug}`,
    },
  };
}

function sessionFacts(session: Session, event: Event, room: Room | undefined, { publicUrl }: PageSetting) {
  const address = `${publicUrl}/${event.slug}/s/${session.slug}`;
  const status = session.state === 'cancelled' ? 'EventCancelled' : 'EventScheduled';
  return {
    '@type': 'Event',
    name: session.title,
    startDate: session.start,
    endDate: session.end,
    eventStatus: `https://schema.org/${status}`,
    eventAttendanceMode: 'https://schema.org/MixedEventAttendanceMode',
    location: [
      ...(room ? [{ '@type': 'Place', name: room.name, address: room.city ?? room.name }] : []),
      online(address),
    ],
    url: address,
  };
}

const online = (url: string) => ({ '@type': 'VirtualLocation', url });

function cities(rooms: readonly Room[]): string[] {
  return [...new Set(rooms.flatMap(({ city }) => city ?? []))];
}
