import { mergeMetrics, type WorkerMetrics } from './machine-metrics.js';
import { type MetricsOfProcess } from './worker-messages.js';

/** A worker that has not sent its metrics by then is left out, in ms: it is stopped or busy. */
const PATIENCE = 1_500;

/** A process that can be asked for its metrics. */
export interface ScrapeTarget {
  readonly name: string;
  collect(id: number): void;
}

/** Collects the metrics of all workers into one text. */
export class Scraping {
  private last = 0;
  private readonly open = new Map<number, (told: WorkerMetrics) => void>();

  /** `own` are the metrics of the primary itself. */
  async scrape(workers: readonly ScrapeTarget[], own: () => Promise<MetricsOfProcess>): Promise<string> {
    const id = ++this.last;
    const told: WorkerMetrics[] = [];
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, PATIENCE);
      this.open.set(id, (one) => {
        if (told.push(one) < workers.length) return;
        clearTimeout(timer);
        resolve();
      });
      for (const worker of workers) worker.collect(id);
    });
    this.open.delete(id);
    return mergeMetrics([...told, { worker: 'primary', metrics: await own() }]);
  }

  receive(id: number, told: WorkerMetrics): void {
    this.open.get(id)?.(told);
  }
}
