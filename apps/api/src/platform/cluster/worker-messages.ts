import { type MetricObjectWithValues, type MetricValue } from 'prom-client';
import { type BusCall, type BusNews } from '#libs/bus/worker-bus';

/** The metrics of one process, before they are formatted. */
export type MetricsOfProcess = readonly MetricObjectWithValues<MetricValue<string>>[];

/** From a worker to its primary. */
export type ToPrimary =
  | BusCall
  /** It is ready, and waits for the others. */
  | { readonly word: 'prepared' }
  | { readonly word: 'listening' }
  /** It received a scrape and needs the metrics of the whole machine. */
  | { readonly word: 'scrape'; readonly id: number }
  | { readonly word: 'metrics'; readonly id: number; readonly metrics: MetricsOfProcess };

/** From the primary to a worker. */
export type ToWorker =
  | BusNews
  | { readonly word: 'listen' }
  | { readonly word: 'collect'; readonly id: number }
  | { readonly word: 'scraped'; readonly id: number; readonly text: string };
