import { type IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** The networks that limits count by: one IPv4 address, or the /64 of one IPv6 customer. */
export function addressOf(request: Pick<IncomingMessage, 'headers' | 'socket'>, trustedProxies: number): string {
  const forwarded = trustedProxies > 0 ? String(request.headers['x-forwarded-for'] ?? '').split(',') : [];
  // Each trusted proxy appended the address that it saw, and everything before those was written by the client. The proxy's own address
  // is used when it saw nothing valid.
  const seen = [...forwarded.slice(-trustedProxies).map(withoutPort), request.socket.remoteAddress ?? ''];
  return networkOf(seen.find((hop) => isIP(hop) > 0) ?? 'unknown');
}

/** Some proxies write `192.0.2.1:4711` and `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
  const [, v4, v6] = /^(?:([\d.]+):\d+|\[([^\]]+)\](?::\d+)?)$/.exec(hop.trim()) ?? [];
  return v4 ?? v6 ?? hop.trim();
}

function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const groups = head.split(':').filter(Boolean);
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter(Boolean).length;
  const all = [...groups, ...Array<string>(missing).fill('0'), ...(tail ?? '').split(':').filter(Boolean)];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
