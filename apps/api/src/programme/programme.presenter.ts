import { type Event, type EventSummary, type Room, type Speaker } from '#libs/contract/programme';
import { type EventEntity } from './event.entity.js';
import { type Programme } from './programme.js';
import { type RoomEntity } from './room.entity.js';
import { presentSession } from './session.presenter.js';
import { type SpeakerEntity } from './speaker.entity.js';

/** What the reader may see beyond the public programme. */
export interface ProgrammeView {
  readonly isOrganiser: boolean;
}

export function presentEventSummary(event: Readonly<EventEntity>, { isOrganiser }: ProgrammeView): EventSummary {
  const { id, slug, title, timeZone, languages, access, guests, blockedWords, guestDevices, guestProof } = event;
  return {
    id,
    slug,
    title,
    ...(event.description && { description: event.description }),
    ...(Object.keys(event.translations).length > 0 && { translations: event.translations }),
    timeZone,
    languages,
    start: event.start.toISOString(),
    end: event.end.toISOString(),
    access,
    guests,
    ...(isOrganiser && { blockedWords, guestDevices, guestProof }),
  };
}

export function presentProgramme({ event, rooms, sessions, speakers }: Programme, view: ProgrammeView): Event {
  return {
    ...presentEventSummary(event, view),
    rooms: rooms.map(presentRoom),
    sessions: sessions.map(presentSession),
    speakers: speakers.map(presentSpeaker),
  };
}

/** The same as JSON in pieces, about one a record, yielding in between. */
export function* programmePieces({ event, rooms, sessions, speakers }: Programme, view: ProgrammeView) {
  yield JSON.stringify(presentEventSummary(event, view)).slice(0, -1);
  yield* listPieces('rooms', rooms, presentRoom);
  yield* listPieces('sessions', sessions, presentSession);
  yield* listPieces('speakers', speakers, presentSpeaker);
  yield '}';
}

function* listPieces<T>(name: string, records: readonly T[], present: (record: T) => object): Generator<string> {
  yield `,"${name}":[`;
  for (const [index, record] of records.entries()) yield (index === 0 ? '' : ',') + JSON.stringify(present(record));
  yield ']';
}

type RoomRecord = Readonly<Omit<RoomEntity, 'position'>>;

export function presentRoom({ id, slug, name, kind, city, capacity, translations, onAir }: RoomRecord): Room {
  return {
    id,
    slug,
    name,
    kind,
    ...(city && { city }),
    ...(capacity && { capacity }),
    ...(Object.keys(translations).length > 0 && { translations }),
    onAir,
  };
}

export function presentSpeaker({ id, name, affiliation, biography }: Readonly<SpeakerEntity>): Speaker {
  return { id, name, ...(affiliation && { affiliation }), ...(biography && { biography }) };
}
