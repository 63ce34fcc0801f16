import type { ProgrammeSearch } from './programme-search.js';

/** At most one entry an event, and few events are opened in one page. */
const seen = new Map<string, ProgrammeSearch>();

/** Keeps the day and the filters with which the programme of an event was left. */
export function rememberProgramme(event: string, search: ProgrammeSearch): void {
  seen.set(event, search);
}

/** The day and the filters with which the programme of an event was left; undefined where it was not opened. */
export function lastProgramme(event: string): ProgrammeSearch | undefined {
  return seen.get(event);
}
