import { useTranslation } from 'react-i18next';
import { localise } from '../../i18n/localise.js';
import { ownNameOf } from '../../i18n/languages.js';
import { Tag } from '../../ui/tag.js';
import type { Slot } from './timetable.js';

/** Kind, place and language of a session, as tags. */
export function SessionFacts({ slot: { session, room } }: { readonly slot: Slot }) {
  const { t, i18n } = useTranslation('programme');
  return (
    <>
      <Tag>{t(`kind.${session.kind}`)}</Tag>
      {room && <Tag>{placeOf(localise(room, i18n.language))}</Tag>}
      {session.language && <Tag lang={session.language}>{ownNameOf(session.language)}</Tag>}
    </>
  );
}

/** `Workshop North, Ghent`; the city once when the room's name has it already. */
export function placeOf({ name, city }: { readonly name: string; readonly city?: string | undefined }): string {
  return city && !name.includes(city) ? `${name}, ${city}` : name;
}

/** Facts in one line, with a dot between two; the line breaks after a dot, never before it. */
export function joinFacts(facts: readonly (string | null | undefined | false)[]): string {
  return facts.filter(Boolean).join('\u00A0· ');
}
