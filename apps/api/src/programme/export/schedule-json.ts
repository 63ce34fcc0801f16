import { type Programme } from '../programme.js';
import { outlineSchedule, outlineSteps, type RoomsOfDay } from './schedule-outline.js';

/** A whole programme as one object; see `outlineSteps`. */
export function exportSchedule(programme: Programme, publicUrl: string) {
  const { schedule, conference, days, itemOf } = outlineSchedule(programme, publicUrl);
  const itemsOf = (rooms: RoomsOfDay) =>
    Object.fromEntries([...rooms].map(([name, sessions]) => [name, sessions.map((session) => itemOf(session, name))]));
  const exported = days.map(({ rooms, ...day }) => ({ ...day, rooms: itemsOf(rooms) }));
  return { schedule: { ...schedule, conference: { ...conference, days: exported } } };
}

/** The same as JSON in pieces, about one a session, yielding in between. */
export function* schedulePieces(programme: Programme, publicUrl: string): Generator<string> {
  const { schedule, conference, days, itemOf } = yield* outlineSteps(programme, publicUrl);
  yield `{"schedule":${openObject(schedule)},"conference":${openObject(conference)},"days":[`;
  for (const [index, { rooms, ...day }] of days.entries()) {
    yield `${index === 0 ? '' : ','}${openObject(day)},"rooms":{`;
    let room = 0;
    for (const [name, sessions] of rooms) {
      yield `${room++ === 0 ? '' : ','}${JSON.stringify(name)}:[`;
      for (const [index, session] of sessions.entries())
        yield `${index === 0 ? '' : ','}${JSON.stringify(itemOf(session, name))}`;
      yield ']';
    }
    yield '}}';
  }
  yield ']}}}';
}

/** The JSON of an object that is not empty, without its end. */
const openObject = (object: object) => JSON.stringify(object).slice(0, -1);
