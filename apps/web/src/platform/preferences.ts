import { StoredChoice } from './stored-choice.js';

export type Theme = 'light' | 'dark';
export type ZoneChoice = 'event' | 'viewer';

const oneOf =
  <T extends string>(...values: readonly T[]) =>
  (text: string | null): text is T =>
    values.some((value) => value === text);

export const themeChoice = new StoredChoice<Theme>('plenum-theme', oneOf('light', 'dark'));
/** Times are in the event's zone until the person chooses their own. */
export const zoneChoice = new StoredChoice<ZoneChoice>('plenum-zone', oneOf('event', 'viewer'));

/** The theme on screen now: the chosen one, else the system's. */
export function themeNow(): Theme {
  return themeChoice.getSnapshot() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
}

export function switchTheme(): void {
  const next = themeNow() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset['theme'] = next;
  themeChoice.set(next);
}
