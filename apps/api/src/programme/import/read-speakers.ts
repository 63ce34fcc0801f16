import { PROGRAMME_LENGTHS } from '#libs/domain/programme-limits';
import { type Problems } from './problems.js';
import { type FileSpeaker } from './schedule-file.js';
import { asFields, asGuid, asList, type Fields, firstText, listFields, readText, uuidOf } from './values.js';

/** As many as the API takes for one session. */
const OF_SESSION = 100;

/** The people of a file, by guid; the first description of a person counts. */
export class FileSpeakers {
  private readonly speakers = new Map<string, FileSpeaker>();
  private readonly described: ReadonlyMap<string, Fields>;

  /** `persons` is the list of newer files that says more about people than their sessions do. */
  constructor(
    persons: unknown,
    private readonly problems: Problems,
  ) {
    this.described = new Map(listFields(persons).map((person) => [asGuid(person.guid) ?? '', person]));
  }

  get all(): FileSpeaker[] {
    return [...this.speakers.values()];
  }

  /** Reads the people of one session; returns their guids. */
  read(persons: unknown, at: string): string[] {
    const listed = asList(persons);
    if (listed.length > OF_SESSION)
      this.problems.warning(at, `has more than ${OF_SESSION} people; the others were left out`);
    const guids = listed
      .slice(0, OF_SESSION)
      .flatMap((value, index) => this.readPerson(value, `${at}[${index}]`) ?? []);
    return [...new Set(guids)];
  }

  private readPerson(value: unknown, at: string): string | null {
    const listed = asFields(value) ?? {};
    const person = { ...this.described.get(asGuid(listed.guid) ?? ' '), ...listed };
    const name = readText(
      firstText(person.name, person.public_name, person.full_public_name),
      120,
      `${at}.name`,
      this.problems,
    );
    if (!name) {
      this.problems.warning(at, 'the person has no name and was left out');
      return null;
    }
    const guid = guidOf(person, name);
    if (!this.speakers.has(guid)) this.speakers.set(guid, { guid, name, ...describe(person, at, this.problems) });
    return guid;
  }
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
    affiliation: readText(person.affiliation, PROGRAMME_LENGTHS.affiliation, `${at}.affiliation`, problems),
    biography: readText(person.biography, PROGRAMME_LENGTHS.longText, `${at}.biography`, problems),
  };
}
