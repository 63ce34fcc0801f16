import { readFileSync } from 'node:fs';

/**
 * How often the kernel dropped a connection since its start because the queue of a listening socket was full (Linux's `ListenOverflows`);
 * each later try of TCP counts again.
 */
export function droppedConnections() {
  const lines = readFileSync('/proc/net/netstat', 'utf8').split('\n');
  const [names, values] = lines.filter((line) => line.startsWith('TcpExt:')).map((line) => line.split(' '));
  return Number(values[names.indexOf('ListenOverflows')]);
}
