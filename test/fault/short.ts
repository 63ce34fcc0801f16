import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CATALOGUE } from './catalogue.js';
import { runFault } from './run.js';
import { type FaultCluster, startFaultCluster } from './fault-cluster.js';

/** Another seed each day: what one run does not find the next may, and the name of the failed test contains it. */
const SEED = Math.floor(Date.now() / 86_400_000);

/** The short form of some faults, one after the other on a separate hub. Long forms: `npm run test:fault`. */
export function shortFaults(ids: readonly string[], cite: (name: string) => string): { cluster: () => FaultCluster } {
  let cluster: FaultCluster;
  beforeAll(async () => {
    cluster = await startFaultCluster({ durable: false });
  }, 120_000);
  afterAll(() => cluster?.close(), 60_000);
  for (const scenario of CATALOGUE.filter(({ id }) => ids.includes(id)))
    it(
      cite(`${scenario.id}, seed ${SEED}: ${scenario.title}`),
      async () => {
        const { problems } = await runFault(cluster, scenario, SEED, 'short');
        expect(problems).toEqual([]);
      },
      90_000,
    );
  return { cluster: () => cluster };
}
