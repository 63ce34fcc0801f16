import { REQUESTS } from '#libs/contract/socket';
import { type SocketAdapter } from '#libs/socket-server/socket-adapter';
import { type Metrics } from '../../platform/metrics/metrics.js';

type Counts = ReturnType<SocketAdapter<object>['counts']>;

/** Existing counters of the sockets, by their Prometheus name. */
const COUNTERS: readonly (readonly [name: string, counter: keyof Counters, help: string])[] = [
  ['upgrades', 'upgrades', 'WebSocket connections that were opened.'],
  ['refused_upgrades', 'refused', 'Connections that were refused until later, because too many arrived at once.'],
  ['connects', 'connects', 'Connections that were admitted.'],
  ['refused_connects', 'refusedConnects', 'Connections that were refused: a wrong or old token, or a limit.'],
  ['requests', 'requests', 'Messages of clients that were accepted.'],
  ['ping_timeouts', 'timeouts', 'Connections that were closed because nothing arrived from them any more.'],
  ['flooding_closes', 'flooding', 'Connections that were closed because they continued after many refusals.'],
  ['unread_closes', 'slow', 'Connections that were closed because they sent requests without reading the acks.'],
];
type Counters = Omit<Counts, 'open'>;

/** The connections of this node, for the operator. */
export function watchSockets(metrics: Metrics, sockets: { counts(): Counts }): void {
  metrics.gauge('plenum_sockets', 'Open connections of this node.', () => sockets.counts().open);
  for (const [name, counter, help] of COUNTERS)
    metrics.counter(`plenum_${name}_total`, help, () => sockets.counts()[counter]);
}

/** Records the duration of requests, in ms. Unknown messages share one name, otherwise clients could fill the memory with names. */
export function observeAcks(metrics: Metrics): (message: string, milliseconds: number) => void {
  return (message, milliseconds) =>
    metrics.ackTime.observe({ message: Object.hasOwn(REQUESTS, message) ? message : 'unknown' }, milliseconds / 1_000);
}
