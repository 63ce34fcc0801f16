import { exportSchedule } from '../export/schedule-json.js';
import { type Programme } from '../programme.js';
import { type SessionSource } from '../session.entity.js';
import { readSource } from './read-source.js';

/** What an export says of each session beyond the hub's own words, by guid: an import of it must find that nothing changed. */
export function exportedSources(programme: Programme, publicUrl: string): ReadonlyMap<string, SessionSource> {
  const { days } = exportSchedule(programme, publicUrl).schedule.conference;
  const items = days.flatMap((day) => Object.values(day.rooms).flat());
  return new Map(items.map((item) => [item.guid, readSource(item)]));
}
