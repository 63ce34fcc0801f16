/** How the report and the progress of a rehearsal write numbers. */
export const number = (value: number) => Math.round(value).toLocaleString('en');
export const ms = (value: number) => `${number(value)} ms`;
/** Milliseconds; null where nothing was measured. */
export const time = (value: number | null) =>
  value === null ? 'unknown' : `${value < 10 ? value.toFixed(1) : number(value)} ms`;
export const seconds = (value: number) =>
  value < 120 ? `${Math.round(value * 10) / 10} s` : `${Math.round(value / 60)} min`;
