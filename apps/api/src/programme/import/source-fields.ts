import { type SessionKind } from '#libs/domain/programme-kinds';
import { sessionKindOf } from './session-kind.js';
import { joinTexts } from './read-texts.js';
import { type SessionRow } from '../session-rows.repository.js';

type Reference = { readonly url: string; readonly title?: string };
type Described = Pick<SessionRow, 'slug' | 'kind' | 'abstract' | 'source'>;

/** The exported fields of a session beyond the hub's own: as in the imported file, where they are still valid. */
export function sourceFields(session: Described, id: number, eventUrl: string) {
  const { slug, source, kind } = session;
  return {
    ...source,
    ...textsOf(session),
    id,
    url: textOf(source.url) ?? `${eventUrl}/s/${slug}`,
    subtitle: textOf(source.subtitle) ?? '',
    type: typeOf(kind, source.type),
    logo: textOf(source.logo) ?? '',
    recording_license: textOf(source.recording_license) ?? '',
    do_not_record: source.do_not_record === true,
    links: (source.links ?? []) as readonly Reference[],
    attachments: (source.attachments ?? []) as readonly Reference[],
  };
}

/** The two texts of a file, unless the session's own has changed since. */
function textsOf({ abstract, source }: Described): { abstract: string | null; description: string } {
  const joined = joinTexts(source.abstract, source.description);
  if (joined !== '' && joined === abstract)
    return { abstract: textOf(source.abstract), description: textOf(source.description) ?? '' };
  return { abstract, description: '' };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The file's type, as long as it means the session's kind. */
function typeOf(kind: SessionKind, type: unknown): string {
  return typeof type === 'string' && sessionKindOf(type) === kind ? type : kind;
}

/** The format requires a number for each session: the file's own, and for others the following numbers. */
export function idsOf(sessions: readonly Pick<SessionRow, 'id' | 'guid' | 'source'>[]): ReadonlyMap<string, number> {
  const given = new Map(
    sessions.flatMap(({ id, source }) => (typeof source.id === 'number' ? [[id, source.id] as const] : [])),
  );
  let last = [...given.values()].reduce((most, id) => Math.max(most, id), 0);
  const rest = sessions.filter(({ id }) => !given.has(id)).sort((one, other) => (one.guid < other.guid ? -1 : 1));
  return new Map([...given, ...rest.map(({ id }) => [id, (last += 1)] as const)]);
}
