/** The search parameters of a programme's address: the day and the filters. */
export interface ProgrammeSearch {
  readonly day?: string | undefined;
  readonly q?: string | undefined;
  readonly kind?: string | undefined;
  readonly city?: string | undefined;
  readonly language?: string | undefined;
  /** `1`: only what this person starred. */
  readonly mine?: string | undefined;
}

/** Parameters that remove every filter; the day stays. */
export const NO_FILTERS = { kind: undefined, city: undefined, language: undefined, mine: undefined } as const;

const KEYS = ['day', 'q', 'kind', 'city', 'language', 'mine'] as const;

export function parseProgrammeSearch(search: Record<string, unknown>): ProgrammeSearch {
  return Object.fromEntries(
    KEYS.flatMap((key) => (typeof search[key] === 'string' && search[key] ? [[key, search[key]]] : [])),
  );
}
