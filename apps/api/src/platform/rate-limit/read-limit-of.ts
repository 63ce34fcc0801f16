import { type LimitName } from './limit-rules.js';

/** A request line may contain the whole address; Express matches paths in any case and with a slash at the end. */
const ORIGIN = /^https?:\/\/[^/?]*/i;
const EXEMPT = /^\/(?:api\/health|metrics)(?:[/?]|$)/i;
const STATE = /^\/api\/sessions\/[^/?]+\/state\/?(?:\?|$)/i;
const EXPORT = /^\/api\/(?:events|sessions)\/[^/?]+\/schedule\.(?:json|xml|ics)\/?(?:\?|$)/i;
/** Files of the web app, by their extension, and requests that Socket.IO limits itself. */
const FILE = /^\/(?:assets\/|socket\.io\/|(?!api\/)[^?]*\.[a-z0-9]{1,8}(?:\?|$))/i;

/** The limits that count a GET of this address, the widest first; none for health checks and metrics. */
export function readLimitsOf(url: string): readonly LimitName[] {
  const path = url.startsWith('/') ? url : url.replace(ORIGIN, '');
  if (STATE.test(path)) return OF_STATE;
  if (EXEMPT.test(path)) return NONE;
  if (EXPORT.test(path)) return OF_EXPORT;
  return FILE.test(path) ? OF_FILE : OF_PAGE;
}

const NONE: readonly LimitName[] = [];
const OF_FILE: readonly LimitName[] = ['get'];
const OF_PAGE: readonly LimitName[] = ['get', 'read'];
const OF_STATE: readonly LimitName[] = ['get', 'state'];
const OF_EXPORT: readonly LimitName[] = ['get', 'export'];
