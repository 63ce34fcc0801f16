import { AggregatorRegistry } from 'prom-client';
import { type MetricsOfProcess } from './worker-messages.js';

/** Metrics without a meaningful sum over processes: they are labelled by worker. */
const EACH = /^(nodejs|process)_|^plenum_(ready|sockets|tick|event_loop|bus_connected|redis_connected|bus_in_flight)/;

export interface WorkerMetrics {
  /** The worker's number, or `primary`. */
  readonly worker: string;
  readonly metrics: MetricsOfProcess;
}

/** The metrics of a whole machine as one text: sums, except where only the value of a single worker is meaningful. */
export async function mergeMetrics(told: readonly WorkerMetrics[]): Promise<string> {
  const labelled = told.map(({ worker, metrics }) => metrics.map((metric) => label(metric, worker)));
  return AggregatorRegistry.aggregate(labelled).metrics();
}

function label(metric: MetricsOfProcess[number], worker: string) {
  if (!EACH.test(metric.name)) return { ...metric, aggregator: 'sum' };
  const values = metric.values.map((value) => ({ ...value, labels: { ...value.labels, worker } }));
  return { ...metric, values, aggregator: 'sum' };
}
