import { type Problems } from './problems.js';
import { type FileSpeaker } from './schedule-file.js';
import { asFields, asGuid, asList, type Fields, readText, uuidOf } from './values.js';

/** Reads the persons of one session into `speakers`, by guid; the first description of a person counts. Answers their guids. */
export function readSpeakers(
  persons: unknown,
  at: string,
  speakers: Map<string, FileSpeaker>,
  problems: Problems,
): string[] {
  const guids = asList(persons).flatMap((value, index) => {
    const person = asFields(value) ?? {};
    const name = readText(
      person.name ?? person.public_name ?? person.full_public_name,
      120,
      `${at}[${index}].name`,
      problems,
    );
    if (!name) {
      problems.warning(`${at}[${index}]`, 'the person has no name and was left out');
      return [];
    }
    const guid = guidOf(person, name);
    if (!speakers.has(guid)) speakers.set(guid, { guid, name, ...describe(person, `${at}[${index}]`, problems) });
    return [guid];
  });
  return [...new Set(guids)];
}

/** Tools name people in different ways; the surest that is given is kept. */
function guidOf({ guid, code, id }: Fields, name: string): string {
  const surest = asGuid(guid);
  if (surest) return surest;
  if (typeof code === 'string' && /^[A-Z0-9]{1,40}$/.test(code)) return code;
  return typeof id === 'number' && Number.isSafeInteger(id) ? `person-${id}` : uuidOf('speaker', name);
}

function describe(person: Fields, at: string, problems: Problems): Pick<FileSpeaker, 'affiliation' | 'biography'> {
  return {
    affiliation: readText(person.affiliation, 200, `${at}.affiliation`, problems),
    biography: readText(person.biography, 10_000, `${at}.biography`, problems),
  };
}
