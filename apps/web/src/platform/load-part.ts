/** A part of the page, code or texts, that cannot be loaded now; the page works without it. */
export class PartMissing extends Error {
  constructor(
    message: string,
    /** `offline`: the hub is unreachable. */
    readonly code: 'part.missing' | 'offline' = 'part.missing',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const PAUSES_MS = [300, 1500];
const KEY = 'plenum-renewed';
/** Nodes of two builds behind one address must not make a page reload repeatedly. */
const RENEW_EVERY_MS = 60_000;

/**
 * Loads a part of the page, up to three times. Where the hub has a new build, whose files have other names, the page reloads, once;
 * drafts are kept (see Drafts). Throws PartMissing otherwise.
 */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES_MS) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  try {
    return await load();
  } catch (error) {
    const page = await readPage();
    const code = page === null ? 'offline' : 'part.missing';
    if (page === null || !isReplaced(page) || !mayRenew())
      throw new PartMissing('a part of the page cannot be loaded', code, { cause: error });
    location.reload();
    return new Promise<never>(() => undefined);
  }
}

/** The current page of the hub; null where it is unreachable. */
async function readPage(): Promise<string | null> {
  try {
    const response = await fetch(location.pathname, { cache: 'no-store', headers: { accept: 'text/html' } });
    return await response.text();
  } catch {
    return null;
  }
}

/** Whether the hub's page no longer contains the script of this one. A page without a script is an error page. */
function isReplaced(page: string): boolean {
  const entry = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  return entry != null && page.includes('type="module"') && !page.includes(entry);
}

/** Without storage nothing would limit reloads, so the page does not reload. */
function mayRenew(): boolean {
  try {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    sessionStorage.setItem(KEY, String(Date.now()));
    return Date.now() - last > RENEW_EVERY_MS;
  } catch {
    return false;
  }
}
