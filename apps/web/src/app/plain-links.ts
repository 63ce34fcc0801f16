import { i18n } from '../i18n/i18n.js';
import { toast } from '../ui/toast.js';

const ANSWER_MS = 4_000;

/**
 * Handles links outside of the router: files of the hub, other sites. Without a connection a browser replaces the page by its own error
 * page; here the page stays and shows that there is no connection. Returns a function that stops it.
 */
export function watchPlainLinks(): () => void {
  const follow = (event: MouseEvent) => {
    const link = event.defaultPrevented || event.button > 1 ? null : linkOf(event.target);
    if (!link) return;
    if (!navigator.onLine) {
      event.preventDefault();
      return sayOffline();
    }
    // A file of the hub, opened in this tab: only a request shows whether the hub is reachable.
    if (link.origin !== location.origin || link.target === '_blank' || isModified(event)) return;
    event.preventDefault();
    void isReached().then((reached) => (reached ? location.assign(link.href) : sayOffline()));
  };
  addEventListener('click', follow);
  addEventListener('auxclick', follow);
  return () => {
    removeEventListener('click', follow);
    removeEventListener('auxclick', follow);
  };
}

/** The clicked link, where it leaves this page. */
function linkOf(target: EventTarget | null): HTMLAnchorElement | null {
  const link = target instanceof Element ? target.closest('a') : null;
  if (!link?.href || !/^https?:$/.test(link.protocol)) return null;
  const isHere = link.origin === location.origin && link.pathname === location.pathname && link.hash !== '';
  return isHere ? null : link;
}

const isModified = ({ button, ctrlKey, metaKey, shiftKey, altKey }: MouseEvent) =>
  button !== 0 || ctrlKey || metaKey || shiftKey || altKey;

async function isReached(): Promise<boolean> {
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), ANSWER_MS);
  try {
    await fetch('/api/health/live', { cache: 'no-store', signal: given.signal });
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

const sayOffline = () => void toast(i18n.t('errors:offline'));
