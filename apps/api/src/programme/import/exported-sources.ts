import { idsOf, sourceFields } from './source-fields.js';
import { type Programme } from '../programme.js';
import { type ImportedFields } from '../session.entity.js';
import { readSource } from './read-source.js';

/** The exported fields of each session beyond the hub's own, by guid: importing an export must change nothing. */
export function exportedSources(
  { event, sessions }: Programme,
  publicUrl: string,
): ReadonlyMap<string, ImportedFields> {
  const exported = sessions.filter(({ state }) => state !== 'cancelled');
  const ids = idsOf(exported);
  const url = `${publicUrl}/${event.slug}`;
  return new Map(
    exported.map((session) => [session.guid, readSource(sourceFields(session, ids.get(session.id)!, url))] as const),
  );
}
