import { timingSafeEqual } from 'node:crypto';
import { type IncomingMessage } from 'node:http';

/** Addresses of this machine; a proxy on it forwards other clients, which the header shows. */
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** Metrics are for the operator only: a direct call from this machine, or the token of the settings. */
export function canReadMetrics(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  token?: string,
): boolean {
  const [, bearer] = /^Bearer +(.+)$/i.exec(headers.authorization ?? '') ?? [];
  if (bearer !== undefined) return token !== undefined && isSame(bearer, token);
  const isProxied = Boolean(headers['x-forwarded-for'] ?? headers.forwarded);
  return !isProxied && LOOPBACK.test(socket.remoteAddress ?? '');
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
