import { type EventDraft } from './event-of-schedule.js';

/** What the hub says of an import; the lists are guids. */
export interface ImportReport {
  readonly applied: boolean;
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly moved: readonly string[];
  readonly cancelled: readonly string[];
  readonly unchanged: number;
  readonly problems: readonly { readonly severity: string; readonly at: string; readonly message: string }[];
}

/** The report in words. */
export function describeReport(report: ImportReport, isDryRun: boolean): string {
  const { created, changed, moved, cancelled, unchanged, problems } = report;
  const counts = Object.entries({ created, changed, moved, cancelled }).map(
    ([what, guids]) => `${guids.length} ${what}`,
  );
  const lines = problems.map(
    ({ severity, at, message }) => `  ${severity === 'error' ? 'ERROR  ' : 'warning'} ${at}: ${message}`,
  );
  const sessions = `Sessions: ${[...counts, `${unchanged} unchanged`].join(', ')}.`;
  return [...lines, sessions, outcomeOf(report, isDryRun)].join('\n');
}

function outcomeOf({ applied, problems }: ImportReport, isDryRun: boolean): string {
  if (applied) return 'Imported.';
  if (isDryRun) return 'Nothing was changed: this was a dry run.';
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return `Nothing was changed: ${errors} ${errors === 1 ? 'part' : 'parts'} of the file cannot be used. Correct this, or import the rest with --partial.`;
}

export function describeEvent({ title, timeZone, languages, start, end }: EventDraft): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'long' });
  return `${title}, ${format.format(new Date(start))} to ${format.format(new Date(end))} (${timeZone}), in ${languages.join(', ')}.`;
}
