const KEY = 'plenum-tab-token';

/**
 * The token of a demo role, kept for one tab: so a moderator and an attendee can stand side by side in one browser.
 * Everybody else is signed in by the HttpOnly cookie, which no script can read.
 */
export const tabToken = {
  get(): string | null {
    try {
      return sessionStorage.getItem(KEY);
    } catch {
      return null;
    }
  },
  set(token: string | null): void {
    try {
      if (token === null) sessionStorage.removeItem(KEY);
      else sessionStorage.setItem(KEY, token);
    } catch {
      // Without storage the cookie alone counts.
    }
  },
};
