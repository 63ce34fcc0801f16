import { testClients } from '../support/clients/test-clients.js';
import { startProxy } from '../support/proxies/tcp-proxy.js';
import { until } from '../support/until.js';
import { type FaultCluster } from './fault-cluster.js';

/** A silent connection is closed after this many ms. */
const PATIENCE = 45_000;

/** A client of the last node whose network is lost silently: nothing arrives any more, and nothing is closed. */
export async function fallSilent(cluster: FaultCluster) {
  const session = await cluster.make.session({ event_id: cluster.event.id });
  const line = await startProxy(cluster.nodes.at(-1)!.url);
  const crowd = testClients(cluster, session);
  await crowd.join({ url: line.url });
  const began = Date.now();
  line.swallow(true);
  return {
    /** Fails when the node keeps the connection for too long. */
    untilClosed: async () => {
      try {
        const left = PATIENCE - (Date.now() - began);
        await until('the end of the silent connection', () => line.endedByTarget() > 0, Math.max(left, 0));
      } finally {
        crowd.leave();
        await line.close();
      }
    },
  };
}
