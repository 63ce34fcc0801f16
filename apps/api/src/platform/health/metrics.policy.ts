import { timingSafeEqual } from 'node:crypto';
import { type IncomingMessage } from 'node:http';
import { isLoopback } from '../http/address.js';

/** Metrics are for the operator only: a direct call from this machine, or the token of the settings. */
export function canReadMetrics(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  token?: string,
): boolean {
  const [, bearer] = /^Bearer +(.+)$/i.exec(headers.authorization ?? '') ?? [];
  if (bearer !== undefined) return token !== undefined && isSame(bearer, token);
  // a proxy on this machine forwards other clients, which the header shows
  const isProxied = Boolean(headers['x-forwarded-for'] ?? headers.forwarded);
  return !isProxied && isLoopback(socket.remoteAddress ?? '');
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
