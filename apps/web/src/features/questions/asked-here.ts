import { Store } from '#libs/client/store';

const KEY = 'plenum-asked';
const MOST_KEPT = 200;

/** The ids of questions asked from this browser: the feed does not say whose a listed question is. */
export const askedHere = new Store<readonly string[]>(read());

export function rememberAsked(id: string): void {
  askedHere.set([...askedHere.getSnapshot().filter((known) => known !== id), id].slice(-MOST_KEPT));
  try {
    localStorage.setItem(KEY, JSON.stringify(askedHere.getSnapshot()));
  } catch {
    // Known until the page is left.
  }
}

function read(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
