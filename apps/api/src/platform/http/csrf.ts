import { type IncomingHttpHeaders } from 'node:http';
import { type Config } from '../../config/config.js';

type OriginConfig = Pick<Config, 'publicUrl' | 'NODE_ENV'> & { readonly ALLOWED_ORIGINS: readonly string[] };

/** Whether pages of this origin may use the hub with a person's cookie. Outside production the request's own host is enough. */
export function isAllowedOrigin(origin: string | undefined, config: OriginConfig, host?: string): boolean {
  if (!origin) return false;
  const allowed = [config.publicUrl, ...config.ALLOWED_ORIGINS].map(originOf);
  if (config.NODE_ENV !== 'production' && host) allowed.push(`http://${host}`, `https://${host}`);
  return allowed.includes(origin);
}

/**
 * Whether a call that changes something, or the upgrade of a socket, may go on. Browsers send the origin of the page; without it, a call
 * is only trusted when it carries no cookie that a foreign page could have made the browser send.
 */
export function isTrustedCall(headers: IncomingHttpHeaders, hasCookie: boolean, config: OriginConfig): boolean {
  if (headers.origin !== undefined) return isAllowedOrigin(headers.origin, config, headers.host);
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return !hasCookie;
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : address;
}
