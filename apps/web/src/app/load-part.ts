/** A part of the page, code or texts, that cannot be loaded now; the page goes on without it. */
export class PartMissing extends Error {
  readonly code = 'part.missing';
}

const PAUSES_MS = [300, 1500];
const KEY = 'plenum-renewed';
/** Nodes of two builds behind one address must not make a page load itself again and again. */
const RENEW_EVERY_MS = 60_000;

/**
 * Loads a part of the page, up to three times. Where the hub has a new build, whose files have other names, the page loads itself again,
 * once; what people typed is kept (see Drafts). Throws PartMissing otherwise.
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
    if (!(await isReplaced()) || !mayRenew())
      throw new PartMissing('a part of the page cannot be loaded', { cause: error });
    location.reload();
    return new Promise<never>(() => undefined);
  }
}

/** Whether the hub answers with a page that no longer names the script of this one. */
async function isReplaced(): Promise<boolean> {
  const entry = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  try {
    const response = await fetch(location.pathname, { cache: 'no-store', headers: { accept: 'text/html' } });
    return response.ok && entry != null && !(await response.text()).includes(entry);
  } catch {
    return false;
  }
}

/** Without storage nothing stops a page that loads itself again, so it does not begin. */
function mayRenew(): boolean {
  try {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    sessionStorage.setItem(KEY, String(Date.now()));
    return Date.now() - last > RENEW_EVERY_MS;
  } catch {
    return false;
  }
}
