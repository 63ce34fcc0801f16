const KEY = 'plenum-tab-token';

/** Where storage is blocked. */
let inMemory: string | null = null;

/**
 * A token stored for one tab: that of a demo role, so that a moderator and an attendee can be open in one browser, and that of a browser
 * that keeps no cookies. Everybody else is signed in by the HttpOnly cookie, which no script can read.
 */
export const tabToken = {
  get(): string | null {
    try {
      return sessionStorage.getItem(KEY) ?? inMemory;
    } catch {
      return inMemory;
    }
  },
  set(token: string | null): void {
    inMemory = token;
    try {
      if (token === null) sessionStorage.removeItem(KEY);
      else sessionStorage.setItem(KEY, token);
    } catch {
      // Kept until the page is left.
    }
  },
};
