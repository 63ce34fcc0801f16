import { type IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';

/** Parsing an IPv6 address takes some 35 µs, and every request needs it: the networks of the last addresses are kept. */
const networks = new LRUCache<string, string>({ max: 10_000, memoMethod: networkOf });

/** The networks that limits count by: one IPv4 address, or the /64 of one IPv6 customer. */
export function addressOf(request: Pick<IncomingMessage, 'headers' | 'socket'>, trustedProxies: number): string {
  const forwarded = trustedProxies > 0 ? String(request.headers['x-forwarded-for'] ?? '').split(',') : [];
  // Each trusted proxy appended the address that it saw, and everything before those was written by the client. The proxy's own address
  // is used when it saw nothing valid. Not with proxy-addr, which skips an empty entry, and so takes the one that the client wrote.
  const seen = [...forwarded.slice(-trustedProxies).map(withoutPort), request.socket.remoteAddress ?? ''];
  const address = seen.find((hop) => isIP(hop) > 0);
  return address === undefined ? 'unknown' : networks.memo(address);
}

/** Whether it is an address of this machine. */
export function isLoopback(address: string): boolean {
  return isIP(address) > 0 && ipaddr.process(address).range() === 'loopback';
}

/** Some proxies write `192.0.2.1:4711` and `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
  const [, v4, v6] = /^(?:([\d.]+):\d+|\[([^\]]+)\](?::\d+)?)$/.exec(hop.trim()) ?? [];
  return v4 ?? v6 ?? hop.trim();
}

function networkOf(address: string): string {
  const parsed = ipaddr.process(address); // an IPv4-mapped IPv6 address becomes the IPv4 one
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  const groups = parsed.parts.slice(0, 4).map((group) => group.toString(16));
  return `${groups.join(':')}::/64`;
}
